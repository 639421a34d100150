import { createPrivateKey, createPublicKey, hash, KeyObject, sign, verify } from 'node:crypto';

/**
 * Checkpoints: C2SP tlog-checkpoint inside a C2SP signed note with Ed25519 (signature type 0x01).
 * The log's key name is its origin. Unknown signatures are ignored, as the note format demands, so
 * witnesses' cosignatures and a GOST line may stand beside ours.
 */

export interface NoteSignature {
  readonly name: string;
  /** First four bytes of the signature blob. */
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

export interface Checkpoint {
  readonly origin: string;
  /** Leaves in the tree. */
  readonly size: number;
  readonly root: Buffer;
  readonly extensions: readonly string[];
}

export interface SignedNote {
  /** The signed text, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface VerifierKey {
  readonly name: string;
  readonly keyId: Buffer;
  verify(text: Buffer, signature: Buffer): boolean;
}

/** Reads the key part of a vkey whose type is not Ed25519; undefined where it does not know the type either. */
export type OtherKeys = (encoded: Buffer) => VerifierKey['verify'] | undefined;

export interface Wrong {
  readonly wrong: string;
}

/** The format asks verifiers to take at least 16; we take no more. */
const MAX_SIGNATURES = 16;
const ED25519 = 0x01;
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The signed note for a tree head; the key is the journal's PKCS#8 PEM. */
export function signCheckpoint(origin: string, size: number, root: Uint8Array, privateKeyPem: string): string {
  const signer = signerOf(origin, privateKeyPem);
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text), signer.key);
  return `${text}\n— ${origin} ${Buffer.concat([signer.keyId, signature]).toString('base64')}\n`;
}

/** `name+keyid+key`, the form in which a verifier is told whom to trust. Takes raw 32 bytes, a PEM (private or public) or a KeyObject. */
export function vkeyOf(name: string, publicKey: Uint8Array | string | KeyObject): string {
  if (!isKeyName(name)) throw new RangeError(`not a key name: ${JSON.stringify(name)}`);
  const raw = publicKey instanceof Uint8Array ? publicKey : rawPublicKey(publicKey);
  const encoded = Buffer.concat([Buffer.of(ED25519), raw]);
  return `${name}+${keyIdOf(name, encoded).toString('hex')}+${encoded.toString('base64')}`;
}

/** Splits and checks the note's form; says nothing about signatures' validity. */
export function parseNote(note: string): SignedNote | Wrong {
  if (!note.isWellFormed()) return { wrong: 'note is not valid Unicode' };
  if (/[\x00-\x09\x0b-\x1f]/.test(note)) return { wrong: 'note holds a control character' };
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return { wrong: 'note has no signature block' };
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return { wrong: `note has more than ${MAX_SIGNATURES} signatures` };
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return { wrong: 'note has a malformed signature line' };
    if (signatures.some((other) => sameKey(other, signature))) return { wrong: 'note is signed twice by one key' };
    signatures.push(signature);
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** Reads the text of a note as a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | Wrong {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!text.endsWith('\n') || !origin || !size || !root) return { wrong: 'checkpoint has fewer than three lines' };
  if (extensions.includes('')) return { wrong: 'checkpoint has an empty line' };
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    return { wrong: 'checkpoint size is not a number below 2^53' };
  const rootHash = strictBase64(root);
  if (rootHash?.length !== 32) return { wrong: 'checkpoint root is not a SHA-256 hash' };
  return { origin, size: Number(size), root: rootHash, extensions };
}

/**
 * The checkpoint, when at least one trusted key named like its origin signed it and no trusted key's signature
 * on it is false. `others` makes keys of further types trusted too, such as GOST (gost-line.ts).
 */
export function verifyNote(note: string, vkeys: readonly string[], others?: OtherKeys): Checkpoint | Wrong {
  const keys: VerifierKey[] = [];
  for (const vkey of vkeys) {
    const key = parseVkey(vkey, others);
    if ('wrong' in key) return key;
    keys.push(key);
  }
  const parsed = parseNote(note);
  if ('wrong' in parsed) return parsed;
  const checkpoint = parseCheckpoint(parsed.text);
  if ('wrong' in checkpoint) return checkpoint;
  let signed = false;
  for (const signature of parsed.signatures) {
    const key = keys.find((candidate) => sameKey(candidate, signature));
    if (key === undefined) continue;
    if (!key.verify(Buffer.from(parsed.text), signature.signature)) {
      return { wrong: `signature of ${key.name} is false` };
    }
    signed ||= key.name === checkpoint.origin;
  }
  return signed ? checkpoint : { wrong: `no trusted key signed this checkpoint of ${checkpoint.origin}` };
}

/** Reads `name+keyid+key`; the key id must be the one that follows from name and key. */
export function parseVkey(vkey: string, others: OtherKeys = () => undefined): VerifierKey | Wrong {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey);
  const [, name = '', id = '', base64 = ''] = match ?? [];
  const encoded = strictBase64(base64);
  const verifies = encoded && (ed25519In(encoded) ?? others(encoded));
  if (!isKeyName(name) || encoded === undefined || verifies === undefined)
    return { wrong: 'not an Ed25519 verifier key' };
  const keyId = keyIdOf(name, encoded);
  if (keyId.toString('hex') !== id) return { wrong: 'key id does not follow from name and key' };
  return { name, keyId, verify: verifies };
}

function ed25519In(encoded: Buffer): VerifierKey['verify'] | undefined {
  if (encoded.length !== 33 || encoded[0] !== ED25519) return undefined;
  const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, encoded.subarray(1)]), format: 'der', type: 'spki' });
  return (text, signature) => verify(null, text, key, signature);
}

/** Base64 in its only spelling (padding, no stray bits), or undefined. */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function parseSignature(line: string): NoteSignature | undefined {
  const match = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
  const [, name = '', base64 = ''] = match ?? [];
  const blob = strictBase64(base64);
  if (!isKeyName(name) || blob === undefined || blob.length < 5) return undefined;
  return { name, keyId: blob.subarray(0, 4), signature: blob.subarray(4) };
}

/** SHA-256(name || 0x0A || type || key)[:4]. */
function keyIdOf(name: string, encoded: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), encoded]), 'buffer').subarray(0, 4);
}

function rawPublicKey(key: string | KeyObject): Buffer {
  const publicKey = key instanceof KeyObject && key.type === 'public' ? key : createPublicKey(key as string);
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new RangeError('the journal key must be Ed25519');
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(ED25519_SPKI.length);
}

function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}+\x00-\x1f]/u.test(name);
}

function sameKey(a: { name: string; keyId: Buffer }, b: { name: string; keyId: Buffer }): boolean {
  return a.name === b.name && a.keyId.equals(b.keyId);
}

interface Signer {
  readonly key: KeyObject;
  readonly keyId: Buffer;
}

// Parsing the PEM costs more than signing; one process signs with one key under one name.
let lastSigner: { origin: string; pem: string; signer: Signer } | undefined;

function signerOf(origin: string, pem: string): Signer {
  if (lastSigner?.origin !== origin || lastSigner.pem !== pem) {
    const keyId = Buffer.from(vkeyOf(origin, pem).slice(origin.length + 1, origin.length + 9), 'hex');
    lastSigner = { origin, pem, signer: { key: createPrivateKey(pem), keyId } };
  }
  return lastSigner.signer;
}
