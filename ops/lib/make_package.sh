# make_package BUILD OUT: a Debian package of what BUILD installs, in the folder OUT; prints its path.
# Source it after common.sh.

make_package() {
    local build=$1 out=$2 stage version architecture depends file
    stage=$(mktemp -d "${TMPDIR:-/tmp}/thahc-package.XXXXXX")
    DESTDIR=$stage cmake --install "$build" --prefix /usr --strip >/dev/null ||
        die "could not install $build"
    install -D -m 0640 ops/config/gateway.properties "$stage/etc/thahc-gateway/gateway.properties"
    mkdir -p "$stage/usr/share/doc/thahc-gateway/runbooks" "$stage/usr/share/thahc-gateway/monitoring"
    cp CHANGELOG.md SECURITY.md gateway/docs/*.md "$stage/usr/share/doc/thahc-gateway/"
    cp ops/runbooks/*.md "$stage/usr/share/doc/thahc-gateway/runbooks/"
    cp ops/monitoring/*.* "$stage/usr/share/thahc-gateway/monitoring/"

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
