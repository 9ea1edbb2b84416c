// Signs a message by xmldsigjs: node xmldsigjs.mjs key.pem certificate.pem <message >signed
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Crypto } from '@peculiar/webcrypto';
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { Application, Parse, SignedXml } from 'xmldsigjs';
import { setNodeDependencies } from 'xml-core';

const [keyFile, certificate] = process.argv.slice(2);
const engine = new Crypto();
setNodeDependencies({ DOMParser, XMLSerializer, DOMImplementation });
Application.setEngine('node', engine);
const pem = readFileSync(certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '');
const key = await engine.subtle.importKey(
  'pkcs8',
  createPrivateKey(readFileSync(keyFile)).export({ type: 'pkcs8', format: 'der' }),
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);

const message = Parse(readFileSync(0, 'utf8'));
const signed = new SignedXml();
// Not an option of Sign(): without this line SignedInfo is canonicalised by C14N 1.0.
signed.XmlSignature.SignedInfo.CanonicalizationMethod.Algorithm =
  'http://www.w3.org/2001/10/xml-exc-c14n#';
await signed.Sign({ name: 'RSASSA-PKCS1-v1_5' }, key, message, {
  x509: [pem],
  references: [{ uri: '', hash: 'SHA-256', transforms: ['enveloped', 'exc-c14n'] }],
});
message.documentElement.appendChild(signed.GetXml());
process.stdout.write(message.toString());
