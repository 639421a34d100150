/**
 * A signing command over a PKCS#11 token: `pkcs11-signer --module LIBRARY --token LABEL --pin-file FILE`. A process of its own,
 * because a vendor's library may hang or crash the process it is loaded into. Speaks the lines of protocol.ts.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openToken, type Pkcs11Token } from './pkcs11-token.js';

const USAGE = 'usage: pkcs11-signer --module LIBRARY --token LABEL --pin-file FILE';

const { values } = parseArgs({
  options: { module: { type: 'string' }, token: { type: 'string' }, 'pin-file': { type: 'string' } },
});
const { module, token: label, 'pin-file': pinFile } = values;
if (module === undefined || label === undefined || pinFile === undefined) stop(USAGE);
const token = await openToken({ module, token: label, pinFile }).catch((error: unknown) => stop(text(error)));

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${answer(token, line)}\n`);
token.close();

function answer(from: Pkcs11Token, line: string): string {
  const { id, key, algorithm, octets, digest } = JSON.parse(line) as Record<string, string>;
  try {
    const bytes = (base64 = '') => Buffer.from(base64, 'base64');
    const signature = from.sign({
      key: key ?? '',
      algorithm: algorithm ?? '',
      octets: bytes(octets),
      digest: bytes(digest),
    });
    return JSON.stringify({ id, signature: signature.toString('base64') });
  } catch (error) {
    return JSON.stringify({ id, error: text(error) });
  }
}

function stop(why: string): never {
  console.error(why);
  process.exit(2);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
