import { expect } from 'chai';
import { judgeSample } from './judged.js';

describe('rule cofinancing-total', () => {
  const shares = (...quotas: readonly string[]) => {
    const source = (quota: string) =>
      `<LMSZ:fundingSource><LMSZ:codeFundingSource>0100</LMSZ:codeFundingSource><LMSZ:quota>${quota}</LMSZ:quota></LMSZ:fundingSource>`;
    return ['</LMSZ:cofinancing>', `${quotas.map(source).join('')}</LMSZ:cofinancing>`] as const;
  };
  const rest = (quota: string) => ['<LMSZ:quota>100<', `<LMSZ:quota>${quota}<`] as const;

  it('is content with a hundred percent in one share or in several', () => {
    expect(judgeSample('10.05.I 2.1.0', 'cofinancing-total')).to.deep.equal([]);
    expect(judgeSample('10.05.I 2.1.0', 'cofinancing-total', rest('89.9'), shares('10.1'))).to.deep.equal([]);
    expect(judgeSample('10.05.I 2.1.0', 'cofinancing-total', rest('33.33'), shares('33.33', '33.34'))).to.deep.equal(
      [],
    );
  });

  it('reports less and more under the published code 016', () => {
    const report = 'Сумма долей софинансирования не равна 100%';
    const found = [{ record: '00000000-0000-4000-8000-000000000002', type: 1, code: '016', report }];
    expect(judgeSample('10.05.I 2.1.0', 'cofinancing-total', rest('99.99'))).to.deep.equal(found);
    expect(judgeSample('10.05.I 2.1.0', 'cofinancing-total', shares('0.01'))).to.deep.equal(found);
  });
});
