import { expect } from 'chai';
import { Catalogue, type CatalogueData, composeCatalogue, type Format } from '../../src/formats/index.js';

function format(id: string, version: string, entry: string, more: Partial<Format> = {}): Format {
  const title = { ru: id, en: id };
  const rules = { gateway: [], registry: [] };
  return {
    id,
    version,
    family: 'test',
    namespace: `urn:${id}:${version}`,
    title,
    roots: { request: 'request' },
    entry,
    state: 'active',
    carries: [],
    persons: [],
    personal: [],
    rules,
    ...more,
  };
}

const builtIn: CatalogueData = {
  formats: [format('A', '1', 'a.xsd'), format('B', '1', 'b.xsd')],
  schemas: { 'a.xsd': 'a', 'b.xsd': 'b' },
};

describe('the catalogue in force', () => {
  it('is the built-in one where nothing was published', () => {
    expect(new Catalogue(composeCatalogue(builtIn, [])).hash).to.equal(new Catalogue(builtIn).hash);
  });

  it('adds what a package brings, in the order of ids and versions', () => {
    const published = { formats: [format('A', '2', 'p/a.xsd')], schemas: { 'p/a.xsd': 'a2' } };
    const made = composeCatalogue(builtIn, [published]);
    expect(made.formats.map((f) => `${f.id} ${f.version}`)).to.deep.equal(['A 1', 'A 2', 'B 1']);
    expect(made.schemas['p/a.xsd']).to.equal('a2');
  });

  it('gives a namespace published again to the newest package, and keeps the schemas of the older ones', () => {
    const first = { formats: [format('A', '1', 'p1/a.xsd')], schemas: { 'p1/a.xsd': '1' } };
    const second = { formats: [format('A', '1', 'p2/a.xsd')], schemas: { 'p2/a.xsd': '2' } };
    const made = composeCatalogue(builtIn, [first, second]);
    expect(made.formats.filter((f) => f.id === 'A').map((f) => f.entry)).to.deep.equal(['p2/a.xsd']);
    expect(Object.keys(made.schemas)).to.include.members(['a.xsd', 'p1/a.xsd', 'p2/a.xsd']);
  });

  it('lets the operator’s life cycle outrank what a format says of itself', () => {
    const made = composeCatalogue(builtIn, [], { 'urn:B:1': { state: 'retired', successor: '2' } });
    expect(made.formats[1]).to.include({ state: 'retired', successor: '2', version: '1' });
  });
});
