"""Signs a message by signxml.

python3 sign_xml.py rsa|pss|ecdsa key.pem certificate.pem <message >signed
"""

import sys

from lxml import etree
from signxml import CanonicalizationMethod, SignatureMethod, XMLSigner, methods

methods_of = {
    "rsa": SignatureMethod.RSA_SHA256,
    "pss": SignatureMethod.SHA256_RSA_MGF1,
    "ecdsa": SignatureMethod.ECDSA_SHA256,
}
kind, key, certificate = sys.argv[1:]
signer = XMLSigner(
    method=methods.enveloped,
    signature_algorithm=methods_of[kind],
    c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
)
with open(key, "rb") as key_file, open(certificate, encoding="ascii") as certificate_file:
    message = etree.fromstring(sys.stdin.buffer.read())
    signed = signer.sign(message, key=key_file.read(), cert=certificate_file.read())
sys.stdout.buffer.write(etree.tostring(signed))
