import { expect } from 'chai';
import { judgeFacts, judgeRequest, told } from './judged.js';

describe('rule dates-in-range', () => {
  it('is content with a valid document', () => {
    expect(judgeFacts('dates-in-range')).to.deep.equal([]);
    expect(judgeRequest('dates-in-range')).to.deep.equal([]);
  });

  it('takes 02.01.1910 and reports 01.01.1910', () => {
    expect(judgeFacts('dates-in-range', ['1986-03-08', '1910-01-02'])).to.deep.equal([]);
    expect(told(judgeFacts('dates-in-range', ['1986-03-08', '1910-01-01']))).to.deep.equal([
      '1 Дата рождения получателя МСЗ 01-01-1910 не может быть раньше 02-01-1910',
    ]);
  });

  it('takes a decision ahead by less than a year and reports one a day later', () => {
    expect(judgeFacts('dates-in-range', ['2024-05-20', '2025-06-30'])).to.deep.equal([]);
    expect(told(judgeFacts('dates-in-range', ['2024-05-20', '2025-07-01']))).to.deep.equal([
      '1 Дата решения о назначении 01-07-2025 не может быть позже 30-06-2025',
    ]);
  });

  it('reports a birth and a document of tomorrow', () => {
    expect(
      told(judgeFacts('dates-in-range', ['2019-07-15<', '2024-07-02<'], ['2006-04-01', '2024-07-02'])),
    ).to.deep.equal([
      '1 Дата выдачи документа получателя МСЗ 02-07-2024 больше текущей даты 01-07-2024',
      '1 Дата рождения лица-основания 02-07-2024 больше текущей даты 01-07-2024',
    ]);
  });

  it('lets an end lie decades ahead', () =>
    expect(judgeFacts('dates-in-range', ['2031-05-31', '2064-05-31'])).to.deep.equal([]));

  it('reports the end of an event out of range', () =>
    expect(told(judgeFacts('dates-in-range', ['>2024-05-31<', '>1024-05-31<']))).to.deep.equal([
      '1 Дата окончания действия назначения 31-05-1024 не может быть раньше 02-01-1910',
    ]));
});
