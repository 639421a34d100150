import { isFacts, isStatementRequest, type Rule } from './rule.js';

/** A record's id names its line in the protocol, so it stands once in a package. */
export const repeatedIds: Rule = {
  id: 'repeated-ids',
  type: 1,
  applies: (format) => isFacts(format) || isStatementRequest(format),
  *check({ records }) {
    const seen = new Set<string>();
    for (const record of records) {
      const id = record.id.toLowerCase();
      if (seen.has(id)) yield { record, text: `Идентификатор ${record.id} повторяется в пакете` };
      seen.add(id);
    }
  },
};
