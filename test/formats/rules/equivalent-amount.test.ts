import { expect } from 'chai';
import { judgeFacts, told } from './judged.js';

describe('rule equivalent-amount', () => {
  const natural = (equivalent: string) =>
    [
      '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
      `<f:naturalForm><f:amount>2</f:amount><f:okeiCode>796</f:okeiCode><f:equivalentAmount>${equivalent}</f:equivalentAmount></f:naturalForm>`,
    ] as const;

  it('is content with a sum in roubles, and with the monetary form, which has none', () => {
    expect(judgeFacts('equivalent-amount')).to.deep.equal([]);
    expect(judgeFacts('equivalent-amount', natural('1500.25'))).to.deep.equal([]);
    expect(judgeFacts('equivalent-amount', natural('10000000'))).to.deep.equal([]);
  });

  for (const [value, text] of [
    ['-0.01', '1 Сумма-эквивалент -0.01 не может быть меньше нуля'],
    ['0', '2 Сумма-эквивалент равна нулю'],
    ['1500.255', '1 Размер суммы-эквивалента 1500.255 указан точнее, чем до копеек'],
    ['10000000.01', '2 Сумма-эквивалент 10000000.01 больше 10000000: проверьте, что указаны рубли'],
  ] as const)
    it(`reports ${value}`, () => expect(told(judgeFacts('equivalent-amount', natural(value)))).to.deep.equal([text]));
});
