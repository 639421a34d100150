import { expect } from 'chai';
import { fuzzCertificates } from './fuzz.js';

const SEED = 20261122;

describe('damaged certificates, lists and answers', () => {
  it(`never throw, hang or eat memory: 2,000 cases of seed ${SEED}`, function () {
    this.timeout(60_000);
    const { thrown, slowestMs, grownMb, accepted } = fuzzCertificates(2_000, SEED);
    expect(thrown).to.deep.equal([]);
    expect(slowestMs).to.be.lessThan(1_000);
    expect(grownMb).to.be.lessThan(300);
    expect(accepted).to.include({ end: 0, authority: 0, list: 0 });
  });
});
