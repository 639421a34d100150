import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { canonicalize, isXmlProblem, parseXml, type XmlProblemCode } from '../../src/xml/index.js';
import { generatedDocument } from './generated-document.js';
import { parsed } from './parsed.js';
import { filesBelow, REFERENCE } from './reference.js';

const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;
const CORPORA = ['santuario', 'xmlsec1-tests'].map((name) => join(REFERENCE, 'vectors', name));
/** What the policy refuses although it is well-formed XML, and what xmllint only warns of. */
const POLICY: readonly XmlProblemCode[] = ['doctype', 'instruction', 'encoding', 'version', 'prefixUnbound'];
const DOCUMENTS = 250;

/** Canonical forms of many files by xmllint: one shell for all of them. Undefined where it refuses the file. */
function canonicalByXmllint(files: readonly string[], folder: string): (string | undefined)[] {
  const each = 'xmllint --nonet --exc-c14n "$2" > "$1" 2>/dev/null || rm -f "$1"';
  const script = `n=0; while IFS= read -r f; do printf '%s\\n%s\\n' "$n.out" "$f"; n=$((n+1)); done < list | xargs -d '\\n' -n 2 -P 2 sh -c '${each}' sh`;
  writeFileSync(join(folder, 'list'), `${files.join('\n')}\n`);
  execFileSync('sh', ['-c', script], { cwd: folder });
  return files.map((_, n) => {
    const out = join(folder, `${n}.out`);
    return existsSync(out) ? withoutComments(readFileSync(out, 'utf8')) : undefined;
  });
}

/** xmllint keeps comments; in a canonical form `<!--` is always one. */
function withoutComments(form: string): string {
  const comment = '<!--(?:(?!-->)[^])*-->';
  return form
    .replace(new RegExp(`^(?:${comment}\n)+`), '')
    .replace(new RegExp(`(?:\n${comment})+$`), '')
    .replace(new RegExp(comment, 'g'), '');
}

function itWith(isPossible: boolean, missing: string, title: string, test: () => void): void {
  it(isPossible ? title : `${title} [skipped: ${missing}]`, function () {
    if (!isPossible) this.skip();
    test();
  });
}

describe('exclusive c14n against xmllint', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'c14n-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  itWith(hasXmllint, 'no xmllint', `gives the same octets for ${DOCUMENTS} generated documents`, () => {
    const documents = Array.from({ length: DOCUMENTS }, (_, seed) =>
      generatedDocument(seed, { asciiNamespaces: true }),
    );
    const files = documents.map((document, n) => {
      const file = join(folder, `${n}.xml`);
      writeFileSync(file, document);
      return file;
    });
    const expected = canonicalByXmllint(files, folder);
    documents.forEach((document, n) => {
      const tree = parsed(document);
      expect(canonicalize(tree, tree.root).toString(), `seed ${n}: ${document}`).to.equal(expected[n]);
    });
  });

  const hasCorpora = CORPORA.every((corpus) => existsSync(corpus));
  const missing = hasXmllint ? '../shared/reference is absent' : 'no xmllint';
  itWith(hasXmllint && hasCorpora, missing, 'gives the same octets for every DTD-free file of two test suites', () => {
    const all = CORPORA.flatMap(filesBelow).filter((file) => readFileSync(file).includes('<'));
    const results = all.map((file) => parseXml(readFileSync(file)));
    const isCandidate = (n: number) => {
      const result = results[n];
      return !isXmlProblem(result) || !POLICY.includes(result.problem);
    };
    const files = all.filter((_, n) => isCandidate(n));
    const expected = canonicalByXmllint(files, folder);
    let equal = 0;
    files.forEach((file, n) => {
      const result = results[all.indexOf(file)];
      if (isXmlProblem(result)) expect(expected[n], `${file}: ${result.problem}`).to.equal(undefined);
      else if (result !== undefined && expected[n] !== undefined) {
        expect(canonicalize(result, result.root).toString(), file).to.equal(expected[n]);
        equal++;
      }
    });
    expect(equal).to.be.at.least(490);
  });
});
