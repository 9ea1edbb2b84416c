# What the gateway needs of Debian 12, and the installing of what is missing of it.
# Source it after common.sh. Nothing is fetched, not even package lists, when nothing is missing.

packages_build=(
    cmake ninja-build g++ pkg-config
    libpoco-dev libssl-dev libxml2-dev libxmlsec1-dev libsqlite3-dev
    libicu-dev libre2-dev rapidjson-dev libsimdjson-dev prometheus-cpp-dev libxlsxwriter-dev
    libxerces-c-dev libvalijson-dev libcsv-dev libzip-dev
)
# The demo checks every receipt with tools that are not ours.
packages_demo=(openssl xmlsec1)
packages_test=(
    libgtest-dev libgmock-dev
    openssl xmlsec1 libxml2-utils libxml-security-java
    sqlite3 strace curl jq python3 git clang-format-14
    chromium fonts-dejavu-core weasyprint python3-openpyxl poppler-utils qpdf
    systemd
)
packages_fuzz=(clang-14 lld-14 libclang-rt-14-dev llvm-14)
packages_tidy=(clang-14 clang-tidy-14)
packages_bare=(mmdebstrap)
packages_package=(dpkg-dev)

package_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "packages are missing; run as root, or install sudo"
    fi
}

# missing_packages GROUP...: one name a line.
missing_packages() {
    local group name
    for group in "$@"; do
        local -n list="packages_$group"
        for name in "${list[@]}"; do
            package_installed "$name" || echo "$name"
        done
        # A machine may carry another JDK or Node, with which Debian's would collide.
        if [ "$group" = test ]; then
            command -v javac >/dev/null || echo openjdk-17-jdk-headless
            command -v node >/dev/null || echo nodejs
            command -v npm >/dev/null || echo npm
        fi
    done
}

# install_packages GROUP...
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@" | sort -u)
    [ "${#missing[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "this is not Debian; needed: ${missing[*]}"
    say "installing ${#missing[@]} packages: ${missing[*]}"
    # A foreign source that does not answer must not stop us; a missing package will.
    as_root apt-get -qq update || say "apt-get update complained; going on"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" \
        >/dev/null || die "could not install: ${missing[*]}"
}

# The foreign JSON signer and verifier of the interoperability tests.
install_npm() {
    local lock directory
    while IFS= read -r lock; do
        directory=$(dirname "$lock")
        if [ "$directory/node_modules/.package-lock.json" -nt "$lock" ]; then continue; fi
        say "npm ci in $directory"
        (cd "$directory" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
            die "npm ci failed in $directory"
    done < <(git ls-files 'tests/*package-lock.json')
}
