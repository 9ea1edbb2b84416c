// Signs a message by xml-crypto: node xml_crypto.mjs key.pem certificate.pem <message >signed
import { readFileSync } from 'node:fs';
import { SignedXml } from 'xml-crypto';

const [key, certificate] = process.argv.slice(2).map((file) => readFileSync(file));
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const signed = new SignedXml({
  privateKey: key,
  publicCert: certificate,
  signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  canonicalizationAlgorithm: exclusive,
});
signed.addReference({
  xpath: '/*',
  uri: '',
  isEmptyUri: true,
  transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
  digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
});
signed.computeSignature(readFileSync(0, 'utf8'));
process.stdout.write(signed.getSignedXml());
