import type { DatabaseSync } from 'node:sqlite';
import type { StoredCheckpoint, StoredRecord } from '../../ports/index.js';
import { RECORD_COLUMNS, recordOf } from './rows.js';

/** The journal: records, leaves, level hashes. */
export function journalReader(database: DatabaseSync) {
  const ofExchange = database.prepare(`SELECT ${RECORD_COLUMNS} FROM leaf WHERE exchange = ? ORDER BY id`);
  const byIndex = database.prepare(`SELECT ${RECORD_COLUMNS} FROM leaf WHERE id = ?`);
  const ofMessage = database.prepare(
    `SELECT ${RECORD_COLUMNS} FROM leaf WHERE message_id = ? AND kind = ? ORDER BY id DESC LIMIT 1`,
  );
  const refused = database.prepare(
    `SELECT ${RECORD_COLUMNS} FROM leaf WHERE kind = 'refused' AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const leaves = database.prepare('SELECT bytes FROM leaf WHERE id >= ? AND id < ? ORDER BY id');
  const hashes = database.prepare(
    'SELECT hash FROM hash WHERE level = ? AND position >= ? AND position < ? ORDER BY position',
  );
  const tree = database.prepare('SELECT size, root, note FROM tree');
  return {
    recordsOf: (exchange: string): StoredRecord[] => ofExchange.all(exchange).map(recordOf),
    record: (index: number): StoredRecord | undefined => {
      const row = byIndex.get(index);
      return row && recordOf(row);
    },
    /** The newest of its kind about the message. */
    recordOf: (messageId: string, kind: string): StoredRecord | undefined => {
      const row = ofMessage.get(messageId, kind);
      return row && recordOf(row);
    },
    refusals: ({ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number }): StoredRecord[] =>
      refused.all(before, limit).map(recordOf),
    leaves: (from: number, to: number) => leaves.all(from, to).map((row) => row.bytes as Uint8Array),
    hashes: (level: number, from: number, to: number) =>
      hashes.all(level, from, to).map((row) => row.hash as Uint8Array),
    /** As stored: may be newer than what was published. */
    storedCheckpoint: (): StoredCheckpoint | undefined => {
      const row = tree.get();
      return row && { size: row.size as number, root: row.root as Uint8Array, note: row.note as string };
    },
  };
}
