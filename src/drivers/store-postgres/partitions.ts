import { type Client, type Place, quoted } from './connect.js';

/** Months known to have their partitions: kept by each session that writes. */
export type KnownMonths = Set<number>;

const PARTITIONED = ['message', 'body', 'body_key', 'leaf'] as const;
/** Class of advisory locks: one month is made by one session at a time. */
const LOCK_CLASS = 0x736d6576;

/**
 * Makes the partitions of these months where they are missing, each month in a transaction of its own before the one that
 * needs it. A table is filled with indexes first and attached then: attaching does not stop those who write.
 */
export async function ensurePartitions(
  client: Client,
  place: Place,
  months: Iterable<number>,
  known: KnownMonths,
): Promise<void> {
  for (const month of months) {
    if (known.has(month)) continue;
    await client.query('BEGIN');
    try {
      await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_CLASS, month]);
      for (const table of PARTITIONED) await makePartition(client, place, table, month);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    known.add(month);
  }
}

async function makePartition(client: Client, { schema }: Place, table: string, month: number): Promise<void> {
  const name = `${table}_${month === 0 ? 'other' : month}`;
  const { rows } = await client.query('SELECT to_regclass($1) AS found', [`${quoted(schema)}.${name}`]);
  if (rows[0].found !== null) return;
  await client.query(`CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING STORAGE)`);
  await client.query(`ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES IN (${month})`);
}
