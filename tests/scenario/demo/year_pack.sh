#!/bin/sh
# The evidence of a played year, clock and all, judged by tools that are not ours; then with one
# byte more, which must be found.   year_pack.sh THAHC-GATEWAY FOLDER-OF-THE-YEAR
set -eu
pack=$2/pack
rm -rf "$pack"
"$1" evidence-pack --config "$2/gateway.properties" --store "$2/gateway.db" \
    --territory "hà nội" --from 2025-10-01 --to 2026-09-30 --out "$pack" --json
sh "$pack/verify.sh" "$2/pki/gateway-seal.pem"
sqlite3 "$2/gateway.db" "SELECT 'words of the clock: ' || count(*) FROM message
    WHERE message_type = 'TermsTold'" | grep -v ': 0$'
first=$(find "$pack/messages" -type f | sort | head -n 1)
printf x >>"$first"
if sh "$pack/verify.sh" "$2/pki/gateway-seal.pem" >/dev/null; then
    echo "a changed message was taken: $first"
    exit 1
fi
echo "told: $first was changed"
