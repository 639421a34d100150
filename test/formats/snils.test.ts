import { expect } from 'chai';
import { controlNumber, snilsDigits, snilsFits, withHyphens } from '../../src/formats/index.js';

describe('SNILS', () => {
  it('gives the control number of the pension fund’s own example, 112-233-445 95', () => {
    expect(controlNumber('112233445')).to.equal('95');
  });

  for (const good of ['05686067192', '07056788083', '11111111145', '11737784886', '64003696972', '71648202795'])
    it(`accepts ${good}`, () => expect(snilsFits(good)).to.equal(true));

  for (const bad of ['12312312333', '12345678900', '22222222234', '11122233344', '11223344594', '1122334459', 'abc'])
    it(`refuses ${bad}`, () => expect(snilsFits(bad)).to.equal(false));

  it('does not check numbers up to 001-001-998, which carry no control number', () => {
    expect(snilsFits('00000011100')).to.equal(true);
    expect(snilsFits('00100199800')).to.equal(true);
    expect(snilsFits('00100199900')).to.equal(controlNumber('001001999') === '00');
  });

  it('cuts a remainder of 100 to 00', () => {
    const nine = Array.from({ length: 5000 }, (_, i) => String(200_000_000 + i * 7919)).find((n) => {
      const sum = [...n].reduce((s, d, i) => s + Number(d) * (9 - i), 0);
      return sum % 101 === 100;
    });
    expect(controlNumber(nine!)).to.equal('00');
  });

  it('reads and writes the hyphenated form', () => {
    expect(snilsDigits('112-233-445 95')).to.equal('11223344595');
    expect(snilsDigits('112-233-445')).to.equal(undefined);
    expect(withHyphens('11223344595')).to.equal('112-233-445 95');
  });
});
