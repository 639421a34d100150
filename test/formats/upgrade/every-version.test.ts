/** «No loss is silent»: generated documents of every version, valid under its schema, upgrade to valid 1.1.0 or name a loss. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ContentValidator, formatModel, judgeUpgrade, sampleOf } from '../../../src/formats/index.js';
import { initXsd } from '../../../src/xml/index.js';
import { documents, validDocuments } from '../differential/documents.js';
import { catalogue, repositoryRoot } from '../sample.js';
import { unaccounted } from './accounted.js';
import { modelDocuments, publishedModel } from './model-documents.js';
import { OLD_VERSIONS } from './old-facts.js';

const SEED = 20_251_201;
const EACH = 40;

describe(`the upgrade of generated documents (seed ${SEED})`, () => {
  const validator = new ContentValidator(catalogue());
  before(initXsd);
  after(() => validator.dispose());

  const reference = join(repositoryRoot(), '../shared/reference/formats');
  const placeless: Readonly<Record<string, readonly string[]>> = {
    '1.0.2': ['criteria', 'lastChanging', 'previosID', 'termination'],
    '1.0.3': ['criteria', 'lastChanging'],
    '1.0.4': ['criteria'],
  };

  function judge(xml: Uint8Array) {
    const { result, sourceViolations, violations } = judgeUpgrade(xml, { catalogue: catalogue(), validator });
    if (result.kind !== 'upgraded') throw new Error(`not upgraded: ${JSON.stringify(result)}`);
    expect(unaccounted(xml, result)).to.deep.equal([]);
    return { result, sourceViolations, violations };
  }

  for (const version of ['1.0.7', '1.0.8'])
    it(`${version}: ${EACH} documents of our own schema lose nothing and are valid`, () => {
      const schema = join(repositoryRoot(), `xsd/egisso/10.06.S/${version}/10.06.S.xsd`);
      for (const { xml } of validDocuments(schema, EACH, SEED)) {
        const { result, sourceViolations, violations } = judge(Buffer.from(xml));
        expect(sourceViolations).to.deep.equal([]);
        expect(violations, xml).to.deep.equal([]);
        expect(result.lost).to.deep.equal([]);
      }
    });

  for (const version of ['1.0.7', '1.0.8'])
    it(`${version}: its samples, the smallest and the full one, too`, () => {
      const format = catalogue()
        .versions('10.06.S')
        .find((f) => f.version === version)!;
      for (const size of ['smallest', 'full'] as const) {
        const { result, violations } = judge(
          Buffer.from(sampleOf(formatModel(catalogue().data, format)!, 'document', size)!),
        );
        expect(violations).to.deep.equal([]);
        expect(result.lost).to.deep.equal([]);
      }
    });

  it('400 mutated documents of 1.0.8: whatever is wrong with one, nothing of it is gone silently, and what is valid stays valid', () => {
    const schema = join(repositoryRoot(), 'xsd/egisso/10.06.S/1.0.8/10.06.S.xsd');
    let upgraded = 0;
    for (const { xml, how } of documents(schema, 400, SEED)) {
      const source = Buffer.from(xml);
      const { result, sourceViolations, violations } = judgeUpgrade(source, { catalogue: catalogue(), validator });
      if (result.kind !== 'upgraded') continue;
      upgraded++;
      expect(unaccounted(source, result), how).to.deep.equal([]);
      if (sourceViolations.length === 0) expect([result.lost, violations], how).to.deep.equal([[], []]);
      else expect(result.lost.length + violations.length, how).to.be.greaterThan(0);
    }
    expect(upgraded).to.be.greaterThan(350);
  }).timeout(60_000);

  for (const version of OLD_VERSIONS)
    it(`${version}: ${EACH} documents of the published schema become valid, losing only what is known to have no place${existsSync(reference) ? '' : ' (needs ../shared/reference)'}`, function () {
      if (!existsSync(reference)) this.skip();
      const named = new Set<string>();
      for (const xml of modelDocuments(publishedModel(join(reference, 'schemas/egisso'), version), EACH, SEED)) {
        const { result, violations } = judge(Buffer.from(xml));
        expect(violations, xml).to.deep.equal([]);
        for (const { path } of result.lost) named.add(path.replace(/^.*\//, '').replace(/\[\d+\]$/, ''));
      }
      expect([...named].sort()).to.deep.equal(placeless[version] ?? []);
    });

  it(`the published samples of 1.0.5 and 1.0.6 upgrade without loss${existsSync(reference) ? '' : ' (needs ../shared/reference)'}`, function () {
    if (!existsSync(reference)) this.skip();
    const found = readdirSync(join(reference, 'samples'), { recursive: true, encoding: 'utf8' }).filter(
      (f) => /10\.06\.S-1\.0\.[56]/.test(f) && /(Request|data)\.xml$/.test(f),
    );
    expect(found.length).to.be.greaterThan(4);
    for (const file of found) {
      const { result, violations } = judge(readFileSync(join(reference, 'samples', file)));
      expect([result.lost, violations], file).to.deep.equal([[], []]);
    }
  });

  it(`the published sample of 1.0.7, which its own schema refuses, is not guessed at${existsSync(reference) ? '' : ' (needs ../shared/reference)'}`, function () {
    if (!existsSync(reference)) this.skip();
    const { result, sourceViolations } = judge(readFileSync(join(reference, 'samples/egisso/10.06.S-1.0.7.data.xml')));
    expect(sourceViolations[0]).to.include({ line: 43 });
    expect(result.lost.map((l) => [l.line, l.path.split(':').at(-1)])).to.deep.equal([[43, 'reasonPerson']]);
  });
});
