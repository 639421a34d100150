import type { StoredRecord } from '../../ports/index.js';
import type { Reading } from './reading.js';
import { RECORD_COLUMNS, recordOf } from './rows.js';

const FROM = 'FROM log JOIN leaf l ON l.month = log.month AND l.id = log.leaf';
const OF = 'FROM leaf l JOIN log ON log.leaf = l.id';

/** The journal: records that have their place, leaves, level hashes. */
export function journalReader(read: Reading) {
  return {
    recordsOf: async (exchange: string): Promise<StoredRecord[]> => {
      const text = `SELECT ${RECORD_COLUMNS} ${OF} WHERE l.exchange = $1 ORDER BY log.idx`;
      return (await read.all('records-of', text, [exchange])).map(recordOf);
    },
    record: async (index: number): Promise<StoredRecord | undefined> => {
      const row = await read.one('record', `SELECT ${RECORD_COLUMNS} ${FROM} WHERE log.idx = $1`, [index]);
      return row && recordOf(row);
    },
    /** The newest of its kind about the message. */
    recordOf: async (messageId: string, kind: string): Promise<StoredRecord | undefined> => {
      const text = `SELECT ${RECORD_COLUMNS} ${OF} WHERE l.message_id = $1 AND l.kind = $2 ORDER BY log.idx DESC LIMIT 1`;
      const row = await read.one('record-of', text, [messageId, kind]);
      return row && recordOf(row);
    },
    refusals: async ({ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number }) => {
      const text = `SELECT ${RECORD_COLUMNS} ${OF} WHERE l.kind = 'refused' AND log.idx < $1 ORDER BY log.idx DESC LIMIT $2`;
      return (await read.all('refusals', text, [before, limit])).map(recordOf);
    },
    leaves: async (from: number, to: number): Promise<Uint8Array[]> => {
      const text = `SELECT l.bytes ${FROM} WHERE log.idx >= $1 AND log.idx < $2 ORDER BY log.idx`;
      return (await read.all('leaves', text, [from, to])).map((row) => row.bytes);
    },
    hashes: async (level: number, from: number, to: number): Promise<Uint8Array[]> => {
      const text = 'SELECT hash FROM hash WHERE level = $1 AND position >= $2 AND position < $3 ORDER BY position';
      return (await read.all('hashes', text, [level, from, to])).map((row) => row.hash);
    },
  };
}
