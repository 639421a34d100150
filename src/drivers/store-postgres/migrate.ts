import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MigrationStep, migrationSteps, migrationsFolder, schemaTooNew } from '../../ports/index.js';
import { type Client, type Place, quoted } from './connect.js';

/** The oldest server this code was written for. */
const OLDEST_SERVER = 140_000;

/** A server or database this code must not use; the message says what to do. */
export class DatabaseRefused extends Error {}

/**
 * Brings the schema up to this code's, forward only, each file in a transaction of its own: a crash between two leaves a
 * complete older schema. Processes that start together wait for each other. Returns the version reached.
 */
export async function migrate(
  client: Client,
  place: Place,
  folder: string = migrationsFolder('postgres'),
): Promise<number> {
  await judgeServer(client);
  const steps = migrationSteps(folder);
  const newest = steps.at(-1)?.version ?? 0;
  const lock = `smev-gateway migration ${place.schema}`;
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [lock]);
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(place.schema)}`);
    await client.query('CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, name text NOT NULL)');
    const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM migration');
    const present = rows[0].version as number;
    if (present > newest) throw new DatabaseRefused(schemaTooNew(present, newest));
    for (const step of steps)
      if (step.version > present) await apply(client, step, readFileSync(join(folder, step.name), 'utf8'));
    return newest;
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]).catch(() => undefined);
  }
}

async function apply(client: Client, step: MigrationStep, sql: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO migration (version, name) VALUES ($1, $2)', [step.version, step.name]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`migration ${step.name} failed, the database is as it was before it`, { cause: error });
  }
}

/** What «durable» rests on: a server that flushes. */
async function judgeServer(client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
       current_setting('full_page_writes') AS pages, current_setting('server_encoding') AS encoding`,
  );
  const { version, fsync, pages, encoding } = rows[0];
  if (version < OLDEST_SERVER)
    throw new DatabaseRefused(`нужен PostgreSQL 14 или новее, здесь ${version} / PostgreSQL 14 or newer is needed`);
  if (fsync !== 'on' || pages !== 'on')
    throw new DatabaseRefused(
      'сервер не пишет на диск надёжно: включите fsync и full_page_writes / the server does not write safely: turn fsync and full_page_writes on',
    );
  if (encoding !== 'UTF8')
    throw new DatabaseRefused(
      `база в кодировке ${encoding}: создайте её с ENCODING 'UTF8' / the database is in ${encoding}: create it with ENCODING 'UTF8'`,
    );
}
