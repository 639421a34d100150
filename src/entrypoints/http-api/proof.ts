import { buildReceipt, inclusionProof, inclusionRanges, nodesOf } from '../../journal/index.js';
import type { ApiParts } from './api-parts.js';

/** A record with its receipt: verifiable offline with nothing but the verifier key. */
export interface Proof {
  readonly index: number;
  /** base64 of the leaf as it is hashed. */
  readonly leaf: string;
  /** c2sp.org/tlog-proof@v1. */
  readonly receipt: string;
  readonly vkey: string;
}

export async function proofOf(
  { store, verifierKey }: ApiParts,
  messageId: string,
  kind: string,
): Promise<Proof | undefined> {
  const record = await store.recordOf(messageId, kind);
  const checkpoint = await store.checkpoint();
  if (record === undefined || checkpoint === undefined || record.index >= checkpoint.size) return undefined;
  const nodes = inclusionRanges(record.index, checkpoint.size).flatMap(nodesOf);
  const known = new Map<string, Uint8Array>();
  for (const { level, position } of nodes) {
    const [hash] = await store.hashes(level, position, position + 1);
    if (hash === undefined) throw new Error(`the journal has no hash ${level}/${position}`);
    known.set(`${level}/${position}`, hash);
  }
  const proof = inclusionProof(record.index, checkpoint.size, (level, position) => known.get(`${level}/${position}`)!);
  const receipt = buildReceipt({ index: record.index, proof, note: checkpoint.note, leaf: record.bytes });
  return { index: record.index, leaf: Buffer.from(record.bytes).toString('base64'), receipt, vkey: verifierKey };
}
