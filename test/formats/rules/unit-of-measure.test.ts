import { expect } from 'chai';
import { judgeFacts, told } from './judged.js';

describe('rule unit-of-measure', () => {
  const counted = (form: string, unit: string) =>
    [
      '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
      `<f:${form}><f:amount>2</f:amount>${unit}<f:equivalentAmount>100</f:equivalentAmount></f:${form}>`,
    ] as const;

  it('is content with pieces, roubles and the monetary form', () => {
    expect(judgeFacts('unit-of-measure')).to.deep.equal([]);
    for (const unit of [
      '<f:okeiCode>796</f:okeiCode>',
      '<f:okeiCode>383</f:okeiCode>',
      '<f:measuryCode>01</f:measuryCode>',
    ])
      expect(judgeFacts('unit-of-measure', counted('naturalForm', unit))).to.deep.equal([]);
  });

  for (const [form, unit, code] of [
    ['naturalForm', '<f:okeiCode>384</f:okeiCode>', '384'],
    ['exemptionForm', '<f:measuryCode>02</f:measuryCode>', '02'],
    ['serviceForm', '<f:OKEICode>384</f:OKEICode>', '384'],
  ] as const)
    it(`warns of ${code} in ${form}`, () =>
      expect(told(judgeFacts('unit-of-measure', counted(form, unit)))).to.deep.equal([
        `2 Единица измерения ${code} – тысяча рублей: проверьте, что размер указан не в рублях`,
      ]));
});
