import type { StoredCheckpoint, TreeEdge } from '../../ports/index.js';
import type { Client } from './connect.js';

/** What the elected sequencer holds: the tree as it stands, and the number under which it may grow it. */
export interface Lead {
  readonly epoch: number;
  readonly edge: TreeEdge;
  /** Of the empty journal: size 0, no root, no note. */
  readonly checkpoint: StoredCheckpoint;
}

/** Class of the advisory lock that the sequencer's session holds; its object is the schema. */
const SEQUENCER = 0x736d6578;
const OBJECT = 'hashtext(current_schema)';
/** A sequencer that gave no sign of life for this long is ended: stopped, hung, or cut off from the server. */
const SILENT = `interval '3 seconds'`;

/**
 * Becomes the sequencer when nobody is. The lock is freed with its session, so a killed process is followed at once; it
 * only keeps two from working in vain. The fence is `epoch` in the row of the tree: see numberLeaves.
 */
export async function tryToLead(client: Client): Promise<Lead | undefined> {
  const lock = await client.query(`SELECT pg_try_advisory_lock(${SEQUENCER}, ${OBJECT}) AS mine`);
  if (lock.rows[0].mine !== true) return undefined;
  // Waits for a transaction of the one before that is still about to end, then sees what it did.
  const { rows } = await client.query(
    'UPDATE tree SET epoch = epoch + 1, beat = clock_timestamp() RETURNING size, edge, root, note, epoch',
  );
  const { size, edge, root, note, epoch } = rows[0];
  return { epoch, edge: { size, hashes: unpacked(edge) }, checkpoint: { size, root, note } };
}

/** The sequencer's session in words: what it calls itself and where it comes from. */
export async function leaderOf(client: Client): Promise<string> {
  const { rows } = await client.query(
    `SELECT a.application_name AS name, coalesce(host(a.client_addr), 'local') AS host FROM pg_locks l
       JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ${SEQUENCER} AND l.objsubid = 2
       AND l.objid = (${OBJECT}::bigint & 4294967295)::oid
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0] === undefined ? '?' : `${rows[0].name} (${rows[0].host})`;
}

/** A paused process keeps its session, its lock and perhaps a lock on the tree: the server is asked to end that session. */
export async function endSilentLeader(client: Client): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l, tree t
     WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ${SEQUENCER} AND l.objsubid = 2
       AND l.objid = (${OBJECT}::bigint & 4294967295)::oid
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND l.pid <> pg_backend_pid() AND t.beat < clock_timestamp() - ${SILENT}`,
  );
}

/** A sign of life while there is nothing to number. False when another one leads. */
export async function beat(client: Client, { epoch }: Lead): Promise<boolean> {
  const text = 'UPDATE tree SET beat = clock_timestamp() WHERE epoch = $1';
  const { rowCount } = await client.query({ name: 'beat', text, values: [epoch] });
  return rowCount === 1;
}

export function unpacked(edge: Uint8Array): Uint8Array[] {
  return Array.from({ length: edge.length / 32 }, (_, at) => edge.subarray(at * 32, at * 32 + 32));
}
