import type { Client } from './connect.js';

/** After so long without a sign of life a process is gone, and its pushes are another's. */
export const GONE_AFTER = `interval '5 seconds'`;

/** A sign of life. `again`: after a break, in which others may have been taken for gone too. */
export async function beAlive(client: Client, process: string, again: boolean): Promise<void> {
  const text = `INSERT INTO process (id, since, beat) VALUES ($1, clock_timestamp(), clock_timestamp()) ON CONFLICT (id)
    DO UPDATE SET beat = clock_timestamp(), since = CASE WHEN $2 THEN clock_timestamp() ELSE process.since END`;
  await client.query({ name: 'alive', text, values: [process, again] });
}

/** Others need not wait. */
export async function beGone(client: Client, process: string): Promise<void> {
  await client.query('DELETE FROM process WHERE id = $1', [process]);
}

/**
 * Condition on a delivery `d`: it is process `$4`'s, or its process is gone. Whoever has just come back after a break (the
 * server was away) waits until the others had time to say that they are there.
 */
export const MINE = 'd.owner = $4';
export const ORPHANED = `d.owner <> $4
  AND NOT EXISTS (SELECT 1 FROM process p WHERE p.id = d.owner AND p.beat > clock_timestamp() - ${GONE_AFTER})
  AND EXISTS (SELECT 1 FROM process me WHERE me.id = $4 AND me.since < clock_timestamp() - ${GONE_AFTER})`;
