import { expect } from 'chai';
import {
  ROUTING_CODES,
  type RoutingStatus,
  readRegistry,
  readRouting,
  readRoutingStatus,
  routingElement,
  routingInformation,
  routingStatusElement,
} from '../../src/envelope/index.js';
import { isXmlProblem, parseXml, type XmlTree } from '../../src/xml/index.js';
import { OWN, schemasOf } from './schemas.js';

const ID = '9fd42960-c041-11f0-8de9-0242ac120002';
const SIGNATURE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"></ds:Signature>';
const DIRECTIVE = 'urn://x-artefacts-smev-gov-ru/services/message-exchange/types/directive/1.3';

function tree(text: string): XmlTree {
  const parsed = parseXml(Buffer.from(text));
  if (isXmlProblem(parsed)) throw new Error(parsed.textEn);
  return parsed;
}

describe('rout:Routing', () => {
  const schemas = schemasOf(OWN('1.3'));

  it('is read as it was built, values to the last blank', () => {
    const routing = {
      dynamic: [' 77 ', '<&>'],
      identifiers: ['север'],
      records: [
        { recordId: -5, useGeneral: true },
        { recordId: 6, dynamic: ['1'], identifiers: ['2', '3'] },
      ],
    };
    const text = routingElement(routingInformation(ID, routing, 'R'), SIGNATURE);
    expect(schemas.validate(text)).to.equal(undefined);
    const parsed = tree(text);
    const { information, signatureBlock, ...read } = readRouting(parsed, parsed.root);
    expect(parsed.attribute(information, 'Id')).to.equal('R');
    expect(parsed.localNameOf(signatureBlock)).to.equal('RoutingSignature');
    expect(read).to.deep.equal({
      messageId: ID,
      dynamic: [' 77 ', '<&>'],
      identifiers: ['север'],
      records: [
        { recordId: -5, useGeneral: true, dynamic: [], identifiers: [] },
        { recordId: 6, useGeneral: false, dynamic: ['1'], identifiers: ['2', '3'] },
      ],
    });
  });

  it('is read in every lexical form of its numbers and booleans', () => {
    const record = (id: string, use: string) =>
      `<r:RegistryRecordRouting><r:RecordId>${id}</r:RecordId><r:UseGeneralRouting>${use}</r:UseGeneralRouting></r:RegistryRecordRouting>`;
    const records = record(' +007 ', '1') + record('8', ' true\n') + record('9', '0');
    const text = routingElement(routingInformation(ID, { records: [{ recordId: 1 }] }, 'R'), SIGNATURE).replace(
      /<rout:RegistryRouting>.*<\/rout:RegistryRouting>/,
      `<r:RegistryRouting xmlns:r="urn://x-artefacts-smev-gov-ru/services/message-exchange/types/routing/1.3">${records}</r:RegistryRouting>`,
    );
    expect(schemas.validate(text)).to.equal(undefined);
    const parsed = tree(text);
    const read = readRouting(parsed, parsed.root).records!.map((r) => [r.recordId, r.useGeneral]);
    expect(read).to.deep.equal([
      [7, true],
      [8, true],
      [9, false],
    ]);
  });
});

describe('rout:RoutingStatus', () => {
  it('is read as it was built, with every code, and valid', () => {
    const values = ROUTING_CODES.map((code) => ({ value: `<${code}>`, code }));
    const status: RoutingStatus = {
      dynamic: values,
      identifiers: values.toReversed(),
      records: ROUTING_CODES.map((code, recordId) => ({ recordId, code, dynamic: values, identifiers: [] })),
    };
    const text = routingStatusElement(status);
    expect(schemasOf(OWN('1.3')).validate(text)).to.equal(undefined);
    const parsed = tree(text);
    expect(readRoutingStatus(parsed, parsed.root)).to.deep.equal(status);
  });
});

describe('direct:Registry', () => {
  const record = (id: string, inside: string) =>
    `<RegistryRecord><RecordId>${id}</RecordId><Record>${inside}</Record></RegistryRecord>`;
  const whole = '<RecordContent><a xmlns="urn:a"></a></RecordContent><PersonalSignature/><PersonalSignature/>';
  const idsIn = (text: string) => {
    const parsed = tree(text);
    return readRegistry(parsed, parsed.root).map((r) => [r.recordId, r.personalSignatures.length]);
  };

  it('is the content or a child of it', () => {
    const registry = `<Registry xmlns="${DIRECTIVE}">${record(' 1 ', whole)}${record('02', whole)}</Registry>`;
    const found = [
      [1, 2],
      [2, 2],
    ];
    expect(idsIn(registry)).to.deep.equal(found);
    expect(idsIn(`<n:ask xmlns:n="urn:n"><n:text></n:text>${registry}</n:ask>`)).to.deep.equal(found);
    expect(idsIn(`<n:ask xmlns:n="urn:n"><n:deeper>${registry}</n:deeper></n:ask>`)).to.deep.equal([]);
  });

  it('passes over what is no whole record: no schema of ours has judged it', () => {
    const bad = [
      record('x', whole),
      record('', whole),
      record('3', ''),
      '<RegistryRecord></RegistryRecord>',
      '<other/>',
    ];
    expect(idsIn(`<Registry xmlns="${DIRECTIVE}">${bad.join('')}${record('4', whole)}</Registry>`)).to.deep.equal([
      [4, 2],
    ]);
    expect(idsIn('<Registry xmlns="urn:other"></Registry>')).to.deep.equal([]);
  });
});
