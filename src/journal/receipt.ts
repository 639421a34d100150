import { type Checkpoint, strictBase64, verifyNote, type Wrong } from './checkpoint.js';
import { HASH_SIZE, leafHash } from './tree.js';
import { verifyInclusion } from './tree-proof.js';

/**
 * Receipts in the form c2sp.org/tlog-proof@v1: index, inclusion proof and signed checkpoint in one text (file extension
 * .tlog-proof). The `extra` line carries the leaf itself; the format does not authenticate it, the proof does: it is
 * believed only after it was hashed and found included.
 */

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A path is at most 63 hashes long in a tree below 2^63 leaves. */
const MAX_PROOF = 63;

export interface ReceiptParts {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note, verbatim, with whatever cosignatures it has. */
  readonly note: string;
  /** The leaf, so that the receipt is complete by itself. */
  readonly leaf?: Uint8Array;
}

export interface ProvenReceipt {
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/** The text of a receipt. */
export function buildReceipt(parts: ReceiptParts): string {
  const lines = [HEADER];
  if (parts.leaf !== undefined) lines.push(`extra ${base64(parts.leaf)}`);
  lines.push(`index ${parts.index}`, ...parts.proof.map(base64), '', parts.note);
  return lines.join('\n');
}

/** Reads the form of a receipt; proves nothing. */
export function parseReceipt(text: string): ReceiptParts | Wrong {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(end, 0)).split('\n');
  if (end < 0 || lines.shift() !== HEADER) return { wrong: `receipt does not begin as ${HEADER}` };
  let leaf: Buffer | undefined;
  if (lines[0]?.startsWith('extra ')) {
    leaf = strictBase64(lines.shift()!.slice('extra '.length));
    if (leaf === undefined) return { wrong: 'extra line of the receipt is not base64' };
  }
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || !Number.isSafeInteger(Number(index))) return { wrong: 'receipt has no index below 2^53' };
  const proof = lines.map(strictBase64);
  if (proof.length > MAX_PROOF || !proof.every((hash) => hash?.length === HASH_SIZE)) {
    return { wrong: 'receipt has a malformed inclusion proof' };
  }
  return { index: Number(index), proof: proof as Buffer[], note: text.slice(end + 2), ...(leaf && { leaf }) };
}

/** Whether the leaf stands in a checkpoint signed by one of the trusted keys, at the index the receipt names. */
export function verifyReceipt(text: string, leaf: Uint8Array, vkeys: readonly string[]): ProvenReceipt | Wrong {
  const receipt = parseReceipt(text);
  if ('wrong' in receipt) return receipt;
  const checkpoint = verifyNote(receipt.note, vkeys);
  if ('wrong' in checkpoint) return checkpoint;
  const { index, proof } = receipt;
  if (index >= checkpoint.size)
    return { wrong: `index ${index} is not below the checkpoint's size ${checkpoint.size}` };
  const claim = { index, size: checkpoint.size, root: checkpoint.root, leafHash: leafHash(leaf), proof };
  return verifyInclusion(claim)
    ? { index, checkpoint }
    : { wrong: `the leaf is not entry ${index} of this checkpoint` };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
