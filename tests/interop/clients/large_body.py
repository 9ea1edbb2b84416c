"""Sends a body that is larger than the gateway takes, by Python's own HTTP client.

python3 large_body.py PORT certificate.pem key.pem authority.pem 21000000
"""

import http.client
import json
import ssl
import sys

port, certificate, key, authority, length = sys.argv[1:]
tls = ssl.create_default_context(cafile=authority)
tls.load_cert_chain(certificate, key)
connection = http.client.HTTPSConnection("localhost", int(port), context=tls, timeout=60)
connection.request(
    "POST", "/v1/messages", b"a" * int(length), {"Content-Type": "application/jose"}
)
answer = connection.getresponse()
print("http.client:", answer.status, json.loads(answer.read())["code"])
