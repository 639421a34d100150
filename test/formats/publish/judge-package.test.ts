import { posix } from 'node:path';
import { expect } from 'chai';
import { composeCatalogue } from '../../../src/formats/compose-catalogue.js';
import { Catalogue, ContentValidator, formatFile } from '../../../src/formats/index.js';
import type { SecondOpinion } from '../../../src/ports/index.js';
import { canonicalize, initXsd } from '../../../src/xml/index.js';
import { catalogue, treeOf } from '../sample.js';
import {
  dataOf,
  filesOf,
  NAMESPACE,
  NOTHING,
  PERMITS,
  permitRequest,
  permits,
  planOf,
  refusalsOf,
  schema,
  TYPES,
  TYPES_NAMESPACE,
} from './packages.js';

describe('a package to publish', () => {
  before(() => initXsd());

  describe('is understood without a format.json', () => {
    it('by its namespace, the names of its elements and its samples', async () => {
      const plan = await planOf(PERMITS);
      const [format] = plan.formats;
      expect(plan.formats.length).to.equal(1);
      expect(format).to.include({
        id: 'forest-permits-700-01',
        version: '1.0.0',
        family: 'forest',
        novelty: 'new-format',
      });
      expect(format?.roots).to.deep.equal({ request: 'PermitRequest', response: 'PermitResponse' });
      expect(format?.title.ru).to.equal('Запрос разрешения на рубку');
      expect(format?.personal).to.deep.equal(['PermitRequest/applicant/Snils', 'PermitRequest/applicant/FamilyName']);
      expect(format?.persons).to.deep.equal([{ path: 'PermitRequest/applicant', snils: 'Snils' }]);
      expect(format?.libxml2?.verdict).to.equal('accepted');
      expect(format?.guessed).to.include.members(['id', 'personal']);
      expect(plan.warnings.filter((w) => w.kind === 'guess').length, 'guesses are said').to.equal(1);
      expect(plan.samples).to.deep.equal([
        { document: 'samples/request.xml', format: 'forest-permits-700-01 1.0.0', valid: true, violations: [] },
      ]);
    });

    it('and becomes an artefact by whose schemas a document is judged', async () => {
      const data = composeCatalogue(NOTHING, [dataOf(await planOf(PERMITS))]);
      for (const path of Object.keys(data.schemas)) expect(path).to.match(/^published\/[0-9a-f]{16}\//);
      expect(judged(data, permitRequest())).to.equal(0);
      expect(judged(data, permitRequest('1.0.0', '<p:odd/>'))).to.equal(1);
    });

    it('with Cyrillic namespaces and file names', async () => {
      const target = 'http://пф.рф/ЛЕС/Рубка/2024-05-01';
      const plan = await planOf({
        'Запрос рубки.xsd': schema(
          target,
          '<xs:include schemaLocation="Типы\\общие типы.xsd"/><xs:element name="ЗапросРубки" type="t:Место"/><xs:element name="ОтветРубки" type="xs:string"/>',
        ),
        'Типы/общие типы.xsd': schema(
          target,
          '<xs:simpleType name="Место"><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>',
        ),
      });
      expect(plan.formats[0]?.roots).to.deep.equal({ request: 'ЗапросРубки', response: 'ОтветРубки' });
      const data = composeCatalogue(NOTHING, [dataOf(plan)]);
      expect(judged(data, `<q:ЗапросРубки xmlns:q="${target}">ельник</q:ЗапросРубки>`)).to.equal(1);
      expect(judged(data, `<q:ЗапросРубки xmlns:q="${target}">бор</q:ЗапросРубки>`)).to.equal(0);
    });

    it('with parts that have no namespace of their own (chameleon includes)', async () => {
      const plan = await planOf({
        'a.xsd': schema(NAMESPACE, '<xs:include schemaLocation="part.xsd"/><xs:element name="request" type="t:word"/>'),
        'part.xsd':
          '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="word"><xs:restriction base="xs:string"><xs:maxLength value="2"/></xs:restriction></xs:simpleType></xs:schema>',
      });
      const data = composeCatalogue(NOTHING, [dataOf(plan)]);
      expect(judged(data, `<r:request xmlns:r="${NAMESPACE}">ooo</r:request>`)).to.equal(1);
    });

    it('in windows-1251 and UTF-16, when the declaration says so', async () => {
      const cp1251 = Buffer.from(
        permits().replace('UTF-8', 'windows-1251').replace('Запрос разрешения на рубку', '%'),
        'latin1',
      );
      const at = cp1251.indexOf('%');
      const word = Buffer.from([0xcb, 0xe5, 0xf1]); // «Лес»
      const plan = await planOf({
        ...PERMITS,
        'permits-1.0.0.xsd': Buffer.concat([cp1251.subarray(0, at), word, cp1251.subarray(at + 1)]),
        'types/permit-types.xsd': Buffer.concat([
          Buffer.from([0xff, 0xfe]),
          Buffer.from(TYPES.replace('UTF-8', 'UTF-16'), 'utf16le'),
        ]),
      });
      expect(plan.formats[0]?.title.ru).to.equal('Лес');
    });
  });

  describe('finds what it imports offline', () => {
    it('by its file name elsewhere in the package', async () => {
      const plan = await planOf({
        'a/b.xsd': permits('1.0.0', '', '../../gone/Permit-Types.xsd'),
        'a/deep/permit-types.xsd': TYPES,
      });
      expect(judged(composeCatalogue(NOTHING, [dataOf(plan)]), permitRequest())).to.equal(0);
    });

    it('by its namespace, even where the location is an address of a network', async () => {
      const plan = await planOf({
        'b.xsd': permits('1.0.0', '', 'http://forest.example/x.xsd'),
        'types/other-name.xsd': TYPES,
      });
      expect(judged(composeCatalogue(NOTHING, [dataOf(plan)]), permitRequest())).to.equal(0);
    });

    it('by its namespace in the catalogue in force, and takes a copy with it', async () => {
      const first = dataOf(await planOf(PERMITS));
      const target = 'urn://x-artefacts-forest-fires/root/700-02/1.0.0';
      const body = `<xs:import namespace="${TYPES_NAMESPACE}"/><xs:element name="FireRequest" type="c:digits11"/>`;
      const second = dataOf(await planOf({ 'f.xsd': schema(target, body, `xmlns:c="${TYPES_NAMESPACE}"`) }, first));
      const alone = composeCatalogue(NOTHING, [second]);
      expect(judged(alone, `<f:FireRequest xmlns:f="${target}">1</f:FireRequest>`)).to.equal(1);
    });

    it('xml:lang among what everybody knows', async () => {
      const body = `<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>
        <xs:element name="request"><xs:complexType><xs:attribute ref="xml:lang"/></xs:complexType></xs:element>`;
      expect((await planOf({ 'x.xsd': schema(NAMESPACE, body) })).formats.length).to.equal(1);
    });
  });

  describe('is refused whole, with the reason in both languages', () => {
    const cases: readonly (readonly [string, Parameters<typeof refusalsOf>[0], string, RegExp])[] = [
      ['for a missing import', { 'p.xsd': permits() }, 'missing-import', /types\/permit-types\.xsd/],
      [
        'for an import from the network',
        { 'p.xsd': permits('1.0.0', '', 'https://forest.example/t.xsd') },
        'http-import',
        /https:\/\/forest\.example\/t\.xsd.*из сети/,
      ],
      [
        'for bytes in another encoding than declared',
        {
          ...PERMITS,
          'permits-1.0.0.xsd': Buffer.from(
            permits().replace('Запрос разрешения на рубку', '\u00cb\u00e5\u00f1'),
            'latin1',
          ),
        },
        'encoding',
        /UTF-8/,
      ],
      [
        'for UTF-8 declared as windows-1251',
        { ...PERMITS, 'permits-1.0.0.xsd': permits().replace('UTF-8', 'windows-1251') },
        'encoding',
        /а байты — UTF-8/,
      ],
      [
        'for an encoding nobody knows',
        { ...PERMITS, 'permits-1.0.0.xsd': permits().replace('UTF-8', 'EBCDIC-CP-US') },
        'encoding',
        /EBCDIC/,
      ],
      [
        'for two documents of one namespace',
        { ...PERMITS, 'copy.xsd': permits('1.0.0', '<xs:element name="other" type="xs:string"/>') },
        'duplicate-namespace',
        /copy\.xsd/,
      ],
      [
        'for a document that is not well-formed',
        { ...PERMITS, 'permits-1.0.0.xsd': permits().replace('</xs:schema>', '') },
        'not-well-formed',
        /permits-1\.0\.0\.xsd/,
      ],
      [
        'for a schema that does not compile',
        { ...PERMITS, 'permits-1.0.0.xsd': permits().replace('c:digits11', 'c:digits12') },
        'not-a-schema',
        /digits12/,
      ],
      [
        'for entities',
        {
          ...PERMITS,
          'permits-1.0.0.xsd': permits()
            .replace('<xs:schema', '<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<xs:schema')
            .replace('Запрос', '&a;'),
        },
        'not-well-formed',
        /сущность/,
      ],
      ['when no schema has roots', { 't.xsd': TYPES }, 'no-formats', /нет ни одной схемы/],
      [
        'when a schema with roots looks like a part of others, naming it',
        { 'benefit.xsd': schema('urn://region/benefit-types/1.0.0', '<xs:element name="request" type="xs:string"/>') },
        'no-formats',
        /приняты .* benefit\.xsd; если это вид сведений, опишите его в format\.json/,
      ],
      [
        'when names do not tell request from response',
        {
          'x.xsd': schema(
            NAMESPACE,
            '<xs:element name="one" type="xs:string"/><xs:element name="two" type="xs:string"/>',
          ),
        },
        'roots',
        /one, two.*format\.json/,
      ],
      [
        'for a typing error in format.json',
        { ...PERMITS, 'format.json': '{"id": "permits", "persnal": []}' },
        'description',
        /persnal/,
      ],
      [
        'for halves of characters in format.json',
        { ...PERMITS, 'format.json': '{"title": "\\ud800"}' },
        'description',
        /обломки/,
      ],
      [
        'for a rule the gateway does not have',
        { ...PERMITS, 'format.json': '{"rules": {"gateway": ["no-such"]}}' },
        'description',
        /rules/,
      ],
      [
        'for a root that the schema does not have',
        { ...PERMITS, 'format.json': '{"request": "Permit"}' },
        'description',
        /Permit/,
      ],
    ];
    for (const [title, contents, code, words] of cases)
      it(title, async () => {
        const refusals = await refusalsOf(contents);
        expect(refusals.map((r) => r.code)).to.deep.equal([code]);
        expect(refusals[0]?.ru).to.match(words);
        expect(refusals[0]?.en).to.match(/^[^а-яё]*(?:«.*»|[^а-яё])*$/i);
      });

    it('when its name is taken by another namespace', async () => {
      const inForce = dataOf(await planOf({ ...PERMITS, 'format.json': '{"id": "permits"}' }));
      const other = {
        'x.xsd': schema('urn:other', '<xs:element name="request" type="xs:string"/>'),
        'format.json': '{"id": "permits", "version": "1.0.0"}',
      };
      expect((await refusalsOf(other, inForce)).map((r) => r.code)).to.deep.equal(['taken']);
    });
  });

  describe('against what is in force', () => {
    it('changes nothing when it says the same, wherever its files lie', async () => {
      const inForce = dataOf(await planOf(PERMITS));
      const again = Object.fromEntries(Object.entries(PERMITS).map(([path, c]) => [`folder/${path}`, c]));
      const plan = await planOf(again, inForce);
      expect(plan.formats.map((f) => f.novelty)).to.deep.equal(['unchanged']);
      expect(plan.artefact).to.equal(undefined);
    });

    it('says of what was taken back that it stays retired', async () => {
      const inForce = composeCatalogue(NOTHING, [dataOf(await planOf(PERMITS))], {
        [NAMESPACE]: { retiredFrom: '2020-01-01T00:00:00Z' },
      });
      const { warnings } = await planOf(PERMITS, inForce);
      expect(warnings.map((w) => w.en).join()).to.include(
        'gateway formats activate does (forest-permits-700-01 1.0.0)',
      );
    });

    it('takes no version that reads as a difference of two, and no control characters in a title', async () => {
      for (const said of ['{"version": "1.0.0..2.0.0"}', '{"title": "a\\u001b[2J"}'])
        expect((await refusalsOf({ ...PERMITS, 'format.json': said })).map((r) => r.code)).to.deep.equal([
          'description',
        ]);
    });

    it('is a revision whose difference is shown in words, with the life cycle it had', async () => {
      const base = dataOf(await planOf({ ...PERMITS, 'format.json': '{"id": "permits", "personal": ["//Snils"]}' }));
      const inForce = composeCatalogue(NOTHING, [base], { [NAMESPACE]: { retiredFrom: '2030-01-01T00:00:00Z' } });
      const plan = await planOf(
        { ...PERMITS, 'permits-1.0.0.xsd': permits('1.0.0', '<xs:element name="area" type="xs:int"/>') },
        inForce,
        { asTest: true },
      );
      const [format] = plan.formats;
      expect(format).to.include({ id: 'permits', novelty: 'revision', state: 'active' });
      expect(format?.personal, 'its description goes on').to.deep.equal(['//Snils']);
      const difference = format?.difference;
      expect(difference && 'breaking' in difference && difference.breaking).to.equal(1);
      expect(plan.warnings.map((w) => w.kind)).to.include('breaking');
      expect(dataOf(plan).formats[0]?.retiredFrom).to.equal('2030-01-01T00:00:00Z');
    });

    it('is a new version beside the earlier one, and a test on request', async () => {
      const inForce = dataOf(await planOf(PERMITS));
      const plan = await planOf(
        { ...PERMITS, 'permits-1.0.0.xsd': permits('1.0.1', '<xs:element name="area" type="xs:int" minOccurs="0"/>') },
        inForce,
        { asTest: true },
      );
      expect(plan.formats[0]).to.include({ version: '1.0.1', novelty: 'new-version', state: 'test' });
      expect(plan.formats[0]?.difference).to.include({ from: '1.0.0', to: '1.0.1', breaking: 0 });
    });

    it('the built-in formats publish back unchanged from their own files', async () => {
      const { data } = catalogue();
      const files = { ...data.schemas, ...descriptions() };
      const plan = await planOf(files, data);
      expect(plan.formats.filter((f) => f.novelty !== 'unchanged')).to.deep.equal([]);
      expect(plan.formats.length).to.equal(data.formats.length);
    });
  });

  it('is refused by nobody for what the second engine thinks: that is shown', async () => {
    const told: SecondOpinion = {
      compile: async () => ({ verdict: 'refused', engine: 'Other 1', complaints: [{ text: 'cos-nonambig: no' }] }),
      close: async () => undefined,
    };
    const plan = await planOf(PERMITS, NOTHING, {}, told);
    expect(plan.formats[0]?.second?.verdict).to.equal('refused');
    expect(plan.warnings.find((w) => w.kind === 'second-opinion')?.ru).to.match(
      /libxml2 принимает, Other 1 не принимает/,
    );
  });

  it('shows samples that do not fit, in words', async () => {
    const plan = await planOf({
      ...PERMITS,
      'samples/bad.xml': permitRequest().replace('11223344595', '112-233-445 95'),
    });
    expect(plan.samples.map((s) => s.valid).sort()).to.deep.equal([false, true]);
    expect(plan.warnings.find((w) => w.kind === 'sample')?.ru).to.match(/bad\.xml.*Snils/);
  });

  it('gives equal plans equal hashes and artefacts', async () => {
    const [a, b] = [await planOf(PERMITS), await planOf(Object.fromEntries(Object.entries(PERMITS).reverse()))];
    expect(a.artefact?.hash).to.equal(b.artefact?.hash);
    expect((await planOf(PERMITS, NOTHING, { asTest: true })).hash).to.not.equal(a.hash);
    expect(filesOf(PERMITS).size).to.equal(3);
  });
});

/** The catalogue's own format.json files, as an archive of /formats/ holds them. */
function descriptions(): Record<string, string> {
  return Object.fromEntries(
    catalogue().data.formats.map((f) => {
      const folder = f.entry === undefined ? `${f.family}/${f.id}/${f.version}` : posix.dirname(f.entry);
      return [`${folder}/format.json`, JSON.stringify(formatFile(f))];
    }),
  );
}

/** Number of violations of a document under its format of the catalogue. */
function judged(data: Parameters<typeof composeCatalogue>[0], xml: string): number {
  const known = new Catalogue(data);
  const tree = treeOf(xml);
  const entry = known.find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root));
  if (entry === undefined) throw new Error('the format is not in the catalogue');
  const validator = new ContentValidator(known);
  try {
    return validator.validate(entry, canonicalize(tree, tree.root), { tree, element: tree.root }).length;
  } finally {
    validator.dispose();
  }
}
