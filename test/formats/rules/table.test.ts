/** The table of docs/formats.md, the rules and every format.json say the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Format, formatName, RULES, SHAPES } from '../../../src/formats/index.js';
import { RULES as REGISTRY_RULES } from '../../../src/sandbox/egisso/rules/index.js';
import { catalogue, repositoryRoot } from '../sample.js';

const formats = catalogue().data.formats;

/** `10.06.S, 10.36.S`: formats one of whose versions names the rule. */
function namedBy(place: 'gateway' | 'registry', id: string): string {
  return [...new Set(formats.filter((f) => f.rules[place].includes(id)).map((f) => f.id))].join(', ') || '–';
}

describe('the table of business rules', () => {
  it('stands in docs/formats.md as the rules and the formats have it', () => {
    const text = readFileSync(join(repositoryRoot(), 'docs', 'formats.md'), 'utf8');
    const written = (place: string) =>
      new RegExp(`<!-- rules of the ${place} -->\n([\\s\\S]*?)<!-- end -->`)
        .exec(text)?.[1]
        ?.split('\n')
        .filter((line) => line.startsWith('| `'));
    const row = (
      place: 'gateway' | 'registry',
      { id, code, type, title }: (typeof RULES)[number] | (typeof REGISTRY_RULES)[number],
    ) => `| \`${id}\` | ${code ?? '–'} | ${type} | ${title.en} | ${namedBy(place, id)} |`;
    expect(written('gateway')?.join('\n')).to.equal(RULES.map((r) => row('gateway', r)).join('\n'));
    expect(written('registry')?.join('\n')).to.equal(REGISTRY_RULES.map((r) => row('registry', r)).join('\n'));
  });

  for (const format of formats)
    it(`${formatName(format)} names only rules there are, layouts there are and what they can look at`, () => {
      const { gateway, registry, refuses = [] } = format.rules;
      expect(gateway.filter((id) => !RULES.some((r) => r.id === id))).to.deep.equal([]);
      expect(registry.filter((id) => !REGISTRY_RULES.some((r) => r.id === id))).to.deep.equal([]);
      expect(new Set(gateway).size + new Set(registry).size).to.equal(gateway.length + registry.length);
      expect(refuses.filter((id) => !gateway.includes(id))).to.deep.equal([]);
      expect((format.records ?? []).filter(({ shape }) => !(shape in SHAPES))).to.deep.equal([]);
      expect(gateway.filter((id) => !canLook(id, format))).to.deep.equal([]);
    });

  function canLook(id: string, format: Format): boolean {
    const { needs } = RULES.find((r) => r.id === id)!;
    const shapes = (format.records ?? []).map(({ shape }) => SHAPES[shape]!);
    return shapes.some((shape) => needs === undefined || needs.some((part) => shape[part] !== undefined));
  }

  it('has a rule the format declares wherever a layout gives it something to look at', () => {
    const missing = formats
      .filter((f) => (f.records ?? []).length > 0)
      .flatMap((format) =>
        RULES.filter((r) => r.needs !== undefined && !format.rules.gateway.includes(r.id) && canLook(r.id, format)).map(
          (r) => `${formatName(format)} ${r.id}`,
        ),
      );
    expect(missing).to.deep.equal([]);
  });

  it('refuses nowhere of itself: no built-in format declares a rule that refuses', () =>
    expect(formats.filter((f) => f.rules.refuses !== undefined)).to.deep.equal([]));

  it('gives every date that a period or a decision names a name', () => {
    for (const [name, { dates = [], periods = [], decision }] of Object.entries(SHAPES)) {
      const named = new Set(dates.map((d) => `${d.at ?? ''} ${d.path}`));
      for (const { at = '', from, to } of periods) {
        expect(named.has(`${at} ${from}`), `${name}: ${from}`).to.equal(true);
        expect(named.has(`${at} ${to}`), `${name}: ${to}`).to.equal(true);
      }
      if (decision !== undefined) expect(named.has(` ${decision}`), `${name}: ${decision}`).to.equal(true);
    }
  });

  it('has a test file of each rule, and both languages', () => {
    const tests = new Set(readdirSync(join(repositoryRoot(), 'test', 'formats', 'rules')));
    for (const { id, title } of RULES) {
      expect(tests.has(`${id}.test.ts`), id).to.equal(true);
      expect(title.ru).to.match(/[а-я]/);
      expect(title.en).to.match(/[a-z]/);
    }
  });
});
