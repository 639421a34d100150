import { expect } from 'chai';
import fc from 'fast-check';
import { moscowSecond, moscowTime, printedDay, twoDigits } from '../../../src/sandbox/egisso/texts.js';

describe('Registry twin: texts', () => {
  for (const [given, printed] of [
    ['14506,00', '14506.00'],
    [' +3 ', '3.00'],
    ['.5', '0.50'],
    ['5.', '5.00'],
    ['-0.004', '0.00'],
    ['-1.005', '-1.01'],
    ['0.995', '1.00'],
    ['007,10', '7.10'],
    ['123456789012345678901234567890.125', '123456789012345678901234567890.13'],
    ['', undefined],
    ['.', undefined],
    ['1e5', undefined],
    ['NaN', undefined],
  ] as const) {
    it(`prints the amount ${JSON.stringify(given)} as ${printed}`, () => {
      expect(twoDigits(given)).to.equal(printed);
    });
  }

  it('prints every amount of money as it is, with a point', () => {
    const money = fc.tuple(
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom('.', ','),
    );
    fc.assert(
      fc.property(money, ([roubles, kopecks, point]) => {
        const digits = String(kopecks).padStart(2, '0');
        return twoDigits(`${roubles}${point}${digits}`) === `${roubles}.${digits}`;
      }),
      { seed: 20_240_229, numRuns: 300 },
    );
  });

  it('prints days as the protocols do and times in Moscow, over the edge of a day and a year', () => {
    expect(printedDay('2019-04-30')).to.equal('30-04-2019');
    expect(moscowTime(Date.UTC(2023, 11, 31, 21, 0, 0, 5))).to.equal('2024-01-01T00:00:00.005+03:00');
    expect(moscowSecond(Date.UTC(2024, 1, 29, 20, 59, 59, 999))).to.equal('2024-02-29T23:59:59+03:00');
  });
});
