// Signs and verifies JWS with npm's `jose`, a library that shares no code with the gateway.
//   node jose_tool.mjs sign   ALG KEY.pem  compact|detached HEADER.json PAYLOAD  -> JWS on stdout
//   node jose_tool.mjs verify ALG CERT.pem compact|detached JWS [BODY]           -> payload on stdout
// Ends with 1 if the signature is not good.
import {readFileSync, writeSync} from 'node:fs';
import {CompactSign, compactVerify, flattenedVerify, importPKCS8, importX509} from 'jose';

const [command, alg, keyFile, form, ...files] = process.argv.slice(2);
const text = (file) => readFileSync(file, 'utf8').trim();

async function sign([headerFile, payloadFile]) {
  const key = await importPKCS8(text(keyFile), alg);
  const header = {alg, ...JSON.parse(text(headerFile))};
  const jws = await new CompactSign(readFileSync(payloadFile)).setProtectedHeader(header).sign(key);
  const [head, payload, signature] = jws.split('.');
  return form === 'compact' ? [head, payload, signature].join('.') : `${head}..${signature}`;
}

async function verify([jwsFile, bodyFile]) {
  const key = await importX509(text(keyFile), alg);
  const options = {algorithms: [alg]};
  if (form === 'compact') return (await compactVerify(text(jwsFile), key, options)).payload;
  const [head, empty, signature] = text(jwsFile).split('.');
  if (empty !== '') throw new Error('not detached');
  const payload = readFileSync(bodyFile).toString('base64url');
  return (await flattenedVerify({protected: head, payload, signature}, key, options)).payload;
}

try {
  writeSync(1, await (command === 'sign' ? sign : verify)(files));
} catch (error) {
  process.stderr.write(`${error.code ?? ''} ${error.message}\n`);
  process.exitCode = 1;
}
