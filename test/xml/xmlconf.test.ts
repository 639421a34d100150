import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { isXmlProblem, parseXml } from '../../src/xml/index.js';
import { filesBelow, REFERENCE } from './reference.js';

const ARCHIVE = join(REFERENCE, 'vectors', 'w3c-xmlconf', 'xmlconf.tar.xz');

interface Case {
  readonly id: string;
  readonly type: string;
  readonly file: string;
}

/** The cases of every catalogue for XML 1.0, 5th edition. Catalogues need their DTD to be parsed, hence the pattern. */
function casesBelow(folder: string): Case[] {
  const cases: Case[] = [];
  for (const catalogue of filesBelow(folder).filter((file) => file.endsWith('.xml'))) {
    const text = readFileSync(catalogue, 'latin1');
    if (!text.includes('<TESTCASES') && !text.includes('<TEST ')) continue;
    for (const [, attributes = ''] of text.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<TEST\s([^>]*)>/g)) {
      const value = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1] ?? '';
      const isOther = value('VERSION').includes('1.1') || value('RECOMMENDATION').includes('1.1');
      const isOld = value('EDITION') !== '' && !value('EDITION').includes('5');
      if (isOther || isOld || value('TYPE') === 'error') continue;
      cases.push({ id: value('ID'), type: value('TYPE'), file: join(dirname(catalogue), value('URI')) });
    }
  }
  return cases;
}

/** Whether the document has a DTD: `<!DOCTYPE` outside comments and CDATA. */
function hasDtd(bytes: Buffer): boolean {
  const text = bytes.toString('latin1').replaceAll('\0', '');
  return text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '').includes('<!DOCTYPE');
}

describe('the W3C conformance suite, documents without DTD', () => {
  const canUnpack = spawnSync('xz', ['--version']).error === undefined;
  const isThere = existsSync(ARCHIVE);
  const missing = isThere ? ' [skipped: no xz]' : ' [skipped: ../shared/reference is absent]';
  const suffix = isThere && canUnpack ? '' : missing;
  let folder = '';
  let cases: Case[] = [];

  before(function () {
    if (suffix !== '') return;
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), 'xmlconf-'));
    execFileSync('tar', ['-xJf', ARCHIVE, '-C', folder]);
    cases = casesBelow(folder).filter((c) => existsSync(c.file) && !hasDtd(readFileSync(c.file)));
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  it(`refuses every document that is not well-formed${suffix}`, function () {
    if (suffix !== '') this.skip();
    const bad = cases.filter((c) => c.type === 'not-wf');
    const accepted = bad.filter((c) => !isXmlProblem(parseXml(readFileSync(c.file))));
    expect(accepted).to.deep.equal([]);
    expect(bad.length).to.equal(243);
  });

  it(`accepts every well-formed document but those the policy refuses${suffix}`, function () {
    if (suffix !== '') this.skip();
    const good = cases.filter((c) => c.type !== 'not-wf');
    const refused: Record<string, string[]> = {};
    for (const c of good) {
      const result = parseXml(readFileSync(c.file));
      if (isXmlProblem(result)) refused[result.problem] = [...(refused[result.problem] ?? []), c.id];
    }
    for (const ids of Object.values(refused)) ids.sort();
    expect(good.length).to.equal(74);
    expect(refused).to.deep.equal(REFUSED_BY_POLICY);
  });
});

/** UTF-16; processing instructions; names with colons in documents marked as having no namespaces. */
const REFUSED_BY_POLICY: Readonly<Record<string, readonly string[]>> = {
  encoding: ['utf16b', 'utf16l'],
  instruction: [
    'ibm-invalid-P89-ibm89n06.xml',
    'ibm-invalid-P89-ibm89n07.xml',
    'ibm-invalid-P89-ibm89n08.xml',
    'ibm-invalid-P89-ibm89n09.xml',
    'ibm-invalid-P89-ibm89n10.xml',
    'ibm-invalid-P89-ibm89n11.xml',
    'ibm-invalid-P89-ibm89n12.xml',
    'o-p01pass3',
    'o-p16pass2',
    'o-p16pass3',
    'o-p22pass3',
    'o-p27pass2',
    'o-p27pass4',
  ],
  name: ['o-p04pass1', 'o-p05pass1'],
};
