import type { Client, Place } from './connect.js';
import { monthOfTime } from './month.js';
import { ensurePartitions } from './partitions.js';

const MONTH_MS = 31 * 86_400_000;

/** Partitions before they are needed: of this month, of the next, and of what carries no month. */
export async function partitionsAhead(client: Client, place: Place): Promise<void> {
  const { rows } = await client.query('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now');
  const now = rows[0].now as number;
  await ensurePartitions(client, place, [0, monthOfTime(now), monthOfTime(now + MONTH_MS)], new Set());
}

/** What the sequencer's process does now and then for all. */
export async function keepHouse(client: Client, place: Place): Promise<void> {
  await partitionsAhead(client, place);
  // A batch is asked for within seconds; its row tells operators a day long.
  await client.query(`DELETE FROM batch WHERE at < now() - interval '1 day'`);
  await client.query(`DELETE FROM claim WHERE until < now() - interval '1 minute'`);
  await client.query(`DELETE FROM poll WHERE until < now() - interval '1 minute'`);
  await client.query(`DELETE FROM process WHERE beat < now() - interval '1 day'`);
  await client.query('DELETE FROM selector WHERE pending = 0');
}
