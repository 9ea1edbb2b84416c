// Sends a body that is larger than the gateway takes, by Node's own HTTPS client.
//
//   node large_body.mjs PORT certificate.pem key.pem authority.pem 21000000

import { readFileSync } from 'node:fs';
import { request } from 'node:https';

const [port, certificate, key, authority, length] = process.argv.slice(2);
const sent = request({
  host: 'localhost',
  port,
  method: 'POST',
  path: '/v1/messages',
  cert: readFileSync(certificate),
  key: readFileSync(key),
  ca: readFileSync(authority),
  headers: { 'Content-Type': 'application/jose', 'Content-Length': length },
}, async (answer) => {
  let body = '';
  for await (const part of answer) body += part;
  console.log('node:https:', answer.statusCode, JSON.parse(body).code);
});
sent.on('error', (error) => console.log('node:https: not read:', error.message));
sent.end(Buffer.alloc(Number(length), 'a'));
