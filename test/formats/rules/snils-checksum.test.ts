import { expect } from 'chai';
import { FACT_UUID } from '../sample.js';
import { judgeFacts, judgeRequest, told } from './judged.js';

describe('rule snils-checksum', () => {
  it('is content with right control numbers', () => expect(judgeFacts('snils-checksum')).to.deep.equal([]));

  it('reports a control number that is one off, of the recipient and of the reason person', () => {
    const found = judgeFacts('snils-checksum', ['11223344595', '11223344594'], ['07056788083', '07056788084']);
    expect(found[0]!.record).to.equal(FACT_UUID);
    expect(told(found)).to.deep.equal([
      '1 Значение СНИЛС получателя МСЗ 11223344594 не корректно: контрольное число должно быть 95',
      '1 Значение СНИЛС лица-основания 07056788084 не корректно: контрольное число должно быть 83',
    ]);
  });

  it('does not check numbers up to 001-001-998', () =>
    expect(judgeFacts('snils-checksum', ['11223344595', '00000011100'])).to.deep.equal([]));

  it('is silent on 10.13.I, whose registry answers a wrong number with an empty statement', () =>
    expect(judgeRequest('snils-checksum')).to.deep.equal([]));
});
