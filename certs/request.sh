#!/bin/sh
# Makes a key that stays with its owner, and a certificate request for the authority.
#   sh certs/request.sh KIND CODE ORGANISATION DIR
#     KIND          channel (TLS client), seal (an organisation's signatures) or door (TLS server)
#     CODE          the agency's code, becomes the common name; for a door its host name or IPv4
#     ORGANISATION  the full name, as the decision that founded it spells it
#     DIR           where CODE-KIND.key and CODE-KIND.csr are put
set -eu
umask 077

[ $# -eq 4 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
kind=$1 code=$2 organisation=$3 folder=$4
case $kind in
    channel) usage=digitalSignature extended='extendedKeyUsage = clientAuth' ;;
    door)
        case $code in *[!0-9.]*) at=DNS ;; *) at=IP ;; esac
        usage=digitalSignature extended="extendedKeyUsage = serverAuth
subjectAltName = $at:$code"
        ;;
    seal) usage=digitalSignature,nonRepudiation extended='' ;;
    *) echo "no such kind: $kind" >&2; exit 2 ;;
esac
case $code in
    *[!A-Za-z0-9.-]* | '' | .*) echo "not a code: $code" >&2; exit 2 ;;
esac

mkdir -p "$folder"
key=$folder/$code-$kind.key request=$folder/$code-$kind.csr
[ ! -e "$key" ] || { echo "$key is there already; a new certificate gets a new key" >&2; exit 1; }
name=$(printf %s "$organisation" | tr -d '\n\r' | sed 's/[\\$#;"]/\\&/g')
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
cat >"$settings" <<END
[req]
prompt = no
string_mask = utf8only
utf8 = yes
distinguished_name = subject
req_extensions = extensions
[subject]
C = VN
O = $name
CN = $code
[extensions]
basicConstraints = critical,CA:FALSE
keyUsage = critical,$usage
$extended
END
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$key"
openssl req -new -sha256 -config "$settings" -key "$key" -out "$request"
chmod 644 "$request"
echo "$key      stays here, readable by its owner alone; never send it"
echo "$request      goes to the authority"
