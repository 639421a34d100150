/** The packages operators really hand out, where they are; generated ones stand in judge-package.test.ts. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect } from 'chai';
import { type CatalogueData, isRefused, judgePackage, type PublishPlan } from '../../../src/formats/index.js';
import { initXsd } from '../../../src/xml/index.js';
import { catalogue, repositoryRoot } from '../sample.js';

const PACKAGES = join(repositoryRoot(), '../shared/reference/formats/schemas');
const present = existsSync(PACKAGES);
const title = (text: string) => (present ? text : `${text} (skipped: ../shared is absent)`);

async function plan(folder: string, inForce: CatalogueData): Promise<{ plan: PublishPlan; seconds: number }> {
  const root = join(PACKAGES, folder);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = names.filter((f) => /\.(xsd|xml)$/.test(f) && statSync(join(root, f)).isFile());
  const read = new Map(files.map((f) => [f.split(sep).join('/'), new Uint8Array(readFileSync(join(root, f)))]));
  const begun = performance.now();
  const made = await judgePackage(read, inForce);
  if (isRefused(made)) throw new Error(made.refusals.map((r) => r.ru).join('\n'));
  return { plan: made, seconds: (performance.now() - begun) / 1000 };
}

describe('published packages', function () {
  this.timeout(120_000);
  before(async function () {
    if (!present) this.skip();
    await initXsd();
  });

  it(title('the whole EGISSO package, 97 message schemas, in one go'), async () => {
    const { plan: made, seconds } = await plan('egisso', catalogue().data);
    console.log(`      ${made.formats.length} formats, ${made.artefact?.bytes.length} bytes, ${seconds.toFixed(1)} s`);
    expect(made.formats.length).to.equal(97);
    expect(made.formats.every((f) => f.libxml2?.verdict === 'accepted')).to.equal(true);
    expect(seconds).to.be.lessThan(60);
    expect(made.formats.filter((f) => f.family !== 'egisso').map((f) => f.family).sort()).to.deep.equal(['fri', 'gosuslugi', 'pfr', 'pfr']); // biome-ignore format: one thought
    const breaking = made.formats.filter((f) => f.novelty === 'revision' && f.difference && 'breaking' in f.difference && f.difference.breaking > 0); // biome-ignore format: one thought
    expect(
      breaking.map((f) => `${f.id} ${f.version}`),
      'our own schemas say the same',
    ).to.deep.equal([]);
  });

  it(title('those of PFR and FRI'), async () => {
    const { plan: pfr } = await plan('pfr', catalogue().data);
    expect(pfr.formats.map((f) => [f.id, f.novelty])).to.deep.equal([['bap-for-period', 'revision']]);
    const { plan: fri } = await plan('fri', catalogue().data);
    expect(fri.formats.map((f) => f.id)).to.include('extraction-invalid-data');
    expect(fri.warnings.map((w) => w.kind)).to.include('left-out');
  });

  it(title('EGISSO again changes nothing'), async () => {
    const { data } = catalogue();
    const { plan: first } = await plan('egisso', data);
    const published = JSON.parse(Buffer.from(first.artefact?.bytes ?? []).toString()) as CatalogueData;
    const { composeCatalogue } = await import('../../../src/formats/compose-catalogue.js');
    const { plan: second } = await plan('egisso', composeCatalogue(data, [published]));
    expect(second.artefact).to.equal(undefined);
  });
});
