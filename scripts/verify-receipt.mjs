#!/usr/bin/env node
// Verifies a receipt of the journal (c2sp.org/tlog-proof@v1) offline. One file, nothing but Node 18 or newer.
//
//   node verify-receipt.mjs RECEIPT.tlog-proof --vkey NAME+ID+KEY [--leaf FILE]
//
// The vkey is the journal's public key as you got it from its operator, not from the receipt; a file holding it will do.
// Without --leaf the record is taken from the receipt's "extra" line: then READ what is printed, it is what is proven.
// Exit: 0 proven, 1 not proven, 2 wrong usage.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const vkeyArgument = option('--vkey');
const leafFile = option('--leaf');
const [receiptFile, ...others] = args;
if (!receiptFile || !vkeyArgument || others.length > 0) {
  console.error('usage: node verify-receipt.mjs RECEIPT.tlog-proof --vkey NAME+ID+KEY [--leaf FILE]');
  process.exit(2);
}

try {
  const vkey = existsSync(vkeyArgument) ? readFileSync(vkeyArgument, 'utf8').trim() : vkeyArgument;
  const receipt = readReceipt(readUtf8(receiptFile));
  const leaf = leafFile === undefined ? receipt.extra : readFileSync(leafFile);
  if (leaf === undefined) fail('the receipt carries no record: name it with --leaf');
  const head = readCheckpoint(receipt.note, vkey);
  checkInclusion(receipt, leaf, head);
  console.log(`PROVEN: this record is entry ${receipt.index} of the journal ${head.origin}`);
  console.log(`signed checkpoint: ${head.size} entries, root ${head.root.toString('base64')}`);
  console.log(leaf.toString());
} catch (problem) {
  console.log(`NOT PROVEN: ${problem.message}`);
  process.exitCode = 1;
}

function fail(reason) {
  throw new Error(reason);
}

function readUtf8(file) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
}

function base64(text, what) {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : fail(`${what} is not base64`);
}

function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Header, optional extra line, index line, proof lines, an empty line, the checkpoint verbatim. */
function readReceipt(text) {
  const border = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(border, 0)).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') fail('this is not a c2sp.org/tlog-proof@v1 receipt');
  const extra = lines[0]?.startsWith('extra ') ? base64(lines.shift().slice(6), 'the extra line') : undefined;
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1] ?? fail('the receipt has no index');
  const proof = lines.map((line) => base64(line, 'a proof line'));
  if (proof.length > 63 || proof.some((hash) => hash.length !== 32)) fail('the inclusion proof is malformed');
  return { extra, index: BigInt(index), proof, note: text.slice(border + 2) };
}

/** The signed note: text, empty line, signature lines; at least ours must be there and be true. */
function readCheckpoint(note, vkey) {
  if (/[^\n\x20-\uffff]/.test(note)) fail('the checkpoint holds control characters');
  const border = note.lastIndexOf('\n\n');
  const text = note.slice(0, border + 1);
  const signatures = note.slice(border + 2).split('\n');
  if (border < 0 || signatures.pop() !== '' || signatures.length > 16) fail('the checkpoint is malformed');
  const [origin, size, root, ...rest] = text.split('\n');
  if (!/^(0|[1-9]\d*)$/.test(size ?? '') || rest.indexOf('') !== rest.length - 1) fail('the checkpoint is malformed');
  const { name, id, key } = readVkey(vkey);
  if (origin !== name) fail(`the checkpoint is of ${origin}, the key of ${name}`);
  const blobs = signatures
    .map((line) => /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? fail('a signature line is malformed'))
    .map(([, signer, blob]) => ({ signer, blob: base64(blob, 'a signature') }));
  const ours = blobs.filter(({ signer, blob }) => signer === name && blob.subarray(0, 4).toString('hex') === id);
  if (ours.length !== 1) fail(ours.length === 0 ? `${name} did not sign this checkpoint` : 'the checkpoint is signed twice');
  if (!verify(null, Buffer.from(text), key, ours[0].blob.subarray(4))) fail('the signature of the checkpoint is false');
  const rootHash = base64(root, 'the root');
  return rootHash.length === 32 ? { origin, size: BigInt(size), root: rootHash } : fail('the root is not SHA-256');
}

/** name+keyid+base64(0x01 || 32 bytes of Ed25519); keyid = SHA-256(name || newline || 0x01 || key)[:4]. */
function readVkey(vkey) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? fail('the vkey is malformed');
  const key = base64(encoded, 'the vkey');
  if (key.length !== 33 || key[0] !== 1) fail('the vkey is not an Ed25519 key');
  if (sha256(`${name}\n`, key).toString('hex', 0, 4) !== id) fail('the vkey contradicts its key id');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]);
  return { name, id, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

/** RFC 9162 §2.1.3.2, with exact integers. */
function checkInclusion({ index, proof }, leaf, { size, root }) {
  if (index >= size) fail(`index ${index} is not below the size ${size}`);
  let [at, last] = [index, size - 1n];
  let hash = sha256(Buffer.of(0), leaf);
  for (const sibling of proof) {
    if (last === 0n) fail('the inclusion proof is too long');
    if (at % 2n === 1n || at === last) {
      hash = sha256(Buffer.of(1), sibling, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = sha256(Buffer.of(1), hash, sibling);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  if (last !== 0n || !hash.equals(root)) fail(`the record is not entry ${index} of this checkpoint`);
}
