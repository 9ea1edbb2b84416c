#!/bin/sh
# check-jws-receipt.sh RECEIPT.jose SEAL.pem
# Verifies a receipt, refusal or delivery in JWS compact form (ES256) with openssl alone and
# prints its payload. Nothing but a POSIX shell and openssl is needed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

IFS=. read -r header payload signature < "$1" || [ -n "${signature:-}" ]

decode() { # base64url without padding -> bytes
    text=$(printf '%s' "$1" | tr -- '-_' '+/')
    while [ $(( ${#text} % 4 )) -ne 0 ]; do text="$text="; done
    printf '%s\n' "$text" | openssl base64 -d -A
}

decode "$header" | grep -q '"alg":"ES256"'
decode "$header" | grep -q "\"x5t#S256\":\"$(openssl x509 -in "$2" -outform DER |
    openssl dgst -sha256 -binary | openssl base64 -A | tr -- '+/' '-_' | tr -d =)\""

# RFC 7518 section 3.4: r and s, 32 bytes each; openssl wants them as a DER sequence.
hex=$(decode "$signature" | od -An -v -tx1 | tr -d ' \n')
[ ${#hex} -eq 128 ]
r=$(printf '%s' "$hex" | cut -c1-64)
s=$(printf '%s' "$hex" | cut -c65-128)
printf 'asn1=SEQUENCE:pair\n[pair]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$r" "$s" > "$work/pair.cnf"
openssl asn1parse -genconf "$work/pair.cnf" -noout -out "$work/signature.der"

openssl x509 -in "$2" -noout -pubkey > "$work/seal.pub"
printf '%s.%s' "$header" "$payload" |
    openssl dgst -sha256 -verify "$work/seal.pub" -signature "$work/signature.der" >&2
decode "$payload"
