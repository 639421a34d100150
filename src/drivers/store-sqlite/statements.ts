import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Every statement the writer uses, prepared once. */
export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    savepoint: prepare('SAVEPOINT work'),
    release: prepare('RELEASE work'),
    undo: prepare('ROLLBACK TO work'),

    messageRow: prepare('SELECT id, request FROM message WHERE message_id = ?'),
    insertMessage: prepare(
      `INSERT INTO message (message_id, exchange, request, kind, version, sender, recipient, format, accepted_at, eol, test,
         body_id, config, road, closes, digest, meta, receipt_token, leaf)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING`,
    ),
    nextMessage: prepare('SELECT ifnull(max(id), 0) + 1 AS id FROM message'),
    close: prepare('UPDATE message SET closed_by = ? WHERE message_id = ? AND closed_by IS NULL'),
    reopen: prepare('UPDATE message SET closed_by = NULL WHERE message_id = ? AND closed_by = ?'),
    otherPart: prepare('SELECT 1 FROM message WHERE request = ? AND sender = ? AND closes = 2 AND id <> ?'),
    reopenPart: prepare('UPDATE message SET closes = 0 WHERE exchange = ? AND message_id = ? AND closes = 2'),

    insertBody: prepare('INSERT INTO body (body_id, sha256, keep_until, container) VALUES (?, ?, ?, ?)'),
    forgetBodies: prepare(
      'DELETE FROM body WHERE id IN (SELECT id FROM body WHERE keep_until <= ? ORDER BY keep_until LIMIT 200)',
    ),
    insertKey: prepare('INSERT INTO body_key (body, slot, epoch, wrapped) VALUES (?, ?, ?, ?)'),
    insertPerson: prepare('INSERT INTO person (label, sealed) VALUES (?, ?)'),

    depth: prepare(
      'SELECT ifnull(sum(unsettled), 0) AS depth FROM selector WHERE recipient = ? AND mailbox = ? AND format = ?',
    ),
    count: prepare(
      `INSERT INTO selector (recipient, mailbox, node_id, format, unsettled, pending) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET unsettled = unsettled + excluded.unsettled, pending = pending + excluded.pending`,
    ),
    forgetEmpty: prepare(
      'DELETE FROM selector WHERE recipient = ? AND mailbox = ? AND node_id = ? AND format = ? AND unsettled = 0',
    ),
    insertDelivery: prepare(
      `INSERT INTO delivery (message, request, recipient, mailbox, road, state, format, node_id, queued_at, due_at, expires_at,
         cause, replays)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    replayable: prepare(
      `SELECT 1 FROM delivery d WHERE id = ? AND state IN ('failed', 'not-accepted', 'expired')
         AND NOT EXISTS (SELECT 1 FROM delivery r WHERE r.replays = d.id)`,
    ),
    deliveryRow: prepare(
      'SELECT state, attempts, road, recipient, mailbox, node_id, format FROM delivery WHERE id = ?',
    ),
    move: prepare(
      `UPDATE delivery SET state = ?, attempts = ifnull(?, attempts), leased_until = ?, due_at = ifnull(?, due_at),
         poll_digest = ifnull(?, poll_digest), cause = ifnull(?, cause) WHERE id = ?`,
    ),

    insertLeaf: prepare(
      'INSERT INTO leaf (id, kind, time, message_id, exchange, bytes, opening) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    insertHash: prepare('INSERT INTO hash (level, position, hash) VALUES (?, ?, ?)'),
    tree: prepare('SELECT size, edge, root, note FROM tree WHERE one = 1'),
    saveTree: prepare(
      `INSERT INTO tree (one, size, edge, root, note) VALUES (1, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET size = excluded.size, edge = excluded.edge, root = excluded.root, note = excluded.note`,
    ),

    insertPlan: prepare('INSERT INTO plan (id, revision, json) VALUES (?, 1, ?) ON CONFLICT (id) DO NOTHING'),
    updatePlan: prepare('UPDATE plan SET revision = ?, json = ? WHERE id = ? AND revision = ?'),
    insertArtefact: prepare('INSERT INTO artefact (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING'),
    newestSnapshot: prepare('SELECT hash FROM snapshot ORDER BY seq DESC LIMIT 1'),
    snapshotRow: prepare('SELECT json, revoked FROM snapshot WHERE hash = ?'),
    saveSnapshot: prepare(
      `INSERT INTO snapshot (seq, hash, json, revoked) VALUES ((SELECT ifnull(max(seq), 0) + 1 FROM snapshot), ?, ?, 0)
       ON CONFLICT (hash) DO UPDATE SET seq = excluded.seq, revoked = 0`,
    ),
    revoke: prepare('UPDATE snapshot SET revoked = 1 WHERE hash = ?'),
  };
}
