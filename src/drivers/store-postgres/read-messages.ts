import type { StoredBody, StoredMessage, StoredPlan } from '../../ports/index.js';
import { monthOfId } from './month.js';
import type { Reading } from './reading.js';
import { bodyOf, MESSAGE_COLUMNS, messageOf, planOf } from './rows.js';

const BY_ID = `SELECT ${MESSAGE_COLUMNS} FROM message m WHERE m.month = $1 AND m.message_id = $2`;
const OF_EXCHANGE = `SELECT ${MESSAGE_COLUMNS} FROM message m
  WHERE m.request = (SELECT request FROM message WHERE month = $1 AND message_id = $2) ORDER BY m.id`;
const BODY = 'SELECT body_id, sha256, keep_until, container FROM body WHERE month = $1 AND body_id = $2';
const KEYS = 'SELECT slot, epoch, wrapped FROM body_key WHERE month = $1 AND body_id = $2 ORDER BY slot';
/** The text itself, which may be long, is read only where it is another one. */
const SNAPSHOT = `SELECT hash, json FROM snapshot
  WHERE seq = (SELECT max(seq) FROM snapshot) AND hash IS DISTINCT FROM $1`;
const LIVE = 'SELECT hash FROM snapshot WHERE NOT revoked ORDER BY seq';

/** Messages, their bodies, the configuration in force. */
export function messageReader(read: Reading) {
  return {
    message: async (messageId: string): Promise<StoredMessage | undefined> => {
      const row = await read.one('message', BY_ID, [monthOfId(messageId), messageId]);
      return row && messageOf(row);
    },
    body: async (bodyId: string): Promise<StoredBody | undefined> => {
      const key = [monthOfId(bodyId), bodyId];
      const row = await read.one('body', BODY, key);
      return row && bodyOf(row, await read.all('body-keys', KEYS, key));
    },
    messagesOf: async (exchange: string): Promise<StoredMessage[]> => {
      const rows = await read.all('messages-of', OF_EXCHANGE, [monthOfId(exchange), exchange]);
      return rows.map(messageOf);
    },
    snapshot: async (otherThan?: string): Promise<{ hash: string; json: string } | undefined> => {
      const row = await read.one('snapshot', SNAPSHOT, [otherThan ?? null]);
      return row && { hash: row.hash, json: row.json };
    },
    liveSnapshots: async (): Promise<string[]> => (await read.all('live-snapshots', LIVE, [])).map((row) => row.hash),
    plan: async (id: string): Promise<StoredPlan | undefined> => {
      const row = await read.one('plan', 'SELECT id, revision, json FROM plan WHERE id = $1', [id]);
      return row && planOf(row);
    },
    plans: async (limit: number): Promise<StoredPlan[]> => {
      const text = 'SELECT id, revision, json FROM plan ORDER BY seq DESC LIMIT $1';
      return (await read.all('plans', text, [limit])).map(planOf);
    },
    artefact: async (hash: string): Promise<Uint8Array | undefined> =>
      (await read.one('artefact', 'SELECT bytes FROM artefact WHERE hash = $1', [hash]))?.bytes,
  };
}
