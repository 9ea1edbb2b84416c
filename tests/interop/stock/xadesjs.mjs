// Signs by xadesjs with its nearest settings: node xadesjs.mjs key.pem certificate.pem <message
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Crypto } from '@peculiar/webcrypto';
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { Application, Parse, SignedXml } from 'xadesjs';
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
signed.XmlSignature.SignedInfo.CanonicalizationMethod.Algorithm =
  'http://www.w3.org/2001/10/xml-exc-c14n#';
await signed.Sign({ name: 'RSASSA-PKCS1-v1_5' }, key, message, {
  x509: [pem],
  signingCertificate: pem,
  references: [{ uri: '', hash: 'SHA-256', transforms: ['enveloped', 'exc-c14n'] }],
});
message.documentElement.appendChild(signed.GetXml());
process.stdout.write(message.toString());
