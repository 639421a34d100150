import type { ClientBase } from 'pg';
import type { CopyProgress } from '../../ports/index.js';
import { DatabaseRefused } from './migrate.js';

/** Why no gateway may start on a store: it is being filled, or its journal goes on elsewhere. */
export type Hold = { readonly copying: CopyProgress } | { readonly movedTo: string };

/** The hold on the schema in the search path. The table exists only while there is one. */
export async function readHold(client: ClientBase): Promise<Hold | undefined> {
  const { rows } = await client.query(`SELECT to_regclass('hold') IS NOT NULL AS held`);
  if (rows[0].held !== true) return undefined;
  return JSON.parse((await client.query('SELECT json FROM hold')).rows[0].json) as Hold;
}

export async function takeHold(client: ClientBase, hold: Hold): Promise<void> {
  await client.query('CREATE TABLE IF NOT EXISTS hold (one integer PRIMARY KEY CHECK (one = 1), json text NOT NULL)');
  const text = 'INSERT INTO hold (one, json) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET json = excluded.json';
  await client.query(text, [JSON.stringify(hold)]);
}

export async function endHold(client: ClientBase): Promise<void> {
  await client.query('DROP TABLE IF EXISTS hold');
}

/** Before a gateway's first step on the store. */
export async function refuseHeld(client: ClientBase): Promise<void> {
  const hold = await readHold(client);
  if (hold === undefined) return;
  throw new DatabaseRefused(
    'copying' in hold
      ? 'сюда переносят хранилище, и перенос не окончен: выполните ту же команду «gateway store copy» ещё раз / ' +
          'a store is being copied here and the copy is not finished: run the same “gateway store copy” again'
      : `это хранилище перенесено в ${hold.movedTo}: запускайте шлюз там / this store was moved to ${hold.movedTo}: start the gateway there`,
  );
}
