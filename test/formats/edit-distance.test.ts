import { expect } from 'chai';
import fc from 'fast-check';
import { editDistance, nearest } from '../../src/formats/edit-distance.js';

describe('edit distance', () => {
  it('counts insertions, deletions and replacements', () => {
    expect(editDistance('basisPerson', 'reasonPerson')).to.equal(4);
    expect(editDistance('', 'abc')).to.equal(3);
    expect(editDistance('абв', 'абв')).to.equal(0);
  });

  it('is a distance: symmetric, zero only for equal words, never more than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const d = editDistance(a, b);
        return d === editDistance(b, a) && (d === 0) === (a === b) && d <= Math.max(a.length, b.length);
      }),
      { seed: 1006 },
    );
  });

  it('proposes nothing when even the nearest candidate is another word', () => {
    expect(nearest('okeicode', ['measuryCode', 'OKEICode'])).to.equal('OKEICode');
    expect(nearest('Мужской', ['Male', 'Female'])).to.equal(undefined);
    expect(nearest('x', [])).to.equal(undefined);
  });
});
