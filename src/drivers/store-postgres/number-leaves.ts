import type { LevelHash, Sequencer, StoredCheckpoint, TreeEdge } from '../../ports/index.js';
import type { Client } from './connect.js';
import type { Lead } from './elect.js';
import { insertRows, type Target } from './insert-rows.js';
import { flight } from './read-what-stands.js';

export type Numbered =
  | { readonly kind: 'idle' }
  /** Another one leads: nothing was written. */
  | { readonly kind: 'deposed' }
  | {
      readonly kind: 'numbered';
      readonly lead: Lead;
      readonly places: ReadonlyMap<number, number>;
      readonly more: boolean;
    };

/** Leaves numbered in one transaction at most. */
const AT_ONCE = 512;

/**
 * Gives every leaf that has none its place in the log: those waiting, not «those after the last seen», because commits end
 * in another order than their ids were drawn. One transaction compares and sets (size, root, epoch): of two who think they
 * lead one writes. A crash before COMMIT leaves the leaves waiting for the next sequencer, after it the log holds them.
 */
export async function numberLeaves(client: Client, sequencer: Sequencer, lead: Lead): Promise<Numbered> {
  const { rows } = await client.query({ ...WAITING, values: [AT_ONCE] });
  if (rows.length === 0) return { kind: 'idle' };
  const { edge, firstIndex, hashes } = sequencer.sequence(
    lead.edge,
    rows.map((row) => row.bytes as Uint8Array),
  );
  if (firstIndex !== lead.edge.size) throw new Error(`sequencer began at ${firstIndex}, not at ${lead.edge.size}`);
  const { note, root } = sequencer.checkpoint(edge);
  const checkpoint: StoredCheckpoint = { size: edge.size, root: Uint8Array.from(root), note };
  const leaves = rows.map((row) => row.leaf as number);
  const [, grown] = await flight([
    client.query('BEGIN'),
    client.query({ ...GROW, values: [...compared(lead), ...set(edge, checkpoint)] }),
    ...insertRows(HASHES, hashes).map((statement) => client.query(statement)),
    client.query({ ...PLACES, values: [leaves, rows.map((row) => row.month as number), firstIndex - 1] }),
    client.query({ ...SETTLED, values: [leaves] }),
  ]);
  if (grown!.rowCount !== 1) {
    await client.query('ROLLBACK');
    return { kind: 'deposed' };
  }
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error(`COMMIT was answered by ${command}`);
  return {
    kind: 'numbered',
    lead: { epoch: lead.epoch, edge, checkpoint },
    places: new Map(leaves.map((leaf, at) => [leaf, firstIndex + at])),
    more: rows.length === AT_ONCE,
  };
}

const WAITING = {
  name: 'waiting',
  text: `SELECT u.leaf, u.month, l.bytes FROM unnumbered u JOIN leaf l ON l.month = u.month AND l.id = u.leaf
    ORDER BY u.leaf LIMIT $1`,
};
const GROW = {
  name: 'grow',
  text: `UPDATE tree SET size = $4, edge = $5, root = $6, note = $7, beat = clock_timestamp()
    WHERE size = $1 AND root = $2 AND epoch = $3`,
};
const PLACES = {
  name: 'places',
  text: `INSERT INTO log (idx, leaf, month)
    SELECT $3::bigint + n, leaf, month FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS v (leaf, month, n)`,
};
const SETTLED = { name: 'settled', text: 'DELETE FROM unnumbered WHERE leaf = ANY($1::bigint[])' };
const HASHES: Target<LevelHash> = {
  table: 'hash',
  columns: [
    ['level', 'int'],
    ['position', 'bigint'],
    ['hash', 'bytea'],
  ],
  values: (h) => [h.level, h.position, h.hash],
};

function compared({ checkpoint, epoch }: Lead): unknown[] {
  return [checkpoint.size, checkpoint.root, epoch];
}

function set(edge: TreeEdge, { root, note }: StoredCheckpoint): unknown[] {
  return [edge.size, Buffer.concat(edge.hashes), root, note];
}
