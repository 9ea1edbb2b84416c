source ops/lib/common.sh; source ops/lib/packages.sh
install_packages build test; for p in tests/*/package-lock.json tests/*/*/package-lock.json; do [ -f "$p" ] && (cd $(dirname $p) && npm ci --ignore-scripts); done
cmake --preset dev >/dev/null && cmake --build --preset dev --target interop_xml unit_base -j2 2>&1 | tail -3 && ctest --preset dev -R 'interop_xml|unit_base|architecture' ; dpkg -l | grep -E 'jdk|commons-log|nodejs|npm ' | awk '{print $2,$3}'; node --version
