/** A configuration file is read by the thread that answers everybody: what would hold it up is refused before it is built. */
import { expect } from 'chai';
import { fromYaml, toYaml } from '../../src/entrypoints/http-api/configuration/yaml-document.js';

const why = (text: string): string => {
  const read = fromYaml(text);
  return 'why' in read ? read.why.map((w) => w.en).join('\n') : 'read';
};

describe('reading a configuration file', () => {
  const hostile: readonly (readonly [string, string, RegExp])[] = [
    ['three million brackets', `version: ${'['.repeat(3_000_000)}`, /nested too deep/],
    ['maps within maps', `version: ${'{a: '.repeat(1_500_000)}`, /nested too deep/],
    ['lists within lists in one line', `${'- '.repeat(3_000_000)}a`, /nested too deep/],
    ['an indentation of thousands', `a:\n${' '.repeat(5_000)}b: 1`, /nested too deep/],
    ['half a million maps', `a:\n${'  - b: c\n'.repeat(500_000)}`, /too many signs/],
    ['a million tags', `a: ${'!!x '.repeat(1_000_000)}`, /tags \(!\) are not permitted/],
    ['an anchor nobody refers to', 'version: &a "1"', /anchors and aliases/],
    ['an alias', 'a: *b', /anchors and aliases/],
    ['a tag the core schema knows', 'a: !!str 1', /tags/],
  ];
  for (const [name, text, expected] of hostile)
    it(`refuses ${name} at once`, function () {
      this.timeout(2_000);
      expect(why(text)).to.match(expected);
    });

  it('finds a key that stands twice among many, by its line', function () {
    this.timeout(5_000);
    const many = Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(why(`${many}\nk7: 2\n`)).to.equal('YAML, line 50001: Map keys must be unique: k7');
  });

  it('takes signs of markup inside values, and JSON in one line', () => {
    const value = { a: ['*x', '&y', '!z', '[[[', '- - -', 'one\ntwo: [\n'], b: { c: [] } };
    expect(fromYaml(toYaml(value))).to.deep.equal({ value });
    expect(fromYaml(JSON.stringify({ list: Array.from({ length: 100 }, () => value) }))).to.have.property('value');
  });

  it('tells a hundred faults at most', () => {
    const read = fromYaml('a: "\\q"\n'.repeat(1_000));
    expect('why' in read && read.why).to.have.length(100);
  });
});
