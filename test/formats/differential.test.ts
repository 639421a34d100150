import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compare } from './differential/compare.js';
import { clone, serialize } from './differential/document-tree.js';
import { validDocuments } from './differential/documents.js';
import { fixture, nodeAt, refuses, repeatFirst, seed } from './differential/fixture.js';
import { judgeOf } from './differential/judge.js';
import { pairs, referencePresent, repository } from './differential/pairs.js';

/** Documents a schema in the ordinary run; the long one (`differential-all.ts`) judges thousands. */
const ordinary = 80;
const smev12 = ['types', 'faults', 'basic'].map((part) => ({
  name: `SMEV 1.2 ${part}`,
  ours: join(repository, `xsd/smev/1.2/smev-message-exchange-${part}-1.2.xsd`),
}));

describe('our schemas alone', () => {
  for (const { name, ours } of [...pairs, ...smev12]) {
    it(`${name} accepts the documents made from its own structure (seed ${seed})`, () => {
      const judge = judgeOf(ours);
      for (const { how, xml } of validDocuments(ours, 4, seed))
        expect(judge(xml), `${how}: ${xml}`).to.equal(undefined);
    });
  }

  const request = fixture('xsd/egisso/10.13.I/2.0.0/10.13.I.xsd', 'requestPackage');
  const fact = fixture('xsd/egisso/10.06.S/1.1.0/10.06.S.xsd', 'data');
  const ack = fixture('xsd/smev/1.2/smev-message-exchange-types-1.2.xsd', 'AckRequest');
  const person = 'elements/requestData/person';
  const receiver = 'package/elements/fact/mszReceiver';

  refuses('a required element left out', request, 'elements', (node) => node.children.splice(0));
  refuses('an element given twice', request, person, (node) => node.children.push(...node.children.map(clone)));
  refuses('two elements in the wrong order', request, 'elements/requestData', (node) => node.children.reverse());
  refuses('an element of an unknown name', request, person, (node) => Object.assign(node, { local: 'Person' }));
  refuses('an element of a foreign namespace', fact, receiver, (node) => Object.assign(node, { namespace: 'urn:x' }));
  refuses('an unknown attribute', request, person, (node) => node.attributes.push({ name: 'id', value: '1' }));
  refuses('a 51st request in a package', request, 'elements', (node) => repeatFirst(node, 51));
  refuses('a SNILS of ten digits', request, `${person}/snils`, (node) => Object.assign(node, { text: '1122334459' }));
  refuses('a SNILS with hyphens', fact, `${receiver}/SNILS`, (node) => Object.assign(node, { text: '112-233-445 95' }));
  refuses('Latin letters in a surname', fact, `${receiver}/FamilyName`, (node) =>
    Object.assign(node, { text: 'Ivanov' }),
  );
  refuses('a surname of 101 letters', fact, `${receiver}/FamilyName`, (node) =>
    Object.assign(node, { text: 'а'.repeat(101) }),
  );
  refuses('M for Male', fact, `${receiver}/Gender`, (node) => Object.assign(node, { text: 'M' }));
  refuses(
    'a date with a time zone in a second generation format',
    request,
    'elements/requestData/reportPeriod/beginDate',
    (node) => Object.assign(node, { text: '2024-02-29+03:00' }),
  );
  refuses('an acknowledgement without Id', ack, 'AckTargetMessage', (node) => node.attributes.splice(0));
  refuses('a message name in capitals', ack, 'AckTargetMessage', (node) =>
    Object.assign(node, { text: '2E3D0C5A-0000-11EF-8000-0242AC120002' }),
  );

  it('10.06.S accepts a date with a time zone, as the first generation does', () => {
    const tree = clone(fact.tree);
    nodeAt(tree, 'package/elements/fact/decisionDate').text = '2024-02-29+03:00';
    expect(fact.judge(serialize(tree))).to.equal(undefined);
  });

  for (const version of ['1.1', '1.2', '1.3']) {
    it(`SMEV ${version} messages and faults together know a fault named by xsi:type`, () => {
      const types = `urn://x-artefacts-smev-gov-ru/services/message-exchange/types/${version}`;
      const faults = `urn://x-artefacts-smev-gov-ru/services/message-exchange/types/faults/${version}`;
      const xml = `<t:AsyncProcessingStatus xmlns:t="${types}" xmlns:f="${faults}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <t:OriginalMessageId>2e3d0c5a-0000-11ef-8000-0242ac120002</t:OriginalMessageId>
        <t:StatusCategory>requestIsRejectedBySmev</t:StatusCategory>
        <t:SmevFault xsi:type="f:InvalidContent"><f:ValidationError errorPosition="-1">текст</f:ValidationError></t:SmevFault>
      </t:AsyncProcessingStatus>`;
      const folder = join(repository, `xsd/smev/${version}`);
      expect(judgeOf(join(folder, `smev-message-exchange-${version}.xsd`))(xml)).to.equal(undefined);
      expect(judgeOf(join(folder, `smev-message-exchange-types-${version}.xsd`))(xml)).to.be.a('string');
    });
  }

  it('a comparison with a schema that differs in one facet finds the difference', () => {
    const ours = join(repository, 'xsd/egisso/10.10.I/1.0.4/10.10.I.xsd');
    const folder = mkdtempSync(join(tmpdir(), 'xsd-'));
    const published = join(folder, '10.10.I.xsd');
    writeFileSync(published, readFileSync(ours, 'utf8').replace(' fixed="true"', ''));
    const { differences } = compare({ name: 'loosened', ours, published, samples: [] }, 200, seed);
    rmSync(folder, { recursive: true });
    expect(differences).to.not.deep.equal([]);
  });
});

describe('our schemas against the published ones', () => {
  for (const pair of pairs) {
    const absent = referencePresent ? '' : ' (skipped: ../shared/reference is absent)';
    it(`${pair.name}: samples and ${ordinary} generated documents get the same verdict (seed ${seed})${absent}`, function () {
      if (!referencePresent) this.skip();
      expect(compare(pair, ordinary, seed).differences).to.deep.equal([]);
    });
  }
});
