import { hash } from 'node:crypto';

/**
 * A digest of a table that does not depend on the order of its rows: the sum of the rows' SHA-256, word by word. Says
 * that two stores hold the same rows; it is a check against mistakes, the journal's root is the one against people.
 */
export class RowDigest {
  rows = 0;
  readonly #sum = new Uint32Array(8);

  add(row: object): void {
    const digest = hash('sha256', canonical(row), 'buffer');
    for (let i = 0; i < 8; i++) this.#sum[i]! += digest.readUInt32BE(i * 4);
    this.rows++;
  }

  equals(other: RowDigest): boolean {
    return this.rows === other.rows && this.#sum.every((word, i) => word === other.#sum[i]);
  }
}

/** Fields by name, octets as base64: what two drivers give for one row is spelled alike. */
function canonical(value: unknown): string {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${canonical(field)}`).join()}}`;
}
