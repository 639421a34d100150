import { setTimeout } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { StoreImport } from '../../ports/index.js';
import { type Client, connectWriter, type Place, poolOfReaders } from './connect.js';
import { leaderOf, tryToLead } from './elect.js';
import { readHold, takeHold } from './hold.js';
import { importRows } from './import-rows.js';
import { partitionsAhead } from './keep-house.js';
import { migrate } from './migrate.js';

export interface WholeStore extends StoreImport {
  /** Leaves that were committed and have no place in the log yet: a gateway must give it to them first. */
  waiting(): Promise<number>;
  /** Where its journal was moved to, when it was. */
  movedTo(): Promise<string | undefined>;
  /** The journal goes on in another store: no gateway starts here. */
  moved(to: string): Promise<void>;
}

const UNHURRIED =
  'SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET client_min_messages = warning';
/** Pages follow an index; a planner without statistics of what was just filled would read a table a page. */
const BY_INDEX = 'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off';

/** A session that was cut off is missed by the server within this time. */
const FREE_WITHIN = 3_000;
const ASK_EVERY = 200;

/** The lock of whoever numbers the journal, held by the session until it ends. */
async function lead(lock: Client): Promise<boolean> {
  for (const until = performance.now() + FREE_WITHIN; ; await setTimeout(ASK_EVERY)) {
    if ((await tryToLead(lock)) !== undefined) return true;
    if (performance.now() > until) return false;
  }
}

/** A store for copying, to it or from it; `running` names the gateway that works on it. Rejects when the server cannot be reached or is refused. */
export async function openWhole(url: string, schema = 'gateway'): Promise<WholeStore | { readonly running: string }> {
  const place: Place = { url, schema };
  const lock: Client = await connectWriter(place, 'copy', () => undefined);
  const pool = poolOfReaders(place, 1);
  let session: PoolClient | undefined;
  const close = async (): Promise<void> => {
    session?.release(true);
    await pool.end();
    await lock.end().catch(() => undefined);
  };
  try {
    await migrate(lock, place);
    await partitionsAhead(lock, place);
    if (!(await lead(lock))) {
      const running = await leaderOf(lock);
      await close();
      return { running };
    }
    session = await pool.connect();
    await session.query(`SET synchronous_commit = on; ${UNHURRIED}; ${BY_INDEX}`);
  } catch (error) {
    await close();
    throw error;
  }
  const client = session;
  return {
    ...importRows(client, place, close),
    waiting: async () => (await client.query('SELECT count(*) AS n FROM unnumbered')).rows[0].n,
    movedTo: async () => {
      const hold = await readHold(client);
      return hold !== undefined && 'movedTo' in hold ? hold.movedTo : undefined;
    },
    moved: (to) => takeHold(client, { movedTo: to }),
  };
}
