import { expect } from 'chai';
import { changed, FACT_UUID, FACTS_DOCUMENT } from '../sample.js';
import { judgeFacts } from './judged.js';

describe('rule repeated-facts', () => {
  const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
  const SECOND = 'd5c4e3f3-0b5e-11ef-9262-0242ac120002';
  const twice = (...changes: readonly (readonly [string, string])[]) =>
    judgeFacts('repeated-facts', [fact, fact + changed(fact, [FACT_UUID, SECOND], ...changes)]);

  it('is content with one assignment, and with two that differ in the beginning', () => {
    expect(judgeFacts('repeated-facts')).to.deep.equal([]);
    expect(twice(['<f:dateStart>2024-06-01', '<f:dateStart>2024-06-02'])).to.deep.equal([]);
  });

  it('warns on the second that says the same, in whatever letters its ids are written', () =>
    expect(twice(['b3a2c1d0-', 'B3A2C1D0-'])).to.deep.equal([
      {
        record: SECOND,
        type: 2,
        report: `Назначение повторяет запись ${FACT_UUID}: те же получатель, ЛМСЗ, категория и дата начала`,
      },
    ]));
});
