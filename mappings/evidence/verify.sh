#!/bin/sh
# verify.sh [SEAL]
# Judges the evidence pack in which it lies, offline: with xmlsec1, openssl and sha256sum alone.
# SEAL: the gateway's seal certificate (PEM or DER) from a source that you trust; without it the
# fingerprint is printed, to be compared. Exit code 0: nothing was changed, added or taken away,
# and every signature holds. Pieces that the pack itself lists as missing are told, and are no fault.
# Kiểm tra ngoại tuyến toàn bộ hồ sơ chứng cứ: mã thoát 0 là nguyên vẹn, mọi chữ ký đều đúng.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fault() {
    echo "BAD   $*"
    bad=$((bad + 1))
}

decode() { # base64url without padding -> bytes
    text=$(printf '%s' "$1" | tr -- '-_' '+/')
    while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
    printf '%s\n' "$text" | openssl base64 -d -A
}

# jws HEADER PAYLOAD-FILE SIGNATURE CERTIFICATE: PAYLOAD-FILE holds base64url.
jws() {
    algorithm=$(decode "$1" | sed -n 's/.*"alg"[ ]*:[ ]*"\([A-Z0-9]*\)".*/\1/p')
    openssl x509 -inform DER -in "$4" -noout -pubkey > "$work/key" || return 1
    { printf '%s.' "$1" && cat "$2"; } > "$work/signed"
    decode "$3" > "$work/signature"
    hash=${algorithm#??}
    case $algorithm in
    RS256 | RS384 | RS512) set -- ;;
    PS256 | PS384 | PS512) set -- -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest ;;
    ES256 | ES384 | ES512)
        # RFC 7518 section 3.4: r and s, of one length; openssl wants them as a DER sequence.
        hex=$(od -An -v -tx1 "$work/signature" | tr -d ' \n')
        half=$((${#hex} / 2))
        case $algorithm:$half in ES256:64 | ES384:96 | ES512:132) ;; *) return 1 ;; esac
        printf 'asn1=SEQUENCE:pair\n[pair]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' \
            "$(printf '%s' "$hex" | cut -c1-$half)" \
            "$(printf '%s' "$hex" | cut -c$((half + 1))-)" > "$work/pair.cnf"
        openssl asn1parse -genconf "$work/pair.cnf" -noout -out "$work/signature" || return 1
        set --
        ;;
    *) return 1 ;;
    esac
    openssl dgst "-sha$hash" "$@" -verify "$work/key" -signature "$work/signature" \
        "$work/signed" > /dev/null 2>&1
}

# compact FILE CERTIFICATE: leaves what was signed in $work/content.
compact() {
    tr -d ' \t\r\n' < "$1" > "$work/text"
    [ "$(tr -cd . < "$work/text" | wc -c)" -eq 2 ] || return 1
    header=$(cut -d. -f1 "$work/text")
    signature=$(cut -d. -f3 "$work/text" | tr -d '\n')
    cut -d. -f2 "$work/text" | tr -d '\n' > "$work/payload"
    jws "$header" "$work/payload" "$signature" "$2" || return 1
    { tr -- '-_' '+/' < "$work/payload" &&
        case $(($(wc -c < "$work/payload") % 4)) in 2) printf '==' ;; 3) printf '=' ;; esac &&
        echo; } | openssl base64 -d -A > "$work/content"
}

# detached FILE SIGNATURE-FILE CERTIFICATE
detached() {
    header=$(cut -d. -f1 "$2" | tr -d '\r\n')
    [ -z "$(cut -d. -f2 "$2" | tr -d '\r\n')" ] || return 1
    signature=$(cut -d. -f3 "$2" | tr -d '\r\n')
    openssl base64 -A -in "$1" | tr -- '+/' '-_' | tr -d '=\n' > "$work/payload"
    jws "$header" "$work/payload" "$signature" "$3" || return 1
    cp "$1" "$work/content"
}

# xml FILE CERTIFICATE ROOT: the references are to the root, and at most to its signed properties.
xml() {
    xmlsec1 --verify --enabled-reference-uris empty,same-doc --enabled-key-data raw-x509-cert \
        --id-attr:Id "$3" --id-attr:ID "$3" --id-attr:id "$3" \
        --id-attr:Id http://uri.etsi.org/01903/v1.3.2#:SignedProperties \
        --pubkey-cert-der "$2" "$1" > /dev/null 2>&1 || return 1
    cp "$1" "$work/content"
}

# 1. The seal, and under it the list of all files.
[ -f manifest.jose ] && [ -f SHA256SUMS ] && [ -f seal.der ] || {
    fault "manifest.jose, SHA256SUMS or seal.der is not there"
    exit 1
}
seal=$(openssl x509 -inform DER -in seal.der -outform DER 2> /dev/null | sha256sum | cut -d' ' -f1)
if [ $# -gt 0 ]; then
    trusted=$(openssl x509 -in "$1" -outform DER | sha256sum | cut -d' ' -f1)
    [ "$seal" = "$trusted" ] || fault "seal.der is not the certificate $1"
else
    echo "seal  $seal (compare it with the gateway's published certificate)"
fi
if compact manifest.jose seal.der; then
    sums=$(sha256sum SHA256SUMS | cut -d' ' -f1)
    grep -q "\"sumsSha256\":\"$sums\"" "$work/content" || fault "SHA256SUMS is not the sealed list"
    cp "$work/content" "$work/manifest"
else
    fault "manifest.jose: the seal does not hold"
    : > "$work/manifest"
fi

# 2. Every file of the list as it was, and no other.
sha256sum --check --strict --quiet SHA256SUMS > "$work/sums" 2>&1 || while read -r line; do
    fault "$line"
done < "$work/sums"
{
    cut -c67- SHA256SUMS
    echo SHA256SUMS
    echo manifest.jose
} | sort > "$work/listed"
find . ! -type d | sed 's|^\./||' | sort > "$work/found"
comm -13 "$work/listed" "$work/found" > "$work/more"
while read -r file; do fault "$file: nobody has sealed this file"; done < "$work/more"
[ -z "$(find . -type l)" ] || fault "there are links among the files"

# 3. Every signature, by the certificate that the pack names.
pieces=0
while IFS='|' read -r form path certificate signature root names; do
    pieces=$((pieces + 1))
    by=certificates/$certificate.der
    case $form in
    xml) xml "$path" "$by" "$root" || { fault "$path: the signature does not hold"; continue; } ;;
    jws) compact "$path" "$by" || { fault "$path: the signature does not hold"; continue; } ;;
    jws-detached)
        detached "$path" "$signature" "$by" || { fault "$path: the signature does not hold"; continue; }
        ;;
    *) fault "$path: of no known form"; continue ;;
    esac
    [ "$names" = - ] || grep -q "$names" "$work/content" ||
        fault "$path: it is a receipt for something else"
done < pieces.txt

missing=$(sed -n 's/.*"missing":\([0-9]*\).*/\1/p' "$work/manifest")
[ "${missing:-0}" = 0 ] ||
    echo "note  ${missing} pieces are not in this pack; index.html says which, and why"
if [ "$bad" -eq 0 ]; then
    echo "GOOD  $pieces signed pieces"
else
    echo "BAD   $bad faults"
    exit 1
fi
