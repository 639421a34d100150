import { join } from 'node:path';
import { expect } from 'chai';
import { egissoAdapter } from '../../../adapters/egisso/index.js';
import type { PartnerAdapter, PartnerDelivery } from '../../../src/ports/index.js';
import { type RunningRegistry, startRegistry } from '../../../src/sandbox/egisso/index.js';
import { asking, CARRIER_104, carried, factXml, messageId, packageXml, statementsXml, uuid } from './documents.js';
import { hasPublished, OURS, PUBLISHED, violations } from './xml-check.js';

const NEVER = new AbortController().signal;
const PUBLISHED_XSD = join(PUBLISHED, 'schemas', 'egisso');

/** Every kind of answer the adapter gives, under our schemas and, where they are, under the published ones. */
describe('EGISSO answers are valid', () => {
  let registry: RunningRegistry;
  let adapter: PartnerAdapter;
  before(async () => {
    registry = await startRegistry({ file: ':memory:', host: '127.0.0.1', port: 0, clock: Date, seed: true });
    adapter = egissoAdapter({ url: registry.url, partner: 'EGISSO' });
  });
  after(() => registry.close());

  const good = factXml({ uuid: uuid(1), reason: '92030405040', dateFinish: '2025-01-01' });
  const bad = factXml({ uuid: uuid(2), oszCode: '9999.000001', lmszId: uuid(3), codes: ['7', '7'] });
  const late = factXml({ uuid: uuid(4), decisionDate: '2018-01-01', dateStart: '2018-02-01' });
  const findings = [{ record: uuid(4), type: 2, code: 'own-facts', report: 'д'.repeat(700) }] as const;
  const PACKAGES: readonly (readonly [string, Partial<PartnerDelivery> & { readonly xml: string }])[] = [
    ['a package with good, bad and doubtful records', { xml: packageXml(uuid(100), good + bad + late), findings }],
    ['a package without a good record', { xml: packageXml(uuid(101), bad) }],
    ['an empty package', { xml: packageXml(uuid(102), '') }],
    ['a packageId seen before', { xml: packageXml(uuid(100), good) }],
    ['a message without a package', { xml: '', attachments: [] }],
  ];

  for (const [index, [what, { xml, ...more }]] of PACKAGES.entries()) {
    it(`10.10.I 1.0.3 to ${what}`, async () => {
      const answer = await adapter.deliver(carried(messageId(index), xml, more), NEVER);
      if (answer.kind !== 'answered') throw new Error(answer.kind);
      expect(violations(answer.content, join(OURS, '10.10.I/1.0.3/10.10.I.xsd'))).to.deep.equal([]);
      if (hasPublished) expect(violations(answer.content, join(PUBLISHED_XSD, '10.10.I-1.0.3.xsd'))).to.deep.equal([]);
    });

    it(`10.10.I 1.0.4 to ${what}`, async () => {
      const sent = carried(messageId(index + 50), xml.replace('-000000000100<', '-000000000200<'), more, CARRIER_104);
      const answer = await adapter.deliver(sent, NEVER);
      if (answer.kind !== 'answered') throw new Error(answer.kind);
      expect(violations(answer.content, join(OURS, '10.10.I/1.0.4/10.10.I.xsd'))).to.deep.equal([]);
      const protocol = Buffer.from(answer.attachments[0]?.content ?? []).toString();
      expect(violations(inVersion103(protocol), join(OURS, 'types/package-protocol/1.0.3.xsd'))).to.deep.equal([]);
      if (!hasPublished) return;
      expect(violations(answer.content, join(PUBLISHED_XSD, '10.10.I-1.0.4.xsd'))).to.deep.equal([]);
      const schema = join(PUBLISHED_XSD, 'schemas/egisso/package-protocol-1.0.4.xsd');
      expect(violations(protocol, schema)).to.deep.equal([]);
    });
  }

  it('10.13.I 2.0.0 to requests of every kind', async () => {
    const requests = [
      { snils: '11737784886', everything: true, beginDate: '2019-01-01' },
      { snils: '90000000283', everything: true },
      { snils: '12345678900' },
      { snils: '11223344595', include: false },
      { snils: '11223344595', beginDate: '2021-01-01', endDate: '2020-01-01' },
    ];
    expect(violations(statementsXml(uuid(800), requests), join(OURS, '10.13.I/2.0.0/10.13.I.xsd'))).to.deep.equal([]);
    const answer = await adapter.deliver(asking(messageId(100), requests), NEVER);
    if (answer.kind !== 'answered') throw new Error(answer.kind);
    expect(violations(answer.content, join(OURS, '10.13.I/2.0.0/10.13.I.xsd'))).to.deep.equal([]);
    if (hasPublished) expect(violations(answer.content, join(PUBLISHED_XSD, '10.13.I-2.0.0.xsd'))).to.deep.equal([]);
  });

  it('and what the tests send is a valid 10.06.S 1.1.0', () => {
    const xml = packageXml(uuid(1), good + bad + late);
    expect(violations(xml, join(OURS, '10.06.S/1.1.0/10.06.S.xsd'))).to.deep.equal([]);
  });
});

/** The two versions of the protocol differ in their namespaces only (and in a longer error text). */
function inVersion103(protocol: string): string {
  return protocol
    .replaceAll('package-protocol/1.0.4', 'package-protocol/1.0.3')
    .replaceAll('package-result/1.0.4', 'package-result/1.0.2')
    .replaceAll('record-result/1.0.4', 'record-result/1.0.3')
    .replaceAll('basic/1.0.6', 'basic/1.0.3');
}
