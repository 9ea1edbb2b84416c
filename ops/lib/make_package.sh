# make_package BUILD OUT: a Debian package of what BUILD installs, in the folder OUT; prints its path.
# Source it after common.sh.

make_package() {
    local build=$1 out=$2 stage version architecture depends file
    stage=$(mktemp -d "${TMPDIR:-/tmp}/thahc-package.XXXXXX")
    DESTDIR=$stage cmake --install "$build" --prefix /usr --strip >/dev/null ||
        die "could not install $build"
    mkdir -p "$stage/usr/share/doc/thahc-gateway"
    install -D -m 0640 ops/config/gateway.properties "$stage/etc/thahc-gateway/gateway.properties"
    # Where they lie here, so that their links hold; with the scripts that they name.
    find README.md CHANGELOG.md SECURITY.md CONTRIBUTING.md certs connectors gateway mappings ops \
        '(' -name '*.md' -o -path 'certs/*' -o -path 'ops/monitoring/*' -o -path 'gateway/docs/*' \
        -o -path 'ops/packaging/*' ')' -type f -print0 |
        xargs -0 cp --parents -t "$stage/usr/share/doc/thahc-gateway"

    version=$("$stage/usr/bin/thahc-gateway" --version | cut -d' ' -f2)
    architecture=$(dpkg --print-architecture)
    mkdir -p "$stage/debian" "$stage/DEBIAN"
    printf 'Source: thahc-gateway\n\nPackage: thahc-gateway\nArchitecture: any\n' >"$stage/debian/control"
    depends=$(cd "$stage" && dpkg-shlibdeps -O usr/bin/thahc-gateway 2>/dev/null |
        sed 's/^shlibs:Depends=//') || die "dpkg-shlibdeps failed"
    rm -r "$stage/debian"
    sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@DEPENDS@/$depends/" \
        -e "s/@SIZE@/$(du -sk "$stage/usr" | cut -f1)/" \
        ops/packaging/control.in >"$stage/DEBIAN/control"
    cp ops/packaging/conffiles ops/packaging/postinst ops/packaging/prerm ops/packaging/postrm \
        "$stage/DEBIAN/"
    (cd "$stage" && find usr etc -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    mkdir -p "$out"
    file=$out/thahc-gateway_${version}_$architecture.deb
    dpkg-deb --root-owner-group --build "$stage" "$file" >/dev/null || die "dpkg-deb failed"
    rm -rf "$stage"
    printf '%s\n' "$file"
}
