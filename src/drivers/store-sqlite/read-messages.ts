import type { DatabaseSync } from 'node:sqlite';
import type { StoredBody, StoredMessage, StoredPlan } from '../../ports/index.js';
import { bodyOf, MESSAGE_COLUMNS, messageOf, planOf } from './rows.js';

/** Messages, their bodies, the configuration in force. */
export function messageReader(database: DatabaseSync) {
  const byMessageId = database.prepare(`SELECT ${MESSAGE_COLUMNS} FROM message m WHERE m.message_id = ?`);
  const body = database.prepare('SELECT id, body_id, sha256, keep_until, container FROM body WHERE body_id = ?');
  const keys = database.prepare('SELECT slot, epoch, wrapped FROM body_key WHERE body = ? ORDER BY slot');
  const ofExchange = database.prepare(
    `SELECT ${MESSAGE_COLUMNS} FROM message m
     WHERE m.request = (SELECT request FROM message WHERE message_id = ?) ORDER BY m.id`,
  );
  const snapshot = database.prepare('SELECT hash, json FROM snapshot ORDER BY seq DESC LIMIT 1');
  const live = database.prepare('SELECT hash FROM snapshot WHERE revoked = 0 ORDER BY seq');
  const artefact = database.prepare('SELECT bytes FROM artefact WHERE hash = ?');
  const plan = database.prepare('SELECT id, revision, json FROM plan WHERE id = ?');
  const plans = database.prepare('SELECT id, revision, json FROM plan ORDER BY seq DESC LIMIT ?');
  return {
    plan: (id: string): StoredPlan | undefined => {
      const row = plan.get(id);
      return row && planOf(row);
    },
    plans: (limit: number): StoredPlan[] => plans.all(limit).map(planOf),
    artefact: (hash: string): Uint8Array | undefined => artefact.get(hash)?.bytes as Uint8Array | undefined,
    message: (messageId: string): StoredMessage | undefined => {
      const row = byMessageId.get(messageId);
      return row && messageOf(row);
    },
    body: (bodyId: string): StoredBody | undefined => {
      const row = body.get(bodyId);
      return row && bodyOf(row, keys.all(row.id!));
    },
    messagesOf: (exchange: string): StoredMessage[] => ofExchange.all(exchange).map(messageOf),
    snapshot: (otherThan?: string): { hash: string; json: string } | undefined => {
      const row = snapshot.get();
      return row === undefined || row.hash === otherThan
        ? undefined
        : { hash: row.hash as string, json: row.json as string };
    },
    liveSnapshots: (): string[] => live.all().map((row) => row.hash as string),
  };
}
