import { expect } from 'chai';
import { egissoAdapter } from '../../../adapters/egisso/index.js';
import type { PartnerAdapter, PartnerAnswer, PartnerDelivery } from '../../../src/ports/index.js';
import { type RunningRegistry, startRegistry } from '../../../src/sandbox/egisso/index.js';
import {
  asking,
  CARRIER_104,
  carried,
  delivery,
  eventXml,
  factXml,
  messageId,
  packageXml,
  type RequestSketch,
  uuid,
  xmlAttachment,
} from './documents.js';
import { treeOf } from './xml-check.js';

const NEVER = new AbortController().signal;
const PERSON = '91020304020';

describe('EGISSO adapter with the real registry', () => {
  let registry: RunningRegistry;
  let adapter: PartnerAdapter;
  let last = 0;

  beforeEach(async () => {
    const clock = { now: () => Date.UTC(2024, 1, 29, 21, 0, 0) };
    registry = await startRegistry({ file: ':memory:', host: '127.0.0.1', port: 0, clock, seed: true });
    adapter = egissoAdapter({ url: registry.url, partner: 'EGISSO' });
  });
  afterEach(() => registry.close());

  async function content(sent: PartnerDelivery): Promise<string> {
    const answer = await adapter.deliver(sent, NEVER);
    if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer));
    return answer.content;
  }
  const send = (elements: string, more: Partial<PartnerDelivery> = {}) => {
    last += 1;
    return content(carried(messageId(last), packageXml(uuid(10_000 + last), elements), more));
  };
  const ask = (request: Partial<RequestSketch> = {}, more: Partial<PartnerDelivery> = {}) => {
    last += 1;
    return content(asking(messageId(last), [{ snils: PERSON, ...request }], more));
  };

  it('stores a new fact and shows it to whoever asks about the recipient or the reason person', async () => {
    const stored = await send(factXml({ uuid: uuid(1), reason: '92030405040' }));
    expect(stored).to.contain('recNum>1<'.replace('rec', 'record')).and.to.contain('recordOK>true<');
    for (const snils of [PERSON, '92030405040']) {
      const shown = await ask({ snils });
      expect(shown).to.contain(`snils>${snils}<`);
      expect(shown).to.contain('reasonPerson>').and.to.contain('surname>Вторая<');
      expect(shown).to.contain('patronymic>Ивановна</b:patronymic><b:forename>Вера<');
      expect(shown).to.contain('amount>1500.50<').and.to.contain('decisionDate>2020-03-10<');
      expect(shown, 'the zone +12:00 goes, the day stays').to.contain('dateStart>2020-04-01<');
    }
  });

  it('answers a person nobody knows with an empty statement, whatever the control number', async () => {
    const shown = await ask({ snils: '12345678900' });
    expect(shown).to.contain('<s:person><b:snils>12345678900</b:snils></s:person><s:assignments/></s:statementData>');
  });

  it('applies corrections, ends and deletions, and shows the state in force', async () => {
    await send([1, 2, 3, 4].map((n) => factXml({ uuid: uuid(n) })).join(''));
    const corrected = factXml({
      dateStart: '2020-05-05',
      info: '<f:monetaryForm><f:amount>77.10</f:amount></f:monetaryForm>',
    });
    const protocol = await send(
      eventXml('alterationBasedOnRecalculation', uuid(11), uuid(2), '<p:amount>999.9</p:amount>') +
        eventXml('alterationBasedOnPreviousErrors', uuid(12), uuid(1), corrected) +
        eventXml('terminationBasedOnEndOfRight', uuid(13), uuid(3), '<p:dateFinish>2020-06-30Z</p:dateFinish>') +
        eventXml('duplicatesInvalidation', uuid(14), uuid(4)),
    );
    expect(protocol).to.contain('recordNumSuccess>4<');
    const shown = await ask();
    expect(shown.match(/<s:assignment>/g)).to.have.length(3);
    expect([...shown.matchAll(/s:amount>([^<]+)</g)].map(([, amount]) => amount)).to.deep.equal([
      '77.10',
      '999.90',
      '1500.50',
    ]);
    expect(shown).to.contain('dateStart>2020-05-05<').and.to.contain('dateFinish>2020-06-30<');
  });

  it('has one effect for one MessageID, and tells the second time what it told the first', async () => {
    const sent = carried(messageId(1), packageXml(uuid(1), factXml({ uuid: uuid(2) })));
    const first = await content(sent);
    expect(await content(sent)).to.equal(first);
    expect(await adapter.ask(messageId(1), NEVER)).to.deep.equal({ kind: 'answered', content: first, attachments: [] });
    expect((await ask()).match(/<s:assignment>/g)).to.have.length(1);
  });

  it('remembers in which version of the carrier the message came when it is asked later', async () => {
    const sent = carried(messageId(1), packageXml(uuid(1), factXml({ uuid: uuid(2) })), {}, CARRIER_104);
    const first = await adapter.deliver(sent, NEVER);
    expect(await adapter.ask(messageId(1), NEVER)).to.deep.equal(first);
  });

  it('answers 10.10.I 1.0.4 with the protocol as an attachment', async () => {
    const sent = carried(messageId(1), packageXml(uuid(1), factXml({ uuid: uuid(2) })), {}, CARRIER_104);
    const answer = await adapter.deliver(sent, NEVER);
    if (answer.kind !== 'answered') throw new Error(answer.kind);
    expect(treeOf(answer.content)).to.deep.equal([
      `{${CARRIER_104}}response`,
      [[`{${CARRIER_104}}attachment`, 'true']],
    ]);
    const [attachment] = answer.attachments;
    expect(attachment).to.include({ contentId: 'protocol', mimeType: 'application/xml' });
    const [root] = treeOf(Buffer.from(attachment?.content ?? []).toString());
    expect(root).to.equal('{urn://egisso-ru/types/package-protocol/1.0.4}protocol');
  });

  it('merges the findings of the gateway: an error refuses its record only, a warning is told', async () => {
    const findings = [
      { record: uuid(1).toUpperCase(), type: 1, report: 'ошибка шлюза' },
      { record: uuid(2), type: 2, code: '123', report: 'предупреждение <шлюза> & "ко"' },
    ] as const;
    const protocol = await send(factXml({ uuid: uuid(1) }) + factXml({ uuid: uuid(2) }), { findings });
    expect(protocol).to.contain('recordNum>2<').and.to.contain('recordNumSuccess>1<').and.to.contain('ошибка шлюза');
    expect(protocol).to.contain('ruleCode>123<').and.to.contain('&lt;шлюза&gt; &amp; &quot;ко&quot;');
    expect((await ask()).match(/<s:assignment>/g)).to.have.length(1);
  });

  it('answers fully to a test message and changes nothing', async () => {
    const xml = factXml({ uuid: uuid(1) });
    const tested = await send(xml, { test: true });
    expect(tested).to.contain('recordNumSuccess>1<');
    expect(await ask()).to.contain('<s:assignments/>');
    expect(await adapter.ask(messageId(last - 1), NEVER)).to.include({ kind: 'later' });
    const real = await content(carried(messageId(900), packageXml(uuid(10_000 + last - 1), xml)));
    expect(real, 'packageId, uuid and MessageID are still free').to.contain('recordNumSuccess>1<');
  });

  for (const [what, attachments] of [
    ['no attachment', []],
    ['no 10.06.S 1.1.0 attachment', [xmlAttachment('<data xmlns="urn://egisso-ru/msg/10.06.S/1.0.7"/>')]],
    [
      'an attachment that is no XML',
      [{ contentId: 'a', mimeType: 'image/png', content: Buffer.from([137, 80, 78, 71]) }],
    ],
    ['two packages', [1, 2].map((n) => xmlAttachment(packageXml(uuid(n), factXml({ uuid: uuid(n + 2) }))))],
    ['a packageId that is no UUID', [xmlAttachment(packageXml('1', factXml({ uuid: uuid(2) })))]],
  ] as const) {
    it(`answers a message with ${what} by the protocol of a message, not of a package`, async () => {
      const protocol = await content(carried(messageId(1), '', { attachments }));
      expect(protocol).to.contain('p:messageResult').and.to.contain('b:message>').and.not.to.contain('packageResult');
      expect(protocol).to.contain('receivingTime>2024-02-29T23:59:58.500+03:00<');
      expect(await adapter.ask(messageId(1), NEVER)).to.deep.equal({
        kind: 'answered',
        content: protocol,
        attachments: [],
      });
    });
  }

  it('refuses a packageId that was used before as a whole', async () => {
    await content(carried(messageId(1), packageXml(uuid(1), factXml({ uuid: uuid(2) }))));
    const again = await content(carried(messageId(2), packageXml(uuid(1), factXml({ uuid: uuid(3) }))));
    expect(again)
      .to.contain('messageResult')
      .and.to.contain(`${uuid(1)} уже загружен`);
    expect((await ask()).match(/<s:assignment>/g)).to.have.length(1);
  });

  it('prints no count that the schema cannot hold for an empty package', async () => {
    const protocol = await send('');
    expect(protocol).to.contain('packageResult').and.not.to.contain('recordNum').and.not.to.contain('errorRecords');
  });

  it('rejects a format it does not serve', async () => {
    const format = { namespace: 'urn://egisso-ru/msg/10.05.I/2.1.0', local: 'request' };
    const answer: PartnerAnswer = await adapter.deliver(delivery(messageId(1), format, '<request/>'), NEVER);
    expect(answer).to.include({ kind: 'rejected', code: 'UNKNOWN_REQUEST_DESCRIPTION' });
  });

  it('carries every form of granting with its unit and words', async () => {
    const forms = [
      '<f:naturalForm><f:amount>2.005</f:amount><f:okeiCode>796</f:okeiCode><f:content>Наб&#1086;р &amp; пакет</f:content><f:equivalentAmount>10</f:equivalentAmount></f:naturalForm>',
      '<f:exemptionForm><f:amount>50</f:amount><f:measuryCode>05</f:measuryCode><f:monetization>1</f:monetization><f:comment>льгота</f:comment><f:equivalentAmount>10</f:equivalentAmount></f:exemptionForm>',
      '<f:serviceForm><f:amount> +3 </f:amount><f:OKEICode>796</f:OKEICode><f:equivalentAmount>10</f:equivalentAmount></f:serviceForm>',
    ];
    await send(forms.map((info, n) => factXml({ uuid: uuid(n + 1), info })).join(''));
    const shown = await ask();
    expect(
      [...shown.matchAll(/form>(\d\d)<.*?amount>([^<]+)<.*?measureUnit>(\d\d)</g)].map((m) => m.slice(1)),
    ).to.deep.equal([
      ['02', '2.01', '03'],
      ['03', '50.00', '05'],
      ['04', '3.00', '03'],
    ]);
    expect(shown).to.contain('description>Набор &amp; пакет<').and.to.contain('comment>льгота<');
    expect((await ask({ filter: '<q:form>03</q:form>' })).match(/<s:assignment>/g)).to.have.length(1);
  });

  it('takes a package at the limit of the format: 1000 facts', async () => {
    const facts = Array.from({ length: 1000 }, (_, n) => factXml({ uuid: uuid(n + 1) })).join('');
    expect(await send(facts)).to.contain('recordNumSuccess>1000<');
  });
});
