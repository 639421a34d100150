import { expect } from 'chai';
import { proposalFor } from '../../../src/formats/messages/proposals.js';

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

describe('a proposed spelling', () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['112-233-445 95', '\\d{11}', '11223344595'],
    ['8 (916) 123-45-67', '\\d{10}', '9161234567'],
    ['0542000017', '[A-HJ-NP-Z0-9]{4}\\.\\d{6}', '0542.000017'],
    ['12 500.5', '[0-9]+[.,]\\d{2}', undefined],
    ['12500.5', '[0-9]+[.,]\\d{2}', '12500.50'],
    ['{B3A2C1D0-0B5E-11EF-9262-0242AC120002}', UUID, 'B3A2C1D0-0B5E-11EF-9262-0242AC120002'],
    ['2024-05-31T10:15:00.123+03:00', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+03:00', '2024-05-31T10:15:00+03:00'],
    ['Кeдрова', '[а-яА-ЯёЁ]+', 'Кедрова'],
    ['A-11', '\\d{1,10}', undefined],
    ['12а', '\\d{1,10}', undefined],
    ['нечто', '\\d{11}', undefined],
    ['x', '(unclosed', undefined],
  ];
  for (const [value, pattern, proposed] of rows)
    it(`for «${value}» is ${proposed === undefined ? 'none' : `«${proposed}»`}`, () =>
      expect(proposalFor(value, pattern)).to.equal(proposed));
});
