import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { javaPresent, withJava } from '../oracle/java.js';
import { seed } from './differential/fixture.js';
import { type Pair, pairs, referencePresent, repository } from './differential/pairs.js';
import { classOf } from './differential/partings.js';
import { compareInXerces, type SecondComparison, xerces } from './differential/second-opinion.js';

/** Documents a schema in the ordinary run; `npm run test:differential` judges thousands. */
const ordinary = 100;
const OURS = join(repository, 'xsd/egisso/10.10.I/1.0.4/10.10.I.xsd');

function unknownPartings({ partings }: SecondComparison): string[] {
  const unknown = partings.filter((parting) => classOf(parting) === undefined);
  return unknown.map(({ how, libxml2, xerces: second, complaints }) =>
    [how, `${libxml2} / ${second}`, ...complaints].join('; '),
  );
}

describe(`our schemas in Xerces alone${withJava}`, () => {
  const opinion = xerces();
  let folder = '';
  before(function () {
    if (!javaPresent) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'xsd-'));
  });
  after(async () => {
    await opinion.close();
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  it('a comparison with a schema that differs in one facet finds the difference', async () => {
    const published = join(folder, 'loosened.xsd');
    writeFileSync(published, readFileSync(OURS, 'utf8').replace(' fixed="true"', ''));
    const pair: Pair = { name: 'loosened', ours: OURS, published, samples: [] };
    const { differences } = await compareInXerces(opinion, pair, 200, seed);
    expect(differences).to.not.deep.equal([]);
  });

  it('a comparison with a schema that is the same finds none, and the engines part as they are known to', async () => {
    const published = join(folder, 'same.xsd');
    copyFileSync(OURS, published);
    const result = await compareInXerces(opinion, { name: 'same', ours: OURS, published, samples: [] }, 400, seed);
    expect(result.differences).to.deep.equal([]);
    expect(result.partings).to.not.deep.equal([]);
    expect(unknownPartings(result)).to.deep.equal([]);
  });

  it('a parting of an unknown kind is not taken for a known one', () => {
    const parting = { how: 'value = "x" at a/b, round 1', libxml2: 'valid', xerces: 'invalid' } as const;
    expect(classOf({ ...parting, complaints: ["cvc-pattern-valid: Value 'x' is not facet-valid"] })).to.equal(
      undefined,
    );
    expect(classOf({ ...parting, complaints: [] })).to.equal(undefined);
  });
});

describe('our schemas against the published ones in Xerces', function () {
  // Two of the schemas cost Xerces seconds before the first document: counted repetitions become states of an automaton.
  this.timeout(60_000);
  const opinion = xerces();
  after(() => opinion.close());

  for (const pair of pairs) {
    const absent = referencePresent ? withJava : ' (skipped: ../shared/reference is absent)';
    it(`${pair.name}: samples and ${ordinary} generated documents get the same verdict (seed ${seed})${absent}`, async function () {
      if (!referencePresent || !javaPresent) this.skip();
      const result = await compareInXerces(opinion, pair, ordinary, seed);
      expect(result.differences).to.deep.equal([]);
      expect(unknownPartings(result)).to.deep.equal([]);
    });
  }
});
