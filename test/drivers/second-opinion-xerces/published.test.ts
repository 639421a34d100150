import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect } from 'chai';
import { createXercesOpinion } from '../../../src/drivers/second-opinion-xerces/index.js';
import { compileSchema, initXsd, isXsdProblem } from '../../../src/xml/index.js';
import { reference, repository } from '../../formats/differential/pairs.js';
import { javaPresent, withJava } from '../../oracle/java.js';
import { command } from './schemas.js';

const PUBLISHED = join(reference, 'formats/schemas');
const HAVE = existsSync(PUBLISHED);

function schemasBelow(root: string): Map<string, Uint8Array> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xsd'));
  return new Map(files.sort().map((file) => [file.split(sep).join('/'), readFileSync(join(root, file))]));
}

describe('whole packages in Xerces', function () {
  this.timeout(60_000);
  const opinion = createXercesOpinion({ command });
  before(initXsd);
  after(() => opinion.close());

  /** Entries whose verdict is not the one of our own engine. */
  async function disagreements(documents: ReadonlyMap<string, Uint8Array>, entries: string[]): Promise<string[]> {
    const found: string[] = [];
    for (const entry of entries) {
      const told = await opinion.compile(documents, entry);
      if (told.verdict === 'accepted') told.schema.release();
      const ours = compileSchema(documents, entry);
      if (!isXsdProblem(ours)) ours.dispose();
      if ((told.verdict === 'accepted') !== !isXsdProblem(ours)) found.push(`${entry}: ${JSON.stringify(told)}`);
    }
    return found;
  }

  it(`every schema of ours compiles as it does in libxml2${withJava}`, async function () {
    if (!javaPresent) this.skip();
    const documents = schemasBelow(join(repository, 'xsd'));
    const entries = [...documents.keys()];
    expect(entries.length).to.be.greaterThan(50);
    expect(await disagreements(documents, entries)).to.deep.equal([]);
  });

  it(`the 97 message schemas of the published package compile in seconds${HAVE ? withJava : ' (skipped: ../shared/reference is absent)'}`, async function () {
    if (!javaPresent || !HAVE) this.skip();
    const documents = schemasBelow(PUBLISHED);
    const entries = [...documents.keys()].filter((path) => /^egisso\/[^/]+$/.test(path));
    expect(entries).to.have.length(97);
    expect(await disagreements(documents, entries)).to.deep.equal([]);
  });
});
