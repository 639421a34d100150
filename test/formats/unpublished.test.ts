import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { serialize } from './differential/document-tree.js';
import { validDocuments } from './differential/documents.js';
import { judgeOf } from './differential/judge.js';
import { MutationFinder } from './differential/mutations.js';
import { reference, repository } from './differential/pairs.js';
import { seeded } from './differential/random.js';
import { SchemaSet } from './differential/schema-set.js';
import { validDocument } from './differential/valid-documents.js';

/** Formats without a published schema: held to the envelopes that are known, and to documents like them. */
const VALIDATION = join(repository, 'xsd/pfr/snils-validation/1.0.1/snils-validation.xsd');
const DISABLED = join(repository, 'xsd/fri/disabled-data/1.0.7/disabled-data.xsd');
const SAMPLES = join(reference, 'formats/samples');
const HAVE = existsSync(SAMPLES);
const absent = HAVE ? '' : ' (skipped: ../shared/reference is absent)';
const UUID = '2e3d0c5a-0000-11ef-8000-0242ac120002';
const seed = 20251201;

const validation = (body: string): string =>
  `<k:SnilsValidationRequest xmlns:k="http://kvs.pfr.com/snils-validation/1.0.1" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1">${body}</k:SnilsValidationRequest>`;
const names = '<c:FamilyName>Кедрова</c:FamilyName><c:FirstName>Анна</c:FirstName>';
const number = '<k:Snils>11223344595</k:Snils>';
const disabled = (body: string): string =>
  `<d:DisabledDataRequest xmlns:d="http://kvs.fri.com/disabled-data/1.0.7">${body}</d:DisabledDataRequest>`;
const pack = `<d:PackageUUID>${UUID}</d:PackageUUID><d:DocTypeCode>MSE</d:DocTypeCode><d:DocTypeVersion>1</d:DocTypeVersion>`;

describe('formats without a published schema', () => {
  it(`snils-validation accepts the published sample${absent}`, function () {
    if (!HAVE) this.skip();
    expect(judgeOf(VALIDATION)(readFileSync(join(SAMPLES, 'pfr/validSnilsRequest.xml')))).to.equal(undefined);
  });

  it(`disabled-data accepts the bodies of the known envelopes, filled in${absent}`, function () {
    if (!HAVE) this.skip();
    const folder = join(SAMPLES, 'fri/smev-envelope-templates');
    const bodies = readdirSync(folder)
      .filter((file) => file.startsWith('DisabledData'))
      .map((file) => bodyOf(readFileSync(join(folder, file), 'utf8')));
    expect(bodies).to.have.length(3);
    for (const body of bodies) expect(judgeOf(DISABLED)(body), body).to.equal(undefined);
  });

  const accepted: readonly [string, string, string][] = [
    ['a person without a patronymic', VALIDATION, validation(`${names}${number}<k:Gender>Female</k:Gender>`)],
    [
      'the day of birth after the sex',
      VALIDATION,
      validation(`${names}${number}<k:Gender>Female</k:Gender><k:BirthDate>1986-03-08</k:BirthDate>`),
    ],
    ['a new package', DISABLED, disabled(`<d:AddPackage>${pack}</d:AddPackage>`)],
    [
      'a regional package',
      DISABLED,
      disabled(`<d:UpdatePackage>${pack}<d:RegionCode>69</d:RegionCode></d:UpdatePackage>`),
    ],
    [
      'a removal by name alone',
      DISABLED,
      disabled(`<d:DeletePackage><d:PackageUUID>${UUID}</d:PackageUUID></d:DeletePackage>`),
    ],
  ];
  for (const [what, schema, xml] of accepted) {
    it(`accepts ${what}`, () => expect(judgeOf(schema)(xml)).to.equal(undefined));
  }

  const refused: readonly [string, string, string][] = [
    ['a SNILS with hyphens', VALIDATION, validation(`${names}<k:Snils>112-233-445 95</k:Snils>`)],
    ['a person without a SNILS', VALIDATION, validation(names)],
    ['M for Male', VALIDATION, validation(`${names}${number}<k:Gender>M</k:Gender>`)],
    ['two orders in one message', DISABLED, disabled(`<d:AddPackage>${pack}</d:AddPackage>`.repeat(2))],
    ['a removal that describes the document', DISABLED, disabled(`<d:DeletePackage>${pack}</d:DeletePackage>`)],
    ['an order of no known kind', DISABLED, disabled(`<d:Package>${pack}</d:Package>`)],
  ];
  for (const [what, schema, xml] of refused) {
    it(`refuses ${what}`, () => expect(judgeOf(schema)(xml)).to.be.a('string'));
  }

  for (const path of [VALIDATION, DISABLED]) {
    it(`${path.split('/').at(-1)}: documents of its own structure pass, and it notices when they are broken (seed ${seed})`, () => {
      const judge = judgeOf(path);
      for (const { how, xml } of validDocuments(path, 10, seed))
        expect(judge(xml), `${how}: ${xml}`).to.equal(undefined);
      expect(brokenBy(path, 'rename').filter((xml) => judge(xml) === undefined)).to.deep.equal([]);
      expect(brokenBy(path, 'stranger before').filter((xml) => judge(xml) === undefined)).to.deep.equal([]);
    });
  }
});

/** Every document one change of the kind makes of a full one: each must be refused. */
function brokenBy(path: string, kind: string): string[] {
  const schema = new SchemaSet(path);
  const random = seeded(seed);
  const finder = new MutationFinder(schema, random);
  return schema.roots().flatMap((root) =>
    finder
      .find(validDocument(schema, root, { random, fullness: 1 }))
      .filter((mutation) => mutation.kind === kind)
      .map((mutation) => serialize(mutation.apply())),
  );
}

/** The business document of an envelope, its blanks filled in. */
function bodyOf(envelope: string): string {
  const body = /<tns:DisabledDataRequest[\s\S]*<\/tns:DisabledDataRequest>/.exec(envelope)?.[0] ?? '';
  return body
    .replace('<!--packageUUID-->', UUID)
    .replace('<!--docTypeCode-->', 'MSE')
    .replace('<!--docTypeVersion-->', '1')
    .replace('<!--regionCodeVar-->', '<tns:RegionCode>69</tns:RegionCode>');
}
