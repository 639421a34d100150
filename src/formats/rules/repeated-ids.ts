import type { Rule } from './rule.js';

/** A record's id names its line in the protocol, so it stands once in a package. */
export const repeatedIds: Rule = {
  id: 'repeated-ids',
  type: 1,
  title: { ru: 'идентификатор записи повторяется в пакете', en: 'an id that stands twice in a package' },
  *check({ records }) {
    const seen = new Set<string>();
    for (const record of records) {
      const id = record.id.toLowerCase();
      if (id !== '' && seen.has(id)) yield { record, text: `Идентификатор ${record.id} повторяется в пакете` };
      seen.add(id);
    }
  },
};
