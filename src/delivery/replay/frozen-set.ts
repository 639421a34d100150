import { hash } from 'node:crypto';
import type { Verdict } from './verdict.js';

/** One delivery a dry run looked at. */
export interface SetLine {
  readonly delivery: number;
  readonly messageId: string;
  readonly verdict: Verdict;
}

/** The set as it is kept and hashed: a line a delivery, oldest first, `id MessageID verdict`, UTF-8, each ended by a line feed. */
export function setBytes(lines: readonly SetLine[]): Buffer {
  const sorted = [...lines].sort((a, b) => a.delivery - b.delivery);
  return Buffer.from(sorted.map((l) => `${l.delivery} ${l.messageId} ${l.verdict}\n`).join(''));
}

/** The name of a set: lower-case hex SHA-256 of its bytes. */
export function setHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** What `setBytes` wrote. */
export function readSet(bytes: Uint8Array): SetLine[] {
  const lines = Buffer.from(bytes).toString().split('\n').slice(0, -1);
  return lines.map((line) => {
    const [id = '', messageId = '', verdict = ''] = line.split(' ');
    return { delivery: Number(id), messageId, verdict: verdict as Verdict };
  });
}
