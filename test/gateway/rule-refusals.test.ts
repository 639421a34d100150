/** Findings of the gateway's rules: told with the acceptance, or refusing where a format says so. */
import { expect } from 'chai';
import { Catalogue, type Format } from '../../src/formats/index.js';
import type { Snapshot } from '../../src/participants/index.js';
import type { Verdict } from '../../src/pipeline/index.js';
import { announcement, factsFile } from './contents.js';
import { expectRefused } from './refusals.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const WRONG = '64003696973';
const announced = (text: string) => ({
  attachments: [{ contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(text) }],
});
const refusing = ({ data }: Catalogue) =>
  new Catalogue({
    ...data,
    formats: data.formats.map(
      (format): Format =>
        format.id === '10.06.S'
          ? { ...format, rules: { ...format.rules, refuses: ['snils-checksum', 'grounds-named'] } }
          : format,
    ),
  });

describe('findings of business rules', () => {
  let gateway: TestGateway;
  afterEach(async () => {
    await gateway.checkInvariants();
    await gateway.close();
  });

  it('travel with the acceptance: a warning beside recordOK, an error beside its record alone', async () => {
    gateway = await testGateway({ threads: 1 });
    const region = gateway.as('REG001');
    const protocolOf = async (snils: string) => {
      expect((await region.sendRequest(announcement(), announced(factsFile({ snils })))).fault).to.equal(undefined);
      const answer = await region.waitForResponse();
      await region.ack(answer.messageId!);
      return answer.content;
    };
    const warned = await protocolOf('64003696972');
    expect(warned)
      .to.match(/recordOK>true</)
      .and.to.match(/messageType>2</);
    expect(warned)
      .to.include('Не указаны ни документы')
      .and.not.to.match(/messageType>1</);
    const refused = await protocolOf(WRONG);
    expect(refused)
      .to.match(/recordOK>false</)
      .and.to.match(/messageType>1</)
      .and.to.match(/messageType>2</);
    expect(refused).to.include(`${WRONG} не корректно: контрольное число должно быть 72`);
  });

  it('are shown by preflight before anything is sent', async () => {
    gateway = await testGateway({ threads: 1 });
    const wire = await gateway.as('REG001').buildRequest(announcement(), announced(factsFile({ snils: WRONG })));
    const response = await fetch(`${gateway.url}/api/v1/preflight?version=1.2`, {
      method: 'POST',
      headers: { 'Content-Type': wire.contentType, Authorization: `Bearer ${gateway.token}` },
      body: wire.body,
    });
    const { verdict, faults, findings } = (await response.json()) as Verdict;
    expect({ verdict, faults }).to.deep.equal({ verdict: 'accepted', faults: [] });
    expect(findings?.map((f) => f.type)).to.deep.equal([1, 2]);
  });

  it('refuse the message where its format lets them: errors with file, line and path, never warnings', async () => {
    gateway = await testGateway({ threads: 1, catalogue: refusing });
    const region = gateway.as('REG001');
    const broken = await region.buildRequest(announcement(), announced(factsFile({ snils: WRONG })));
    const answer = await expectRefused(gateway, region, broken, {
      code: 'InvalidContent',
      onRecord: true,
      says: ['нарушают правила вида сведений: нарушений 1'],
      errors: [
        /^вложение facts\.xml, строка 4, столбец \d+, \/d:data\/p:package\/.*\/i:SNILS: .*контрольное число должно быть 72/,
      ],
    });
    expect(answer.fault!.errors).to.have.length(1);
    const sent = await region.sendRequest(announcement(), announced(factsFile({ snils: '64003696972' })));
    expect(sent.fault, 'a warning of a refusing rule').to.equal(undefined);
  });

  it('refuse it through a status where the content is checked after the answer', async () => {
    const snapshot = (plain: Snapshot): Snapshot => ({
      ...plain,
      participants: plain.participants.map((p) => ({ ...p, contentChecks: 'smev' })),
    });
    gateway = await testGateway({ threads: 1, catalogue: refusing, snapshot });
    const region = gateway.as('REG001');
    const sent = await region.sendRequest(announcement(), announced(factsFile({ snils: WRONG })));
    expect(sent.valueOf('Status')).to.equal('requestIsQueued');
    const told = await region.waitForResponse();
    expect(told.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
    expect(told.valueOf('Description')).to.match(/^SMEV-403:.*нарушают правила вида сведений/);
    expect(told.all('ValidationError')).to.have.length(1);
    await region.ack(told.messageId!);
  });
});
