import { expect } from 'chai';
import { FACTS_DOCUMENT } from '../sample.js';
import { judgeFacts, told } from './judged.js';

describe('rule grounds-named', () => {
  const documents = [FACTS_DOCUMENT.match(/<f:documents>[\s\S]*<\/f:documents>/)![0], ''] as const;
  const criterion = (code: string) =>
    [`<f:needsCriteria><f:needsCriteriaCode>${code}</f:needsCriteriaCode></f:needsCriteria>`, ''] as const;

  it('is content with documents or with criteria', () => {
    expect(judgeFacts('grounds-named', documents)).to.deep.equal([]);
    expect(judgeFacts('grounds-named', criterion('000011'), criterion('000012'))).to.deep.equal([]);
  });

  it('warns of neither', () =>
    expect(told(judgeFacts('grounds-named', documents, criterion('000011'), criterion('000012')))).to.deep.equal([
      '2 Не указаны ни документы, дающие право на назначение, ни критерии нуждаемости',
    ]));
});
