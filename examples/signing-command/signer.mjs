#!/usr/bin/env node
// A signing command in its shortest form: a line of JSON in, a line of JSON out (docs/external-keys.md). Here OpenSSL's
// command line signs with <folder>/<key>.key.pem; a certified provider's tool takes its place in `sign`, and nothing else changes.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = process.argv[2] ?? '.';

/** Signature of `octets` as XMLDSig wants it: PKCS#1 for RSA, r‖s for ECDSA, s‖r for GOST. Run one tool a call. */
function sign({ key, algorithm, octets }) {
  if (!/^[\w-]+$/.test(key)) throw new Error(`no such key: ${key}`);
  if (!algorithm.endsWith('#rsa-sha256')) throw new Error(`this example signs RSA-SHA256 only, not ${algorithm}`);
  // CryptoPro's csptest or cryptcp would stand here, with the container's name for `key`. Its signature comes out with its
  // bytes reversed: turn it around before it is handed over, or the gateway will find that it does not verify.
  const tool = ['openssl', ['dgst', '-sha256', '-sign', join(folder, `${key}.key.pem`)]];
  return new Promise((resolve, reject) => {
    const child = execFile(...tool, { encoding: 'buffer', timeout: 2_500 }, (error, signature) =>
      error ? reject(error) : resolve(signature),
    );
    child.stdin.end(Buffer.from(octets, 'base64'));
  });
}

// One after another; answers may come in any order. The loop ends with the input: that is how the gateway stops us.
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await Promise.resolve(request).then(sign).then(
    (signature) => ({ id: request.id, signature: signature.toString('base64') }),
    (error) => ({ id: request.id, error: error.message }),
  );
  console.log(JSON.stringify(answer));
}
