import { select } from '../element-view.js';
import type { Rule } from './rule.js';

/** The field guide asks for documents giving the right or for need criteria; the schema lets both be absent. */
export const groundsNamed: Rule = {
  id: 'grounds-named',
  type: 2,
  title: {
    ru: 'не указаны ни документы, дающие право, ни критерии нуждаемости',
    en: 'neither documents giving the right nor need criteria',
  },
  needs: ['documents'],
  *check({ records }) {
    for (const record of records) {
      const { documents, criteria } = record.shape;
      if (documents === undefined || criteria === undefined) continue;
      if (select(record.body, documents).length + select(record.body, criteria.codes).length > 0) continue;
      yield { record, text: 'Не указаны ни документы, дающие право на назначение, ни критерии нуждаемости' };
    }
  },
};
