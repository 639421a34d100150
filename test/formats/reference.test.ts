import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ContentValidator, personsOf, runRules } from '../../src/formats/index.js';
import type { Violation } from '../../src/message/index.js';
import { canonicalize, initXsd } from '../../src/xml/index.js';
import { catalogue, repositoryRoot, treeOf } from './sample.js';

const SAMPLES = join(repositoryRoot(), '..', 'shared', 'reference', 'formats', 'samples');
const HAVE = existsSync(SAMPLES);

describe(`published samples${HAVE ? '' : ' (skipped: ../shared/reference is not here)'}`, () => {
  let validator: ContentValidator;
  before(async function () {
    if (!HAVE) this.skip();
    await initXsd();
    validator = new ContentValidator(catalogue());
  });
  after(() => validator?.dispose());

  const files = HAVE
    ? [
        join('derived', '10.06.S-1.1.0.from-etalon-1.0.7.xml'),
        ...readdirSync(join(SAMPLES, 'egisso'))
          .filter((f) => f.startsWith('10.13.I-2.0.0'))
          .map((f) => join('egisso', f)),
      ]
    : [];
  for (const file of files)
    it(`${file} is valid, and no rule finds an error in it`, () => {
      const tree = treeOf(readFileSync(join(SAMPLES, file), 'utf8'));
      const entry = catalogue().find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root))!;
      const violations = validator.validate(entry, canonicalize(tree, tree.root), { tree, element: tree.root });
      expect(violations).to.deep.equal([]);
      const findings = runRules(entry, tree, tree.root, { senderCodes: ['0001.000001'], today: '2026-01-15' });
      expect(findings.filter((f) => f.type === 1)).to.deep.equal([]);
      expect(personsOf(entry, tree, tree.root)).to.not.deep.equal([]);
    });

  for (const name of ['10.07.I-1.0.6.sample', '10.18.I-1.0.1.request.1', '10.18.I-1.0.1.response.1'])
    it(`${name} is valid`, () => expect(violationsOf(`${name}.xml`)).to.deep.equal([]));

  it('10.06.S-1.0.7.data, retired, contradicts its own schema: reasonPerson stands where basisPerson belongs', () => {
    const tree = treeOf(readFileSync(join(SAMPLES, 'egisso', '10.06.S-1.0.7.data.xml'), 'utf8'));
    expect(catalogue().find(tree.namespaceOf(tree.root), 'data')!.format.successor).to.equal('1.1.0');
    const [first] = violationsOf('10.06.S-1.0.7.data.xml');
    expect(first?.text).to.contain('basisPerson').and.to.contain('reasonPerson');
  });

  function violationsOf(file: string): readonly Violation[] {
    const tree = treeOf(readFileSync(join(SAMPLES, 'egisso', file), 'utf8'));
    const entry = catalogue().find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root))!;
    return validator.validate(entry, canonicalize(tree, tree.root), { tree, element: tree.root });
  }
});
