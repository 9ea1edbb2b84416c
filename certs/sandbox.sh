#!/bin/sh
# The authority of a sandbox: issues what a partner asks for, so that it can try before the state's
# authority has given it anything. Never an anchor of a gateway in production.
#   sh certs/sandbox.sh KIND REQUEST DIR
#     KIND     channel, seal or door, as in request.sh
#     REQUEST  the partner's .csr
#     DIR      the authority's own folder, made at the first use; sandbox-ca.pem in it is the anchor
# Prints the certificate (90 days). What the request asks for beside name and key is passed over.
set -eu
umask 077

[ $# -eq 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
kind=$1 request=$2 folder=$3
openssl req -in "$request" -noout -verify 2>&1 | grep -q 'verify OK' || {
    echo "$request is no request that its key has signed" >&2
    exit 1
}
name=$(openssl req -in "$request" -noout -subject -nameopt multiline,-esc_msb,utf8 |
    sed -n 's/^ *commonName *= //p')
case $name in
    *[!A-Za-z0-9.-]* | '') echo "the common name of $request is no code" >&2; exit 1 ;;
esac
case $kind in
    channel) usage=digitalSignature extended='extendedKeyUsage = clientAuth' ;;
    door)
        case $name in *[!0-9.]*) at=DNS ;; *) at=IP ;; esac
        usage=digitalSignature extended="extendedKeyUsage = serverAuth
subjectAltName = $at:$name"
        ;;
    seal) usage=digitalSignature,nonRepudiation extended='' ;;
    *) echo "no such kind: $kind" >&2; exit 2 ;;
esac

mkdir -p "$folder"
key=$folder/sandbox-ca.key anchor=$folder/sandbox-ca.pem
if [ ! -e "$key" ]; then
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$key" 2>/dev/null
    openssl req -new -x509 -sha256 -key "$key" -days 1095 -subj '/C=VN/O=SANDBOX/CN=Sandbox authority' \
        -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' \
        -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$anchor"
    chmod 644 "$anchor"
fi
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
cat >"$settings" <<END
basicConstraints = critical,CA:FALSE
keyUsage = critical,$usage
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
$extended
END
openssl x509 -req -sha256 -in "$request" -CA "$anchor" -CAkey "$key" -days 90 \
    -set_serial "0x$(openssl rand -hex 16 | sed 's/^./4/')" -extfile "$settings" 2>/dev/null
