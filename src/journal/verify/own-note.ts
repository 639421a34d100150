import { createHash, createPublicKey, verify } from 'node:crypto';

/** The verifier's own reading of signed notes and checkpoints, written apart from ../checkpoint.ts on purpose. */
export interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** The head a note signs, or what is wrong with it. The vkey is `name+keyid+base64(0x01 || Ed25519 key)`. */
export function readHead(note: string, vkey: string): Head | string {
  if (/[^\x0a\x20-\uffff]/.test(note)) return 'checkpoint holds a control character';
  const border = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, border);
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  if (border === 0 || rest.at(-1) !== '' || !/^(0|[1-9][0-9]{0,15})$/.test(size)) return 'checkpoint is malformed';
  const rootHash = Buffer.from(root, 'base64');
  if (rootHash.length !== 32 || rootHash.toString('base64') !== root) return 'checkpoint is malformed';
  const wrong = signatureFault(text, note.slice(border + 1), origin, vkey);
  return wrong ?? { origin, size: Number(size), root: rootHash };
}

function signatureFault(text: string, block: string, origin: string, vkey: string): string | undefined {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const key = Buffer.from(encoded, 'base64');
  const derived = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8);
  if (key.length !== 33 || key[0] !== 1 || derived !== id) return 'the verifier key is malformed';
  if (name !== origin) return `checkpoint is of ${origin}, the verifier key of ${name}`;
  const ours = block.split('\n').filter((line) => line.startsWith(`— ${name} `));
  const blobs = ours.map((line) => Buffer.from(line.slice(name.length + 3), 'base64'));
  const signature = blobs.find((blob) => blob.subarray(0, 4).toString('hex') === id);
  if (signature === undefined) return `checkpoint is not signed by ${name}`;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), publicKey, signature.subarray(4))
    ? undefined
    : 'checkpoint signature is false';
}
