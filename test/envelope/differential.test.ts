import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { readSigned } from '../../src/envelope/index.js';
import { isFault } from '../../src/faults/index.js';
import { type Operation, VERSIONS, type Version } from '../../src/message/index.js';
import { isXmlProblem, parseXml } from '../../src/xml/index.js';
import { attribute, descendants, insert, move, revalue } from './mutations.js';
import { signedSamples } from './samples.js';
import { OWN, REFERENCE, schemasOf } from './schemas.js';

interface Case {
  readonly xml: string;
  /** Our verdict: violations told, none when valid. */
  readonly ours: readonly string[];
}

/** Every sample, and every mutation of every element of it, once each, with our verdict. */
function casesOf(version: Version): readonly Case[] {
  const seen = new Map<string, Case>();
  const add = (operation: Operation, xml: string, root: string) => {
    const tree = parseXml(Buffer.from(xml));
    // Not well-formed, or another root: refused before.
    if (isXmlProblem(tree) || tree.qualifiedNameOf(tree.root) !== root) return;
    const read = readSigned(tree, tree.root, version, operation);
    seen.set(operation + xml, {
      xml,
      ours: isFault(read) ? (read.violations ?? []).map((v) => `${v.path}: ${v.text}`) : [],
    });
  };
  for (const { operation, xml } of signedSamples(version)) {
    const source = Buffer.from(xml);
    const tree = parseXml(source);
    if (isXmlProblem(tree)) throw new Error(tree.textEn);
    const root = tree.qualifiedNameOf(tree.root);
    add(operation, xml, root);
    for (const element of descendants(tree)) {
      for (const mutate of [revalue, move, insert, attribute]) {
        for (const changed of mutate(tree, source, element)) add(operation, changed, root);
      }
    }
  }
  return [...seen.values()];
}

/**
 * Where we follow XSD 1.0 and libxml2 does not, and one decision of ours:
 * - libxml2 ignores characters outside the alphabet of base64 (XSD part 2 §3.2.16 does not);
 * - libxml2 refuses blanks before a dateTime (whiteSpace is collapse, §3.2.7);
 * - an xsi:type inside business content names a type of the format's schema, which these schemas cannot resolve:
 *   the format judges it.
 */
function isKnownDifference({ ours }: Case, theirs: string | undefined): boolean {
  if (theirs === undefined) return ours.length === 1 && ours[0]!.includes('base64');
  if (/': '\s+2024-.* is not a valid value of the atomic type 'xs:dateTime'/s.test(theirs)) return true;
  return /^Element '\{(?!urn:\/\/x-artefacts-smev)[^\n]*(does not resolve to a type|because the type definition is simple)/.test(
    theirs,
  );
}

function compare(cases: readonly Case[], folder: string): { known: number; different: string[] } {
  const schemas = schemasOf(folder);
  const different: string[] = [];
  let known = 0;
  for (const one of cases) {
    const theirs = schemas.validate(one.xml);
    if ((one.ours.length === 0) === (theirs === undefined)) continue;
    if (isKnownDifference(one, theirs)) known++;
    else different.push(`${one.xml}\n  ours: ${one.ours.join('; ') || 'valid'}\n  schema: ${theirs ?? 'valid'}`);
  }
  return { known, different };
}

describe('envelope/content: judges the signed element exactly as the schema does', () => {
  for (const version of VERSIONS) {
    let cases: readonly Case[] = [];
    before(() => {
      cases = casesOf(version);
    });

    it(`${version}: has some thousands of documents to judge, valid and invalid`, () => {
      const valid = cases.filter(({ ours }) => ours.length === 0).length;
      expect(valid).to.be.greaterThan(300);
      expect(cases.length - valid).to.be.greaterThan(3000);
    });

    const roads = [
      { of: "the project's schemas", folder: OWN(version) },
      ...(version === '1.2'
        ? []
        : [{ of: 'the published schemas, skipped where ../shared/reference is absent', folder: REFERENCE(version) }]),
    ];
    for (const { of, folder } of roads) {
      it(`${version}: gives every sample and mutation the verdict of ${of}`, function () {
        if (!existsSync(folder)) this.skip();
        const { known, different } = compare(cases, folder);
        expect(different.slice(0, 5).join('\n'), `${different.length} of ${cases.length} differ`).to.equal('');
        expect(known, 'known differences').to.be.lessThan(cases.length / 50);
      });
    }
  }
});
