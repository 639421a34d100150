import { expect } from 'chai';
import { MEASURE_RULES, notesOn, RULES } from '../../../../src/sandbox/egisso/rules/index.js';
import { CASES, CLASSIFIERS, LOCAL } from './cases.js';

describe('Registry twin: its rules one by one', () => {
  for (const { rule, what, told, lines } of CASES)
    it(`${rule}: ${what}${lines.length === 0 ? '' : `, ${lines.length} finding(s)`}`, () =>
      expect(told).to.deep.equal(lines));

  it('each has a case it is content with and a case it reports', () => {
    const stored = ['package-once', 'record-once', 'fact-in-force']; // service.test.ts, fact-rules.test.ts, events.test.ts
    for (const { id } of RULES.filter((r) => !stored.includes(r.id))) {
      const own = CASES.filter((c) => c.rule === id);
      expect(
        own.some((c) => c.told.length === 0),
        `${id} is content`,
      ).to.equal(true);
      expect(
        own.some((c) => c.told.length > 0),
        `${id} reports`,
      ).to.equal(true);
    }
  });

  it('have ids of their own, and both languages', () => {
    expect(new Set(RULES.map((r) => r.id))).to.have.property('size', RULES.length);
    for (const { title } of RULES) {
      expect(title.ru).to.match(/[а-я]/);
      expect(title.en).to.match(/[a-z]/);
    }
  });

  it('tell of a measure wrong in everything what the operator does, in its order', () => {
    const measure = {
      ...LOCAL,
      budgetCode: 'FF000000000000000000',
      sectionCode: '990101',
      measureCode: '9901',
      levelCode: '09',
      formCode: '99',
      periodicityCode: '09',
      categoryCodes: ['99000000'],
      funding: [{ source: '0900', quota: '90' }],
      territories: ['09991000'],
    };
    const codes = notesOn(MEASURE_RULES, { measure, lookups: CLASSIFIERS }).map((note) => note.code);
    expect(codes).to.deep.equal(['022', '001', '002', '006', '004', '008', '003', '018', '005', '015', '016', '007']);
  });
});
