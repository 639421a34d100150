import { expect } from 'chai';
import { EVENT_UUID } from '../sample.js';
import { judgeFacts, told } from './judged.js';

describe('rule amounts', () => {
  it('is content with a valid document', () => expect(judgeFacts('amounts')).to.deep.equal([]));

  it('warns of a payment of nothing', () =>
    expect(told(judgeFacts('amounts', ['12500,00', '0,00']))).to.deep.equal(['2 Размер назначения равен нулю: 0,00']));

  it('reports a negative amount of an event on that event', () =>
    expect(judgeFacts('amounts', ['100.50', '-100.50'])).to.deep.equal([
      { record: EVENT_UUID, type: 1, report: 'Размер назначения -100.50 не может быть меньше нуля' },
    ]));

  it('warns of fractions of a kopeck and lets trailing zeros pass', () => {
    expect(told(judgeFacts('amounts', ['100.50', '100.505']))).to.deep.equal([
      '2 Размер назначения 100.505 указан точнее, чем до копеек',
    ]);
    expect(judgeFacts('amounts', ['100.50', '100.500'])).to.deep.equal([]);
  });

  it('lets a measure in kind be counted in thousandths, but not below zero', () => {
    const kind = (amount: string) =>
      [
        '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
        `<f:naturalForm><f:amount>${amount}</f:amount><f:okeiCode>166</f:okeiCode><f:equivalentAmount>100</f:equivalentAmount></f:naturalForm>`,
      ] as const;
    expect(judgeFacts('amounts', kind('1.125'))).to.deep.equal([]);
    expect(told(judgeFacts('amounts', kind('-1')))).to.deep.equal(['1 Размер назначения -1 не может быть меньше нуля']);
  });
});
