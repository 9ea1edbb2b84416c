#!/bin/sh
# check-xml-receipt.sh RECEIPT.xml SEAL.pem
# Verifies a receipt, refusal or delivery in XML with xmlsec1 alone.
set -eu
xmlsec1 --verify --enabled-reference-uris empty --enabled-key-data raw-x509-cert,x509 \
    --pubkey-cert-pem "$2" "$1"
