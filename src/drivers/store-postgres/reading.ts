import type { Pool, Row } from './connect.js';

/** A query by its name: prepared once a session. */
export interface Reading {
  all(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  one(name: string, text: string, values: readonly unknown[]): Promise<Row | undefined>;
}

/** Rejects when the database does not answer: callers say «try again later», nothing is guessed. */
export function readingOf(pool: Pool): Reading {
  const all = async (name: string, text: string, values: readonly unknown[]): Promise<Row[]> => {
    const { rows } = await pool.query({ name, text, values: [...values] });
    return rows;
  };
  return { all, one: async (name, text, values) => (await all(name, text, values))[0] };
}
