import type { ExchangeRow } from './api-types.js';

/** The kind of a message for a table: a test message is marked wherever it is listed, by the standard's own word. */
export function kindOf({ kind, test }: Pick<ExchangeRow, 'kind' | 'test'>): string {
  return test === true ? `${kind} TestMessage` : kind;
}
