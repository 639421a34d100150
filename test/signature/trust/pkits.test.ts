import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../src/config/index.js';
import { pkitsFolder } from './pkits-cases.js';
import { isAsExpected, type PkitsResult, pkitsDocument, runPkits } from './pkits-document.js';

describe('NIST PKITS, sections 4.1–4.7 and 4.13–4.16', () => {
  const folder = pkitsFolder();
  let results: readonly PkitsResult[] = [];
  before(() => {
    if (folder !== undefined) results = runPkits(folder);
  });

  it('every test comes out as the suite says, but those outside the profile (shared suite, skipped when absent)', function () {
    if (folder === undefined) this.skip();
    expect(results).to.have.length(161);
    expect(
      results.filter((r) => !isAsExpected(r)).map((r) => `${r.section}.${r.number}: ${r.verdict.text}`),
    ).to.deep.equal([]);
  });

  it('no invalid path is accepted, whatever its section (shared suite, skipped when absent)', function () {
    if (folder === undefined) this.skip();
    expect(results.filter((r) => !r.valid && r.verdict.ok)).to.deep.equal([]);
  });

  it('docs/pkits.md tells these outcomes (shared suite, skipped when absent)', function () {
    if (folder === undefined) this.skip();
    expect(readFileSync(join(projectRoot(), 'docs', 'pkits.md'), 'utf8')).to.equal(pkitsDocument(results));
  });
});
