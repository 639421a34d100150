import { expect } from 'chai';
import { FACT_UUID } from '../sample.js';
import { judgeFacts, told } from './judged.js';

describe('rule needs-criteria', () => {
  it('is content with different codes', () => expect(judgeFacts('needs-criteria')).to.deep.equal([]));

  it('reports a repeated code under the published code 059', () =>
    expect(judgeFacts('needs-criteria', ['000012', '000011'])).to.deep.equal([
      {
        record: FACT_UUID,
        type: 1,
        code: '059',
        report: 'Значение кода 000011 дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"',
      },
    ]));

  it('warns of codes beside usingSign false, and of none without codes', () => {
    const unused = ['usingSign>true<', 'usingSign>false<'] as const;
    expect(told(judgeFacts('needs-criteria', unused))).to.deep.equal([
      '2 Критерии нуждаемости перечислены, хотя признак их использования равен false',
    ]);
    const none = (code: string) =>
      [`<f:needsCriteria><f:needsCriteriaCode>${code}</f:needsCriteriaCode></f:needsCriteria>`, ''] as const;
    expect(judgeFacts('needs-criteria', unused, none('000011'), none('000012'))).to.deep.equal([]);
  });
});
