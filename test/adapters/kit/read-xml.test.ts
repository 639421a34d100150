import { expect } from 'chai';
import { packageFromXml } from '../../../adapters/egisso/package-from-xml.js';
import {
  child,
  dayIn,
  every,
  flagIn,
  readXml,
  rootOf,
  textIn,
  textsIn,
  tokenIn,
  writeXml,
} from '../../../adapters/kit/index.js';
import { eventXml, factXml, packageXml, uuid } from '../egisso/documents.js';

const read = (xml: string) => readXml(Buffer.from(xml));

describe('Reading verified XML', () => {
  it('keeps text as written and decodes references once', () => {
    const node = read('<a:r xmlns:a="u"><a:t> 007 &amp;lt; &#xD;&#1078;<![CDATA[<b>]]>&quot;</a:t></a:r>');
    expect(textIn(node, 't')).to.equal(' 007 &lt; \rж<b>"');
  });

  it('makes no difference between one element, several and none', () => {
    const node = read('<r><x>1</x><y><z/></y><x>2</x></r>');
    expect(textsIn(node, 'x')).to.deep.equal(['1', '2']);
    expect(every(node, 'y')).to.have.length(1);
    expect(child(node, 'y')).to.deep.equal({ z: '' });
    expect([every(node, 'none'), textIn(node, 'none'), child(node, 'toString')]).to.deep.equal([
      [],
      undefined,
      undefined,
    ]);
  });

  it('reads booleans, days and codes as XML Schema does', () => {
    const node = read(
      '<r><a> 1 </a><b>true</b><c>0</c><d> 2019-11-10+04:00 </d><e>2019-11-10Z</e><f>2019-11-10</f></r>',
    );
    expect([flagIn(node, 'a'), flagIn(node, 'b'), flagIn(node, 'c'), flagIn(node, 'z')]).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
    expect(['d', 'e', 'f'].map((name) => dayIn(node, name))).to.deep.equal(Array(3).fill('2019-11-10'));
    expect(tokenIn(node, 'a')).to.equal('1');
  });

  it('does not count references: a full package may hold many', () => {
    expect(textIn(read(`<r><t>${'&quot;'.repeat(50_000)}</t></r>`), 't')).to.have.length(50_000);
  });

  for (const [xml, namespace, local] of [
    ['<data xmlns="urn:a"/>', 'urn:a', 'data'],
    ["\uFEFF<?xml version='1.0'?>\n<!-- <x> --><p:data\n xmlns:q='urn:b' xmlns:p = 'urn:a'>", 'urn:a', 'data'],
    ['<data a="xmlns=\'urn:b\'" xmlns="urn:a"></data>', 'urn:a', 'data'],
    ['<data/>', '', 'data'],
  ] as const) {
    it(`finds the root's name in ${JSON.stringify(xml)}`, () => {
      expect(rootOf(Buffer.from(xml))).to.deep.equal({ namespace, local });
    });
  }

  it('finds no root in what is not XML', () => {
    for (const octets of [Buffer.from(''), Buffer.from('%PDF-1.4 <data'), Buffer.from([0xff, 0xfe, 0])]) {
      expect(rootOf(octets)).to.equal(undefined);
    }
  });

  it('and what is written is read back', () => {
    const text = ' <&>"\'\r\n]]> ё ';
    expect(textIn(read(writeXml('r', { '@xmlns': 'u', t: text })), 't')).to.equal(text);
    expect(writeXml('r', { a: '', b: [], c: ['1', '2'], d: { e: '' } })).to.equal(
      '<r><a/><c>1</c><c>2</c><d><e/></d></r>',
    );
  });
});

describe('A 10.06.S package as JSON', () => {
  it('keeps the elements in the order of the document', () => {
    const xml =
      factXml({ uuid: uuid(2) }) +
      factXml({ uuid: uuid(1) }) +
      eventXml('alterationBasedOnRecalculation', uuid(3), uuid(1), '<p:amount> 5 </p:amount>') +
      eventXml(
        'terminationBasedOnRecipientRefusal',
        uuid(4),
        uuid(1),
        '<p:dateFinish>2020-01-01-11:00</p:dateFinish><p:amount>1</p:amount><p:quantity>2</p:quantity>',
      ) +
      eventXml('errorsInvalidation', uuid(5), uuid(2), '<p:providerCode>0036.000002</p:providerCode>');
    const { packageId, elements } = packageFromXml(read(packageXml(uuid(9), xml)));
    expect(packageId).to.equal(uuid(9));
    expect(elements.map((element) => element.uuid)).to.deep.equal([2, 1, 3, 4, 5].map(uuid));
    expect(elements.slice(2)).to.deep.equal([
      { kind: 'alterationBasedOnRecalculation', uuid: uuid(3), factUuid: uuid(1), amount: '5' },
      {
        kind: 'terminationBasedOnRecipientRefusal',
        uuid: uuid(4),
        factUuid: uuid(1),
        amount: '1',
        quantity: '2',
        dateFinish: '2020-01-01',
      },
      { kind: 'errorsInvalidation', uuid: uuid(5), factUuid: uuid(2), providerCode: '0036.000002' },
    ]);
  });

  it('carries every field of a fact', () => {
    const xml = factXml({
      uuid: uuid(1),
      reason: '92030405040',
      dateFinish: '2021-01-01+14:00',
      codes: ['000001', '2'],
    });
    const [element] = packageFromXml(read(packageXml(uuid(9), xml))).elements;
    const person = {
      firstName: 'Вера',
      patronymic: 'Ивановна',
      gender: 'Female',
      birthDate: '1988-05-05',
      particulars: { Citizenship: '643' },
    };
    expect(element?.fact).to.deep.equal({
      oszCode: '0001.000001',
      receiver: { snils: '91020304020', familyName: 'Первая', ...person },
      reasonPersons: [
        { person: { snils: '92030405040', familyName: 'Вторая', ...person }, kinshipTypeCode: '0411011' },
      ],
      lmszId: '4ae1c390-523c-4462-b90c-75ecc7ae9bc3',
      categoryId: 'c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9',
      decisionDate: '2020-03-10',
      dateStart: '2020-04-01',
      dateFinish: '2021-01-01',
      criteria: { used: true, codes: ['000001', '2'] },
      assignment: { form: '01', amount: '1500,50' },
    });
  });
});
