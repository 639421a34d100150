import { join } from 'node:path';
import { expect } from 'chai';
import { egissoAdapter } from '../../../adapters/egisso/index.js';
import type { PartnerAdapter, PartnerAnswer } from '../../../src/ports/index.js';
import { type RunningRegistry, startRegistry } from '../../../src/sandbox/egisso/index.js';
import {
  asking,
  CARRIER_104,
  carried,
  delivery,
  factXml,
  messageId,
  packageXml,
  STATEMENTS,
  uuid,
} from './documents.js';
import { hasPublished, PUBLISHED, published, treeOf, violations } from './xml-check.js';

const NEVER = new AbortController().signal;
const XSD = join(PUBLISHED, 'schemas', 'egisso');

function answered(answer: PartnerAnswer) {
  if (answer.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(answer)}`);
  return answer;
}

function notes(xml: string): string[] {
  const reports = [...xml.matchAll(/report>([^<]*)</g)].map(([, report = '']) => report.trim());
  return reports.map((report) => report.replaceAll('&quot;', '"'));
}

describe('EGISSO, the published samples (../shared; twins on generated data: registry-exchange, answers-schema)', () => {
  let registry: RunningRegistry;
  let adapter: PartnerAdapter;

  before(async function () {
    if (!hasPublished) this.skip();
    registry = await startRegistry({ file: ':memory:', host: '127.0.0.1', port: 0, clock: Date, seed: true });
    adapter = egissoAdapter({ url: registry.url, partner: 'EGISSO' });
  });
  after(() => registry?.close());

  for (const number of [0, 1]) {
    it(`10.13.I 2.0.0 request.${number} is answered as response.${number}`, async () => {
      const request = published(`samples/egisso/10.13.I-2.0.0.request.${number}.xml`);
      const format = { namespace: STATEMENTS, local: 'requestPackage' };
      const answer = answered(await adapter.deliver(delivery(messageId(number), format, request), NEVER));
      const expected = published(`samples/egisso/10.13.I-2.0.0.response.${number}.xml`);
      expect(treeOf(answer.content)).to.deep.equal(treeOf(expected));
      expect(violations(answer.content, join(XSD, '10.13.I-2.0.0.xsd'))).to.deep.equal([]);
    });
  }

  it('the derived 10.06.S 1.1.0 package is stored without a note, and a statement shows its fact', async () => {
    const xml = published('samples/derived/10.06.S-1.1.0.from-etalon-1.0.7.xml');
    const { content } = answered(await adapter.deliver(carried(messageId(10), xml), NEVER));
    expect(violations(content, join(XSD, '10.10.I-1.0.3.xsd'))).to.deep.equal([]);
    expect(content).to.contain('recordOK>true<').and.not.to.contain('messageType');
    expect(content).to.contain('recordNumSuccess>1<').and.to.contain('35905ecc-c283-4675-96d7-ca1f10cc0001');

    const asked = answered(
      await adapter.deliver(asking(messageId(11), [{ snils: '05686067192' }, { snils: '07056788083' }]), NEVER),
    );
    expect(violations(asked.content, join(XSD, '10.13.I-2.0.0.xsd'))).to.deep.equal([]);
    // Once for the recipient, once for the reason person: the day stays as written, the zone goes.
    expect(asked.content.match(/dateStart>2019-11-12</g)).to.have.length(2);
    expect(asked.content.match(/amount>14506\.00</g)).to.have.length(2);
    expect(asked.content).to.contain('forename>Иван<').and.to.contain('dateFinish>2030-11-12<');
  });

  it('a refused record gets the codes and texts of the published rejected protocol, in its order', async () => {
    const sketch = {
      uuid: uuid(12),
      lmszId: 'bb553ff1-42c3-4e13-b07f-5033b5a41ad7',
      codes: ['000001', '000001', '000009'],
    };
    const xml = packageXml(uuid(112), factXml(sketch));
    const { content } = answered(await adapter.deliver(carried(messageId(12), xml), NEVER));
    const published059 = published('samples/pairs/10.06.S-1.0.6/2/Response.xml').replaceAll('000002', '000009');
    expect(notes(content)).to.deep.equal(notes(published059));
  });

  it('warning 019 is worded as in the published accepted protocol', async () => {
    const days = { decisionDate: '2019-04-30+04:00', dateStart: '2019-05-01+04:00', dateFinish: '2030-05-01+04:00' };
    const xml = packageXml(uuid(113), factXml({ uuid: uuid(13), ...days }));
    const { content } = answered(await adapter.deliver(carried(messageId(13), xml), NEVER));
    expect(notes(content)).to.deep.equal(notes(published('samples/pairs/10.06.S-1.0.6/1/Response.xml')));
    expect(content).to.contain('recordOK>true<');
  });

  it('the published 10.10.I 1.0.4 request is answered with the protocol as a document under its own schema', async () => {
    const xml = published('samples/derived/10.06.S-1.1.0.from-etalon-1.0.7.xml').replaceAll(
      'ca1f10cc0001',
      'ca1f10cc0004',
    );
    const content = Buffer.from(published('samples/egisso/10.10.I-1.0.4.request.1.xml'));
    const answer = answered(await adapter.deliver(carried(messageId(14), xml, { content }, CARRIER_104), NEVER));
    expect(violations(answer.content, join(XSD, '10.10.I-1.0.4.xsd'))).to.deep.equal([]);
    const [protocol] = answer.attachments;
    const document = Buffer.from(protocol?.content ?? []).toString();
    expect(violations(document, join(XSD, 'schemas/egisso/package-protocol-1.0.4.xsd'))).to.deep.equal([]);
  });
});
