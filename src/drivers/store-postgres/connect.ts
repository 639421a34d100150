import { Client, type ClientConfig, Pool, type QueryResult, type QueryResultRow, types } from 'pg';

/** Where the store lives. Several stores may share a database, each in a schema of its own. */
export interface Place {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string;
  /** A plain lower-case name. */
  readonly schema: string;
}

/** One process among those on the store. */
export interface Member extends Place {
  /** UUID of this run. */
  readonly process: string;
}

export type Row = QueryResultRow;
export type Result = QueryResult<Row>;
export type { Client, Pool };

const INT8 = 20;
const INT8_ARRAY = 1016;
/** How long one statement may run, and a session may hold a transaction without a word: the server ends both. */
const STATEMENT_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 4_000;
/** Beyond the server's own bound: the network swallowed the answer. */
const ANSWER_MS = 12_000;
const CONNECT_MS = 5_000;

/** Ids, times and indexes stay below 2^53: numbers, not strings. */
const parsers: NonNullable<ClientConfig['types']> = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number;
    if (oid === INT8_ARRAY) return (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(Number);
    return types.getTypeParser(oid, format as 'text');
  },
} as NonNullable<ClientConfig['types']>;

function configOf({ url }: Place, role: string): ClientConfig {
  return {
    connectionString: url,
    // Names the process to whoever looks at pg_stat_activity.
    application_name: `smev-gateway ${role} ${process.pid}`,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 1_000,
    types: parsers,
  };
}

/** Sessions that write: durable commits whatever the server's default is, and a silent peer is noticed within 3 s. */
const WRITER = `SET default_transaction_isolation = 'read committed';
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
  SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 2; SET jit = off`;
/** Sessions that read write nothing but claims, which may be lost. */
const READER = `SET default_transaction_isolation = 'read committed'; SET synchronous_commit = off; SET jit = off`;

/** One session that writes. Its statements may be sent without waiting for each other's answers; `onLost` hears of its end. */
export async function connectWriter(place: Place, role: string, onLost: (error: Error) => void): Promise<Client> {
  const client = new Client({ ...configOf(place, role), pipeline: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`SET search_path = ${quoted(place.schema)}; ${WRITER}`);
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
  client.once('error', onLost);
  client.once('end', () => onLost(new Error('the connection ended')));
  return client;
}

/** Sessions for reading, made when needed. A broken one is replaced. */
export function poolOfReaders(place: Place, max: number): Pool {
  const pool = new Pool({
    ...configOf(place, 'reader'),
    max,
    idleTimeoutMillis: 30_000,
    verify: (client, done) => {
      client.query(`SET search_path = ${quoted(place.schema)}; ${READER}`).then(() => done(), done);
    },
  });
  pool.on('error', () => undefined);
  return pool;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
