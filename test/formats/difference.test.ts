/** A difference judges for senders: compatible means that what was valid is valid now. Each kind of change in a pair of its own, then the real pairs. */
import { expect } from 'chai';
import { formatDifference } from '../../src/formats/difference/index.js';
import { includes, lengthRange } from '../../src/formats/difference/pattern-inclusion.js';
import {
  Catalogue,
  type CatalogueData,
  ContentValidator,
  type Format,
  formatModel,
  sampleOf,
} from '../../src/formats/index.js';
import { initXsd } from '../../src/xml/index.js';
import { catalogue, signedContent } from './sample.js';

const schema = (version: number, body: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t/${version}" targetNamespace="urn:t/${version}" elementFormDefault="qualified">${body}</xs:schema>`;

/** A catalogue of one version. */
function data(body: string, n: number): CatalogueData {
  const format: Format = {
    ...catalogue().data.formats[0]!,
    id: 'T',
    version: `${n}`,
    namespace: `urn:t/${n}`,
    roots: { request: 'root' },
    entry: `${n}.xsd`,
  };
  return { formats: [format], schemas: { [`${n}.xsd`]: schema(n, body) } };
}

function between(before: string, after: string, change: (format: Format) => Format = (f) => f) {
  const [was, now] = [data(before, 1), data(after, 2)];
  const formats = [was.formats[0]!, change(now.formats[0]!)] as const;
  const found = formatDifference({ formats, schemas: { ...was.schemas, ...now.schemas } }, ...formats);
  if ('missing' in found) throw new Error(found.missing.join());
  return found;
}

/** `judgement kind path: words` of every change between two contents of the root element. */
function changes(before: string, after: string): string[] {
  const root = (content: string): string =>
    `<xs:element name="root"><xs:complexType>${content}</xs:complexType></xs:element>`;
  return between(root(before), root(after)).changes.map(
    (c) => `${c.judgement} ${c.kind} ${c.paths.map((p) => p.replace(/^root\/?/, '')).join()}: ${c.en}`,
  );
}

const sequence = (...parts: string[]): string => `<xs:sequence>${parts.join('')}</xs:sequence>`;
const choice = (...parts: string[]): string => `<xs:choice>${parts.join('')}</xs:choice>`;
const element = (name: string, more = ''): string => `<xs:element name="${name}" type="xs:string" ${more}/>`;
const typed = (type: string): string => sequence(`<xs:element name="x" type="xs:${type}"/>`);
const value = (facets: string, base = 'string'): string =>
  sequence(
    `<xs:element name="x"><xs:simpleType><xs:restriction base="xs:${base}">${facets}</xs:restriction></xs:simpleType></xs:element>`,
  );
const facet = (name: string, text: string): string => `<xs:${name} value="${text}"/>`;
const attribute = (more = ''): string => `<xs:attribute name="a" type="xs:string" ${more}/>`;

interface Case {
  readonly it: string;
  readonly before: string;
  readonly after: string;
  readonly changes: readonly string[];
}

const a = element('a');
const b = element('b');
const c = element('c');

const CASES: readonly Case[] = [
  { it: 'nothing', before: sequence(a, b), after: sequence(a, b), changes: [] },
  { it: 'a required element added', before: sequence(a), after: sequence(a, b), changes: ['breaking added b: a required element was added'] },
  { it: 'an optional element added', before: sequence(a), after: sequence(a, element('b', 'minOccurs="0"')), changes: ['compatible added b: an optional element was added'] },
  { it: 'an element demanded by an optional part that stood before', before: sequence('<xs:sequence minOccurs="0">', a, '</xs:sequence>'), after: sequence('<xs:sequence minOccurs="0">', a, b, '</xs:sequence>'), changes: ['breaking added b: a required element was added'] },
  { it: 'a whole optional part added', before: sequence(a), after: sequence(a, '<xs:sequence minOccurs="0">', b, c, '</xs:sequence>'), changes: ['compatible added b: an optional element was added', 'compatible added c: an optional element was added'] },
  { it: 'an element removed', before: sequence(a, element('b', 'minOccurs="0"')), after: sequence(a), changes: ['breaking removed b: the element is gone'] },
  { it: 'elements in another order', before: sequence(a, b, c), after: sequence(b, c, a), changes: ['breaking moved a: moved: now comes after c'] },
  { it: 'another order where order is free', before: `<xs:all>${a}${b}</xs:all>`, after: `<xs:all>${b}${a}</xs:all>`, changes: [] },
  { it: 'another order of options', before: choice(a, b), after: choice(b, a), changes: [] },
  { it: 'an element put into a new part', before: sequence(a, b), after: sequence(a, `<xs:element name="part"><xs:complexType>${sequence(b)}</xs:complexType></xs:element>`), changes: ['breaking moved b: moved to part/b', 'breaking added part: a required element was added'] },
  { it: 'a name in other letters', before: sequence(element('SNILS')), after: sequence(element('snils')), changes: ['breaking renamed snils: was called SNILS'] },
  { it: 'optional → required', before: sequence(element('a', 'minOccurs="0"')), after: sequence(a), changes: ['breaking occurrence a: occurrence: was “optional”, now “required”'] },
  { it: 'required → optional', before: sequence(a), after: sequence(element('a', 'minOccurs="0"')), changes: ['compatible occurrence a: occurrence: was “required”, now “optional”'] },
  { it: 'fewer repetitions', before: sequence(element('a', 'maxOccurs="unbounded"')), after: sequence(element('a', 'maxOccurs="50"')), changes: ['breaking occurrence a: occurrence: was “1 or more”, now “1 to 50”'] },
  { it: 'more repetitions', before: sequence(element('a', 'maxOccurs="50"')), after: sequence(element('a', 'maxOccurs="100"')), changes: ['compatible occurrence a: occurrence: was “1 to 50”, now “1 to 100”'] },
  { it: 'an option added', before: choice(a, b), after: choice(a, b, c), changes: ['compatible added c: an option of a choice was added'] },
  { it: 'a required element that got an alternative', before: sequence(a), after: choice(a, b), changes: ['compatible choice a: was required, now one option of a choice', 'compatible added b: an option of a choice was added'] },
  { it: 'two that stood together and now exclude each other', before: sequence(a, b), after: choice(a, b), changes: ['compatible choice a: was required, now one option of a choice', 'compatible choice b: was required, now one option of a choice', 'breaking choice : now only one may stand of: a, b'] },
  { it: 'options that must now stand together', before: choice(a, b), after: sequence(a, b), changes: ['breaking choice a: was one option of a choice, now required', 'breaking choice b: was one option of a choice, now required', 'compatible choice : may stand together: a, b'] },
  { it: 'a choice that must be made now', before: sequence(element('a', 'minOccurs="0"')), after: sequence(choice(a, b)), changes: ['compatible added b: an option of a choice was added', 'breaking choice : one is required now of: a, b'] },
  { it: 'a new choice that must be made', before: sequence(a), after: sequence(a, choice(b, c)), changes: ['compatible added b: an option of a choice was added', 'compatible added c: an option of a choice was added', 'breaking added : a required choice was added: b, c'] },
  { it: 'a narrower built-in type', before: typed('decimal'), after: typed('int'), changes: ['breaking type x: type: was “decimal number”, now “whole number”'] },
  { it: 'a wider built-in type', before: typed('int'), after: typed('long'), changes: ['compatible type x: type: was “whole number (int)”, now “whole number (long)”'] },
  { it: 'a day → an instant', before: typed('date'), after: typed('dateTime'), changes: ['breaking type x: type: was “date”, now “date and time”'] },
  { it: 'a value → elements', before: sequence(a), after: sequence(`<xs:element name="a"><xs:complexType>${sequence(b)}</xs:complexType></xs:element>`), changes: ['breaking type a: was a value, now holds elements'] },
  { it: 'values of a list', before: value(facet('enumeration', '1') + facet('enumeration', '2')), after: value(facet('enumeration', '2') + facet('enumeration', '3')), changes: ['breaking facet x: no longer allowed: 1', 'compatible facet x: also allowed: 3'] },
  { it: 'a list introduced', before: value(''), after: value(facet('enumeration', '1')), changes: ['breaking facet x: now only one of: 1'] },
  { it: 'a list replaced by a pattern that takes its values', before: value(facet('enumeration', '11')), after: value(facet('pattern', '\\d{2}')), changes: ['compatible facet x: no list of values any more'] },
  { it: 'a greater length', before: value(facet('maxLength', '100')), after: value(facet('maxLength', '200')), changes: ['compatible facet x: length: was “at most 100 characters”, now “at most 200 characters”'] },
  { it: 'a smaller length', before: value(facet('maxLength', '100')), after: value(facet('maxLength', '50')), changes: ['breaking facet x: length: was “at most 100 characters”, now “at most 50 characters”'] },
  { it: 'a length that the pattern said already', before: value(facet('pattern', '\\d{3}')), after: value(facet('pattern', '\\d{3}') + facet('length', '3')), changes: ['compatible facet x: length: was “no limit”, now “exactly 3 characters”'] },
  { it: 'a pattern that takes more', before: value(facet('pattern', '\\d{4}\\.\\d{6}')), after: value(facet('pattern', '[A-HJ-NP-Z0-9]{4}\\.\\d{6}')), changes: ['compatible facet x: pattern: was “a participant code: 4 digits, a dot, 6 digits”, now “a participant code: 4 digits or capital Latin letters (not I, O), a dot, 6 digits”'] },
  { it: 'a pattern that takes less', before: value(facet('pattern', '\\d{1,10}')), after: value(facet('pattern', '\\d{5}')), changes: ['breaking facet x: pattern: was “digits only, 1 to 10”, now “exactly 5 digits”'] },
  { it: 'numbers closer together', before: value(facet('minInclusive', '0'), 'decimal'), after: value(facet('minExclusive', '0'), 'decimal'), changes: ['breaking facet x: limit: was “0 or more”, now “more than 0”'] },
  { it: 'finer fractions', before: value(facet('fractionDigits', '2'), 'decimal'), after: value(facet('fractionDigits', '4'), 'decimal'), changes: ['compatible facet x: limit: was “at most 2 fraction digits”, now “at most 4 fraction digits”'] },
  { it: 'a fixed value', before: sequence(a), after: sequence(element('a', 'fixed="1"')), changes: ['breaking facet a: now only 1'] },
  { it: 'xsi:nil', before: sequence(element('a', 'nillable="true"')), after: sequence(a), changes: ['breaking facet a: xsi:nil is no longer allowed'] },
  { it: 'attributes', before: attribute(), after: '<xs:attribute name="b" type="xs:string" use="required"/>', changes: ['breaking removed @a: the attribute is gone', 'breaking added @b: a required attribute was added'] },
  { it: 'an attribute that must stand', before: attribute(), after: attribute('use="required"'), changes: ['breaking occurrence @a: occurrence: was “optional”, now “required”'] },
]; // biome-ignore format: a table

describe('the difference of two versions', () => {
  for (const { it: title, before, after, changes: expected } of CASES)
    it(`judges ${title}`, () => {
      const breakingFirst = [...expected].sort((x, y) => Number(y.startsWith('b')) - Number(x.startsWith('b')));
      expect(changes(before, after)).to.deep.equal(breakingFirst);
    });

  it('calls nothing compatible under which a sample of the older version fails', async () => {
    await initXsd();
    for (const { it: title, before, after, changes: expected } of CASES) {
      if (expected.some((c) => c.startsWith('breaking'))) continue;
      const root = (content: string): string =>
        `<xs:element name="root"><xs:complexType>${content}</xs:complexType></xs:element>`;
      const [old, now] = [data(root(before), 1), data(root(after), 2)];
      const entry = new Catalogue(now).entries()[0]!;
      const validator = new ContentValidator(new Catalogue(now));
      for (const size of ['smallest', 'full'] as const) {
        const xml = sampleOf(formatModel(old, old.formats[0]!)!, 'request', size)!.replaceAll('urn:t/1', 'urn:t/2');
        const { tree, octets } = signedContent(xml);
        expect(validator.validate(entry, octets, { tree, element: tree.root }), `${title}: ${xml}`).to.deep.equal([]);
      }
      validator.dispose();
    }
  });

  it('tells a change of a shared type once, with every place, and ends on types inside themselves', () => {
    const body = (limit: number): string =>
      `<xs:element name="root"><xs:complexType>${sequence('<xs:element name="one" type="t:tree"/><xs:element name="two" type="t:tree"/>')}</xs:complexType></xs:element>
      <xs:complexType name="tree">${sequence('<xs:element name="leaf" type="t:leaf"/><xs:element name="tree" type="t:tree" minOccurs="0"/>')}</xs:complexType>
      <xs:simpleType name="leaf"><xs:restriction base="xs:string"><xs:maxLength value="${limit}"/></xs:restriction></xs:simpleType>`;
    const found = between(body(5), body(4));
    expect(found.changes.map((c) => c.paths)).to.deep.equal([['root/one/leaf', 'root/two/leaf']]);
    expect(found.namespaces).to.deep.equal([{ from: 'urn:t/1', to: 'urn:t/2' }]);
  });

  it('tells a personal signature that became required, and a version whose schemas are not kept', () => {
    const signed = between('<xs:element name="root"/>', '<xs:element name="root"/>', (format) => ({
      ...format,
      personalSignature: 'required',
    }));
    expect(signed.changes.map((c) => [c.kind, c.judgement])).to.deep.equal([['rule', 'breaking']]);
    const [format] = catalogue().data.formats;
    const { entry: _entry, ...without } = format!;
    expect(formatDifference(catalogue().data, without, format!)).to.deep.equal({
      missing: [`${without.id} ${without.version}`],
    });
  });

  it('tells that messages go another way', () => {
    const routed = between('<xs:element name="root"/>', '<xs:element name="root"/>', (format) => ({
      ...format,
      exchange: 'directive',
      routingCode: 'root/code',
    }));
    expect(routed.changes.map((c) => [c.kind, c.judgement, c.en])).to.deep.equal([
      ['rule', 'breaking', 'now rout:Routing names the recipients'],
      ['rule', 'breaking', 'RoutingCode chooses the provider: root/code (was: none)'],
    ]);
  });

  describe('of patterns', () => {
    for (const [wide, narrow, answer] of [
      ['(\\d{3})|(\\d{4})', '\\d{3}', true],
      ['\\d{3}', '(\\d{3})|(\\d{4})', false],
      ['[0-9]{2}', '\\d\\d', true],
      ['[а-яА-ЯёЁ\\s]*', '[А-Я]{2}', true],
      ['[A-Z]+', '[a-z]+', false],
      ['a(b|c)?d', 'ad', true],
      ['[^a]', 'b', false],
      ['.*', '\\d{1,5}-[A-Z]', true],
    ] as const)
      it(`${narrow} is ${answer ? '' : 'not known to be '}a part of ${wide}`, () => {
        expect(includes(wide, narrow)).to.equal(answer);
      });
    it('knows the lengths of plain ones', () => {
      expect(lengthRange('\\d{2}(-\\d{3})?')).to.deep.equal({ min: 2, max: 6 });
      expect(lengthRange('[^a]+')).to.equal(undefined);
    });
  });

  describe('of the built-in formats', () => {
    function built(id: string, from: string, to: string) {
      const [before, after] = [from, to].map((v) =>
        catalogue()
          .versions(id)
          .find((f) => f.version === v),
      );
      if (before?.entry === undefined || after?.entry === undefined) return undefined;
      const found = formatDifference(catalogue().data, before, after);
      return 'missing' in found ? undefined : found;
    }

    it('10.10.I 1.0.3 → 1.0.4: the protocol went from the answer into an attachment', () => {
      const found = built('10.10.I', '1.0.3', '1.0.4')!;
      expect(found.changes.map((c) => `${c.judgement} ${c.kind} ${c.paths.join()}`)).to.deep.equal([
        'breaking removed response/protocol',
        'breaking added response/attachment',
      ]);
    });

    it('10.13.I 1.0.7 → 2.0.0: one request became a package of up to 50', () => {
      const found = built('10.13.I', '1.0.7', '2.0.0')!;
      const at = (path: string) => found.changes.filter((c) => c.paths.includes(path)).map((c) => c.en);
      expect(at('requestPackage/requestData')).to.deep.equal(['moved to elements/requestData']);
      expect(at('requestPackage/elements/requestData')).to.include('occurrence: was “required”, now “1 to 50”');
      expect(at('requestPackage/elements/requestData/snils')).to.deep.equal(['moved to person/snils']);
      expect(at('requestPackage/packageUid')).to.deep.equal(['a required element was added']);
      expect(at('responsePackage/statementData')).to.deep.equal(['moved to elements/responseData/statementData']);
      expect(found.breaking).to.be.greaterThan(found.compatible);
    });

    it('10.06.S 1.0.8 → 1.1.0: a thousand records of a kind at most, and a new reason to terminate', () => {
      const found = built('10.06.S', '1.0.8', '1.1.0')!;
      const breaking = found.changes.filter((c) => c.judgement === 'breaking');
      expect(breaking.length).to.equal(10);
      for (const change of breaking) expect(change.en).to.equal('occurrence: was “any number”, now “up to 1000”');
      expect(found.changes.filter((c) => c.judgement === 'compatible').map((c) => [c.kind, c.paths])).to.deep.equal([
        ['added', ['data/package/elements/terminationBasedOnRecipientRefusal']],
      ]);
    });

    it('10.06.S 1.0.7 → 1.0.8: letters in participant codes; a document of 1.0.7 is valid with its namespaces replaced', async () => {
      await initXsd();
      const found = built('10.06.S', '1.0.7', '1.0.8')!;
      expect([found.breaking, found.changes.map((c) => c.kind)]).to.deep.equal([0, ['facet']]);
      const [old, now] = ['1.0.7', '1.0.8'].map(
        (v) =>
          catalogue()
            .versions('10.06.S')
            .find((f) => f.version === v)!,
      );
      const sample = sampleOf(formatModel(catalogue().data, old!)!, 'document', 'full')!;
      const xml = sample.replace(/(xmlns:\w+=")([^"]*)"/g, (all, start: string, uri: string) => {
        const pair = found.namespaces.find((n) => n.from === uri);
        return pair === undefined ? all : `${start}${pair.to}"`;
      });
      const { tree, octets } = signedContent(xml);
      const validator = new ContentValidator(catalogue());
      const entry = catalogue().find(now!.namespace, 'data')!;
      expect(validator.validate(entry, octets, { tree, element: tree.root })).to.deep.equal([]);
      validator.dispose();
    });

    it('is nothing from a version to itself, for every format', () => {
      for (const format of catalogue().data.formats.filter((f) => f.entry !== undefined)) {
        const found = formatDifference(catalogue().data, format, format);
        expect('missing' in found ? found : found.changes, format.id).to.deep.equal([]);
      }
    });

    it('speaks both languages', () => {
      for (const { ru, en } of built('10.13.I', '1.0.7', '2.0.0')!.changes) {
        expect(ru).to.match(/[а-яё]/);
        expect(en).to.not.match(/[а-яё]/i);
      }
    });
  });
});
