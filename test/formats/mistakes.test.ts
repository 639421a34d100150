import { expect } from 'chai';
import { ContentValidator, type FormatEntry } from '../../src/formats/index.js';
import { initXsd } from '../../src/xml/index.js';
import { MISTAKES, type Mistake, VALID, type ValidName } from './mistakes/index.js';
import { catalogue, changed, signedContent } from './sample.js';

/** Words of libxml2's sentences that must never reach a sender. */
const RAW = /This element is not expected|facet '|is not a valid value|Element '\{/;
const LEAST = 60;

describe('mistakes of integrators are told in words', () => {
  let validator: ContentValidator;
  before(async () => {
    await initXsd();
    validator = new ContentValidator(catalogue());
  });
  after(() => validator.dispose());

  function told(name: ValidName, xml: string): unknown[] {
    const { tree, octets } = signedContent(xml);
    const found = validator.validate(entryOf(name), octets, { tree, element: tree.root });
    return found.map((v) => [v.line, v.path?.split('/').slice(-2).join('/'), v.text, v.textEn]);
  }

  for (const [name, mistakes] of Object.entries(MISTAKES) as [ValidName, readonly Mistake[]][])
    describe(name, () => {
      it('is valid without a mistake', () => expect(told(name, VALID[name])).to.deep.equal([]));
      for (const { title, change, told: expected } of mistakes)
        it(title, () => {
          const xml = typeof change === 'function' ? change(VALID[name]) : changed(VALID[name], ...change);
          expect(told(name, xml)).to.deep.equal(expected);
        });
    });

  it(`are at least ${LEAST}, all different`, () => {
    const titles = Object.entries(MISTAKES).flatMap(([name, all]) => all.map(({ title }) => `${name}: ${title}`));
    expect(titles.length).to.be.at.least(LEAST);
    expect(new Set(titles).size).to.equal(titles.length);
  });

  it('are told in Russian and in English, with the same names, values and proposals', () => {
    for (const [, place, ru, en] of Object.values(MISTAKES)
      .flat()
      .flatMap(({ told: all }) => all)) {
      expect(ru)
        .to.match(/[а-яё]/i)
        .and.not.match(RAW);
      const local = place.replace(/^.*[/:]|\[\d+\]$/g, '');
      const plain = en.replace(/«[^»]*»/g, '').replaceAll(local, '');
      expect(plain, en)
        .to.not.match(/[а-яё]/i)
        .and.not.match(RAW);
      expect(quoted(en).sort(), en).to.include.members(quoted(ru));
    }
  });
});

function quoted(text: string): string[] {
  return text.match(/«[^»]*»/g) ?? [];
}

function entryOf(name: ValidName): FormatEntry {
  const [, local = ''] = VALID[name].match(/^<\w+:(\w+)/) ?? [];
  const [, namespace = ''] = VALID[name].match(/ xmlns:\w+="([^"]*)"/) ?? [];
  return catalogue().find(namespace, local)!;
}
