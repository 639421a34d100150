import type { PoolClient } from 'pg';
import { type Connection, Query } from 'pg';

/** A column of a COPY, and what a row puts there. */
export type Column<Row> = readonly [name: string, type: ColumnType, value: (row: Row) => Value];
export type ColumnType = 'int4' | 'int8' | 'bool' | 'text' | 'bytea' | 'uuid';
type Value = string | number | boolean | Uint8Array | null | undefined;

/** Longer than any page takes; the session's own bound is for single statements. */
const ANSWER_MS = 600_000;
/** One message of the protocol: the server's buffers are not asked for a page at once. */
const CHUNK = 256 * 1024;

/** All rows by `COPY … FROM STDIN` in the binary form: an order faster than INSERT. */
export async function copyIn<Row>(
  client: PoolClient,
  table: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const text = `COPY ${table} (${columns.map(([name]) => name).join(', ')}) FROM STDIN (FORMAT binary)`;
  const octets = encoded(columns, rows);
  await new Promise<void>((resolve, reject) => {
    const done = (error: Error | undefined): void => (error ? reject(error) : resolve());
    client.query(new CopyIn(text, octets, done));
  });
}

/** What the types leave out of a connection: the three messages of COPY. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}

class CopyIn extends Query {
  readonly #octets: Buffer;
  readonly query_timeout = ANSWER_MS;

  constructor(text: string, octets: Buffer, done: (error: Error | undefined) => void) {
    super(text, done);
    this.#octets = octets;
  }

  /** The client calls it when the server is ready for the rows. */
  handleCopyInResponse(connection: CopyConnection): void {
    for (let from = 0; from < this.#octets.length; from += CHUNK)
      connection.sendCopyFromChunk(this.#octets.subarray(from, from + CHUNK));
    connection.endCopyFrom();
  }
}

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.of(0xff, 0xff);
const NULL = Buffer.of(0xff, 0xff, 0xff, 0xff);

/** The file format of postgresql.org/docs/current/sql-copy.html, “Binary Format”. */
function encoded<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Buffer {
  const parts: Uint8Array[] = [SIGNATURE];
  const count = Buffer.alloc(2);
  count.writeInt16BE(columns.length);
  for (const row of rows) {
    parts.push(count);
    for (const [, type, take] of columns) {
      const value = take(row);
      if (value === null || value === undefined) parts.push(NULL);
      else field(parts, type, value);
    }
  }
  parts.push(TRAILER);
  return Buffer.concat(parts);
}

function field(parts: Uint8Array[], type: ColumnType, value: NonNullable<Value>): void {
  const octets = octetsOf(type, value);
  const length = Buffer.allocUnsafe(4);
  length.writeInt32BE(octets.length);
  parts.push(length, octets);
}

function octetsOf(type: ColumnType, value: NonNullable<Value>): Uint8Array {
  if (type === 'text') return Buffer.from(String(value));
  if (type === 'bytea') return value as Uint8Array;
  if (type === 'bool') return Buffer.of(value === true ? 1 : 0);
  if (type === 'uuid') return Buffer.from(String(value).replaceAll('-', ''), 'hex');
  const octets = Buffer.allocUnsafe(type === 'int4' ? 4 : 8);
  if (type === 'int4') octets.writeInt32BE(Number(value));
  else octets.writeBigInt64BE(BigInt(value as number));
  return octets;
}
