#!/bin/bash
# systemd reads the units as they are meant: no unknown key, no program that is not there.
#   check_units.sh UNITS PROGRAM    where the units lie; the program in the place of /usr/bin's
set -euo pipefail
units=$(mktemp -d "${TMPDIR:-/tmp}/thahc-units.XXXXXX")
trap 'rm -rf "$units"' EXIT
for unit in "$1"/*; do
    sed "s#/usr/bin/thahc-gateway#$2#" "$unit" >"$units/${unit##*/}"
done
cd "$units"
# It ends with 0 for keys that it does not know; what it says is what counts.
said=$(systemd-analyze verify --man=no ./thahc-gateway.service ./thahc-gateway-backup.timer \
    ./thahc-gateway-backup.service ./thahc-gateway-failed@test.service 2>&1) || true
if [ -n "$said" ]; then
    printf '%s\n' "$said"
    exit 1
fi
