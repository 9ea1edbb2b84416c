#!/bin/sh
# Shows what two people compare by telephone before a certificate is registered.
#   sh certs/show.sh FILE.pem ...
set -eu
[ $# -gt 0 ] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }
for file; do
    print=$(openssl x509 -in "$file" -noout -fingerprint -sha256) || exit 1
    echo "file:     $file"
    echo "sha256:   $(printf %s "${print#*=}" | tr -d : | tr A-F a-f)"
    openssl x509 -in "$file" -noout -nameopt RFC2253,-esc_msb,utf8 -subject -issuer -startdate \
        -enddate | sed 's/^subject=/subject:  /; s/^issuer=/issuer:   /
            s/^notBefore=/from:     /; s/^notAfter=/until:    /'
    openssl x509 -in "$file" -noout -text | sed -n 's/^ *\(Public-Key: .*\)/key:      \1/p
        s/^ *ASN1 OID: /curve:    /p'
    usage=$(openssl x509 -in "$file" -noout -ext keyUsage,extendedKeyUsage 2>/dev/null |
        sed -n 's/^    *//p' | paste -sd ';' -)
    echo "usage:    ${usage:-not restricted}"
done
