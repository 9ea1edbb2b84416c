# Shared by the commands in ops/: where the repository is, how to speak, how many jobs.
# Source it; it changes to the repository's root.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '== %s\n' "$*"; }

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

jobs_count() { nproc 2>/dev/null || echo 2; }

# configure_and_build PRESET [TARGET...]: everything, or the targets named.
configure_and_build() {
    local preset=$1
    shift
    say "configuring $preset"
    cmake --preset "$preset" >"/tmp/thahc-configure-$$.log" 2>&1 || {
        tail -n 40 "/tmp/thahc-configure-$$.log" >&2
        rm -f "/tmp/thahc-configure-$$.log"
        die "cmake --preset $preset failed"
    }
    rm -f "/tmp/thahc-configure-$$.log"
    say "building $preset${*:+: $*}"
    cmake --build --preset "$preset" -j "$(jobs_count)" ${1:+--target "$@"} ||
        die "the $preset build failed"
}
