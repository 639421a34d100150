import { join } from 'node:path';
import { expect } from 'chai';
import { type Format, personSpans } from '../../src/formats/index.js';
import { type Particle, SchemaSet } from './differential/schema-set.js';
import { catalogue, repositoryRoot, treeOf } from './sample.js';

/** These ask for a SNILS, so the person in them has none. */
const ASKING = ['SnilsByAdditionalDataRequest', 'SnilsByDataRequest'];

/** A path that leads nowhere leaves a person unmasked, and nothing else would notice. */
describe('marks of persons', () => {
  for (const format of catalogue().data.formats.filter(({ entry }) => entry !== undefined)) {
    it(`${format.id} ${format.version}: every marked place exists in its schema`, () => {
      const places = placesOf(format);
      const persons = format.persons.map(({ path, snils }) => (ASKING.includes(path) ? path : inside(path, snils)));
      const marked = [...persons, ...format.personal];
      expect(marked.filter((path) => !leadsSomewhere(path, places))).to.deep.equal([]);
    });
  }

  it('notices a mark that leads nowhere', () => {
    const places = new Set(['data', 'data/package']);
    expect(leadsSomewhere('data/packet', places)).to.equal(false);
    expect(leadsSomewhere('data//package', places)).to.equal(true);
    expect(leadsSomewhere('//package', places)).to.equal(true);
  });

  it('read a SNILS that stands in an attribute of an element below', () => {
    const xml = `<r:ROGDRequest xmlns:r="urn://egisso-ru/msg/10.28.O/2.0.0"><r:СведРегРожд><r:ПрдСведРег>
      <r:СведРодившемся СНИЛС="11223344595"/><r:СведМать СНИЛС="07056788083"/><r:СведОтец/>
    </r:ПрдСведРег></r:СведРегРожд></r:ROGDRequest>`;
    const tree = treeOf(xml);
    const entry = catalogue().find('urn://egisso-ru/msg/10.28.O/2.0.0', 'ROGDRequest');
    if (entry === undefined) throw new Error('10.28.O is not in the catalogue');
    const found = personSpans(entry, tree, tree.root).map((s) => [tree.localNameOf(s.element), s.snils]);
    expect(found).to.deep.equal([
      ['СведРегРожд', '11223344595'],
      ['СведМать', '07056788083'],
      ['СведОтец', undefined],
    ]);
  });
});

/** Paths of all elements and attributes the schema admits, every branch of every choice. */
function placesOf(format: Format): ReadonlySet<string> {
  const schema = new SchemaSet(join(repositoryRoot(), 'xsd', format.entry ?? ''));
  const places = new Set<string>();
  const collect = (particle: Particle, above: string): void => {
    if (particle.kind === 'any') return;
    if (particle.kind !== 'element') {
      for (const part of particle.parts) collect(part, above);
      return;
    }
    const place = above === '' ? particle.local : `${above}/${particle.local}`;
    places.add(place);
    for (const { name } of particle.type.attributes) places.add(`${place}/@${name}`);
    if (particle.type.content !== undefined) collect(particle.type.content, place);
  };
  for (const root of schema.roots()) collect(schema.root(root), '');
  return places;
}

function inside(path: string, snils: string): string {
  return snils === '.' ? path : `${path}/${snils}`;
}

function leadsSomewhere(path: string, places: ReadonlySet<string>): boolean {
  const pattern = new RegExp(`^${path.replace(/^\/\//, '(?:.*/)?').replaceAll('//', '/(?:.*/)?')}$`);
  return [...places].some((place) => pattern.test(place));
}
