/** Where a request goes: by name, by RoutingCode, by rout:Routing, to several recipients, and what its sender is told. */
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { isFailure, type ReceivedResponse, type RequestToSend, type Sent } from '../../src/client/index.js';
import { ROUTING_CODES, type RoutingCode, type RoutingStatus } from '../../src/envelope/index.js';
import { openLeaf } from '../../src/journal/index.js';
import { VERSIONS } from '../../src/message/index.js';
import { REFERENCE, schemasOf } from '../envelope/schemas.js';
import { Answer } from './answer.js';
import { eventually, schemaProblem, statesOf } from './pull-world.js';
import { type Expected, expectRefused } from './refusals.js';
import { answer, ask, type RoutingWorld, record, registry, routingWorld, signedRouting } from './routing-world.js';
import type { Sender } from './sender.js';

const SHARED = existsSync(REFERENCE('1.3')) ? '' : ' (needs ../shared)';

describe('routing', () => {
  let world: RoutingWorld;
  let agency: Sender;
  /** Statuses the sender was given, as they came. */
  const told: ReceivedResponse[] = [];
  before(async () => {
    world = await routingWorld();
    agency = world.as('FED001');
  });
  after(() => world.close());
  afterEach(() => world.checkInvariants());

  const sent = async (
    request: RequestToSend,
    version: (typeof VERSIONS)[number] = '1.3',
    as = 'FED001',
  ): Promise<Sent> => {
    const done = await world.client(as, version).sendRequest(request);
    if (isFailure(done)) throw new Error(JSON.stringify({ ...done, raw: undefined }));
    return done;
  };
  /** Mnemonics of those who are given the message, and what each is told of the recipient. */
  const recipientsOf = async (messageId: string): Promise<Record<string, string | undefined>> => {
    const found: Record<string, string | undefined> = {};
    for (const mnemonic of ['PFR', 'ZAGS', 'FSS'])
      for (const got of await world.requests(mnemonic))
        if (got.messageId === messageId) found[mnemonic] = got.metadata.recipient;
    return found;
  };
  /** The one AsyncProcessingStatus about the message. */
  const statusOf = async (messageId: string, as = 'FED001') => {
    await eventually(async () => !(await statesOf(world, messageId)).includes('checking'), 'the sender is told');
    const got = await world.responses(as);
    expect(got.map((r) => r.originalMessageId)).to.deep.equal([messageId]);
    told.push(got[0]!);
    return got[0]!.asyncStatus!;
  };
  const refused = (wire: Parameters<typeof expectRefused>[2], expected: Expected) =>
    expectRefused(world, agency, wire, { version: '1.3', onRecord: true, ...expected });
  const success = (value: string) => ({ value, code: 'success' });
  const lost = (value: string) => ({ value, code: 'recipientNotFound' });

  describe('by the business data', () => {
    it('RoutingCode chooses among the providers of a format, in every version', async () => {
      for (const version of VERSIONS) {
        for (const [code, recipient] of [
          ['77', 'ZAGS'],
          [undefined, 'PFR'],
          [' ', 'PFR'],
        ] as const) {
          const content = ask('coded', code === undefined ? {} : { code });
          const { messageId, metadata } = await sent({ content }, version);
          expect(metadata.recipient).to.equal(recipient);
          expect(await recipientsOf(messageId), `${version} ${code}`).to.deep.equal({ [recipient]: recipient });
        }
      }
    });

    it('a code of no provider is RecipientIsNotFound, and never goes to the general one', async () => {
      const says = ['с кодом маршрутизации «99»'];
      await refused(world.wire(agency, ask('coded', { code: '99' })), { code: 'RecipientIsNotFound', says });
      await refused(world.wire(agency, ask('coded', { code: 'север' })), { code: 'RecipientIsNotFound' });
    });

    it('without a declared place a RoutingCode is content like any other', async () => {
      const { messageId } = await sent({ content: ask('plain', { code: '77' }) });
      expect(await recipientsOf(messageId)).to.deep.equal({ PFR: 'PFR' });
    });
  });

  describe('by rout:Routing of 1.3', () => {
    it('values lead to several providers; each is told of itself, and each answers once', async () => {
      const content = ask('plain');
      const routing = { dynamic: ['77'], identifiers: ['север', 'PFR'] };
      const { messageId, metadata } = await sent({ content, routing });
      expect(metadata.recipient, 'several are not named').to.equal(undefined);
      const status = await statusOf(messageId);
      expect(status).to.include({ originalMessageId: messageId, category: 'requestIsAcceptedBySmev' });
      expect(status.details).to.equal('Сообщение направлено получателям: 3');
      const all = { dynamic: [success('77')], identifiers: [success('север'), success('PFR')], records: [] };
      expect(status.routing).to.deep.equal(all);
      expect(status.fault).to.equal(undefined);
      const answers: string[] = [];
      for (const mnemonic of ['PFR', 'ZAGS', 'FSS']) {
        const who = world.client(mnemonic);
        const [got] = await world.requests(mnemonic);
        expect(got).to.deep.include({ messageId });
        expect(got!.metadata).to.include({ type: 'REQUEST', recipient: mnemonic });
        const to = got!.replyTo;
        const stranger = await world.client('MSE001').sendResponse({ to, content: answer('plain', 'чужой') });
        expect(stranger).to.deep.include({ fault: 'RecipientIsNotFound' });
        const interim = await who.sendResponse({ to, status: { code: 1, description: 'в работе', parameters: [] } });
        const final = await who.sendResponse({ to, content: answer('plain', mnemonic) });
        if (isFailure(interim) || isFailure(final)) throw new Error(`${mnemonic} may not answer`);
        answers.push(interim.messageId, final.messageId);
        for (const again of [
          { to, content: answer('plain', 'ещё раз') },
          { to, rejected: [{ code: 'NO_DATA' as const, description: 'нет' }] },
          { to, status: { code: 2, description: 'поздно', parameters: [] } },
        ])
          expect(await who.sendResponse(again)).to.deep.include({ fault: 'RecipientIsNotFound' });
      }
      const got = await world.responses('FED001');
      expect(got.map((r) => r.messageId)).to.deep.equal(answers);
      expect(new Set(got.map((r) => r.originalMessageId))).to.deep.equal(new Set([messageId]));
    });

    it('two final answers of one recipient at once: one is taken', async () => {
      const { messageId } = await sent({ content: ask('plain'), routing: { identifiers: ['ZAGS', 'FSS'] } });
      await statusOf(messageId);
      const [got] = await world.requests('ZAGS');
      const final = (text: string) =>
        world.client('ZAGS').sendResponse({ to: got!.replyTo, content: answer('plain', text) });
      const done = await Promise.all(['раз', 'два', 'три'].map(final));
      const taken = done.filter((d) => !isFailure(d)) as Sent[];
      expect(taken).to.have.length(1);
      for (const other of done.filter(isFailure)) expect(other).to.deep.include({ fault: 'RecipientIsNotFound' });
      expect((await world.responses('FED001')).map((r) => r.messageId)).to.deep.equal([taken[0]!.messageId]);
      await world.requests('FSS');
    });

    it('a recipient whose version cannot express it misses it alone, and the sender is told who', async () => {
      const attachment = { contentId: 'a', mimeType: 'text/plain', namespaceUri: 'urn:x', content: Buffer.from('x') };
      const request = { content: ask('plain'), attachments: [attachment], routing: { identifiers: ['ZAGS', 'FSS'] } };
      const { messageId } = await sent(request);
      await statusOf(messageId);
      expect(await world.requests('ZAGS', '1.1')).to.deep.equal([]);
      const [told] = await world.responses('FED001');
      expect(told?.asyncStatus?.category).to.equal('requestIsRejectedBySmev');
      expect(told?.asyncStatus?.details).to.match(/^Получатель ZAGS: /);
      expect((await world.requests('FSS')).map((r) => r.messageId)).to.deep.equal([messageId]);
    });

    it('one recipient named by several values gets one delivery, and is an exchange like any other', async () => {
      const { messageId } = await sent({ content: ask('plain'), routing: { dynamic: ['77'], identifiers: ['ZAGS'] } });
      expect((await statusOf(messageId)).routing?.identifiers).to.deep.equal([success('ZAGS')]);
      expect((await world.store.message(messageId))?.recipient).to.equal('ZAGS');
      const [got] = await world.requests('ZAGS');
      const final = await world.client('ZAGS').sendResponse({ to: got!.replyTo, content: answer('plain', 'да') });
      expect((await world.store.message(messageId))?.closedBy).to.equal(isFailure(final) ? '' : final.messageId);
      await world.responses('FED001');
    });

    it('instructions without a value leave the message to the general route, and nothing is told', async () => {
      const { messageId } = await sent({ content: ask('plain'), routing: {} });
      expect(await recipientsOf(messageId)).to.deep.equal({ PFR: 'PFR' });
      expect(await world.responses('FED001')).to.deep.equal([]);
    });

    it('a registry of three records for two recipients and one unknown: both get it, the status says which is lost', async () => {
      const content = ask('directive', { inside: registry(await record(1), await record(2), await record(3)) });
      const records = [
        { recordId: 1, dynamic: ['77'] },
        { recordId: 2, identifiers: ['север'] },
        { recordId: 3, dynamic: ['нигде'] },
      ];
      const { messageId } = await sent({ content, routing: { records } });
      const status = await statusOf(messageId);
      expect(status.category).to.equal('requestIsAcceptedBySmev');
      expect(status.details).to.include('получателям: 2').and.to.include('запись 3 — recipientNotFound');
      expect(status.routing?.records).to.deep.equal([
        { recordId: 1, code: 'success', dynamic: [success('77')], identifiers: [] },
        { recordId: 2, code: 'success', dynamic: [], identifiers: [success('север')] },
        { recordId: 3, code: 'recipientNotFound', dynamic: [lost('нигде')], identifiers: [] },
      ]);
      expect(await recipientsOf(messageId)).to.deep.equal({ ZAGS: 'ZAGS', FSS: 'FSS' });
    });

    it('every published result code is told where it arises', async () => {
      const records: { recordId: number; inside: string; useGeneral?: boolean; code: string; dynamic?: string[] }[] = [
        { recordId: 1, inside: await record(1, { system: agency.signer }), code: 'success', dynamic: ['77'] },
        { recordId: 2, inside: await record(2), code: 'recipientNotFound', dynamic: ['77', 'нигде'] },
        { recordId: 3, inside: '', code: 'invalidRegistryRecordId', dynamic: ['77'] },
        {
          recordId: 4,
          inside: (await record(4)) + (await record(4)).replaceAll('-4"', '-four"'),
          code: 'invalidRegistryRecordId',
          dynamic: ['77'],
        },
        {
          recordId: 5,
          inside: await record(5, { system: world.stranger }),
          code: 'certificateInvalid',
          dynamic: ['77'],
        },
        {
          recordId: 6,
          inside: await record(6, { persons: [world.people.former] }),
          code: 'certificateInvalid',
          dynamic: ['77'],
        },
        {
          recordId: 7,
          inside: await record(7, { system: agency.signer, change: (x) => x.replace('запись', 'подмена') }),
          code: 'signatureInvalid',
          dynamic: ['77'],
        },
        {
          recordId: 8,
          inside: await record(8, { persons: [world.people.named], change: (x) => x.replace('запись', 'подмена') }),
          code: 'signatureInvalid',
          dynamic: ['77'],
        },
        { recordId: 9, inside: await record(9), code: 'generalRoutingNotFound', useGeneral: true, dynamic: ['77'] },
        { recordId: 10, inside: await record(10), code: 'recipientNotFound' },
        {
          recordId: 11,
          inside: await record(11, { system: world.as('PFR').signer, persons: [world.people.other] }),
          code: 'success',
          dynamic: ['77'],
        },
      ];
      const content = ask('directive', { inside: registry(...records.map((r) => r.inside)) });
      const asked = records.map(({ inside: _, code: __, ...r }) => r);
      const { messageId } = await sent({ content, routing: { records: [...asked, asked[0]!] } });
      const codes = (await statusOf(messageId)).routing!.records.map((r) => r.code);
      expect(codes).to.deep.equal([...records.map((r) => r.code), 'invalidRegistryRecordId']);
      expect(await recipientsOf(messageId)).to.deep.equal({ ZAGS: 'ZAGS' });
    });

    it('personalAccessDenied: where the right names persons, each record is signed by one of them', async () => {
      const { named, other } = world.people;
      const inside = registry(
        await record(1, { persons: [other, named] }),
        await record(2, { persons: [other] }),
        await record(3),
      );
      const records = [1, 2, 3].map((recordId) => ({ recordId, dynamic: ['77'] }));
      const { messageId } = await sent({ content: ask('personal', { inside }), routing: { records } });
      expect((await statusOf(messageId)).routing!.records.map((r) => r.code)).to.deep.equal([
        'success',
        'personalAccessDenied',
        'personalAccessDenied',
      ]);
      expect(await recipientsOf(messageId)).to.deep.equal({ ZAGS: 'ZAGS' });
      const whole = await world.wire(agency, ask('personal'), { dynamic: ['77'] });
      await refused(whole, { code: 'PersonalAccessDenied' });
    });

    it('general values hold for the records that use them, and for no others', async () => {
      const inside = registry(await record(1), await record(2));
      const content = ask('directive', { inside });
      const use = (useGeneral: boolean) => ({
        identifiers: ['PFR', 'никто'],
        records: [
          { recordId: 1, useGeneral },
          { recordId: 2, dynamic: ['77'] },
        ],
      });
      const used = await sent({ content, routing: use(true) });
      const status = await statusOf(used.messageId);
      expect(status.routing?.identifiers).to.deep.equal([success('PFR'), lost('никто')]);
      expect(status.routing?.records.map((r) => r.code)).to.deep.equal(['recipientNotFound', 'success']);
      expect(await recipientsOf(used.messageId)).to.deep.equal({ PFR: 'PFR', ZAGS: 'ZAGS' });
      const unused = await sent({ content, routing: use(false) });
      expect((await statusOf(unused.messageId)).routing?.identifiers).to.deep.equal([]);
      expect(await recipientsOf(unused.messageId)).to.deep.equal({ ZAGS: 'ZAGS' });
    });

    it('where nobody is found the request is rejected by a status, and stays on record', async () => {
      const { messageId } = await sent({ content: ask('plain'), routing: { dynamic: ['нигде'] } });
      const status = await statusOf(messageId);
      expect(status.category).to.equal('requestIsRejectedBySmev');
      expect(status.fault?.description).to.match(/^SMEV-406:Получатель не найден/);
      expect(status.routing?.dynamic).to.deep.equal([lost('нигде')]);
      expect(await recipientsOf(messageId)).to.deep.equal({});
    });

    it('a thousand records are routed, and the answer to the sender is one status', async () => {
      const inside = registry(...(await Promise.all(Array.from({ length: 1000 }, (_, i) => record(i)))));
      const records = Array.from({ length: 1000 }, (_, recordId) => ({
        recordId,
        dynamic: [recordId % 2 === 0 ? '77' : 'нигде'],
      }));
      const { messageId } = await sent({ content: ask('directive', { inside }), routing: { records } });
      const status = await statusOf(messageId);
      expect(status.routing?.records.filter((r) => r.code === 'success').length).to.equal(500);
      expect(status.details!.length).to.be.at.most(500);
      expect(await recipientsOf(messageId)).to.deep.equal({ ZAGS: 'ZAGS' });
    }).timeout(60_000);

    it('the status of a request with NodeID lies in the queue of that node, and 1.1 and 1.2 read it in words', async () => {
      for (const version of VERSIONS) {
        const wire = await world.wire(agency, ask('plain'), { dynamic: ['77', 'нигде'] }, { nodeId: 'узел-7' });
        expect((await agency.post(wire, '1.3')).fault).to.equal(undefined);
        await eventually(async () => !(await statesOf(world, wire.messageId)).includes('checking'), 'told');
        const who = world.client('FED001', version);
        expect(await who.getResponse()).to.equal(undefined);
        const got = await who.getResponse({ nodeId: 'узел-7' });
        if (got === undefined || isFailure(got)) throw new Error(JSON.stringify(got));
        expect(got.asyncStatus?.details).to.include('«нигде» — recipientNotFound');
        expect(got.asyncStatus?.routing === undefined).to.equal(version !== '1.3');
        await who.ack(got.messageId);
        await world.requests('ZAGS');
      }
    });
  });

  describe('an untrue Routing', () => {
    const content = ask('plain');
    const elsewhere = { dynamic: ['77'] };

    it('changed on the way is refused, and goes nowhere', async () => {
      const honest = await world.wire(agency, content, elsewhere);
      const body = honest.body.toString().replace('>77<', '>78<');
      const badly = {
        code: 'SignatureVerificationFault',
        detail: 'SignatureIsInvalid',
        says: ['RoutingSignature'],
      } as const;
      await refused({ ...honest, body }, badly);
      expect(await recipientsOf(honest.messageId)).to.deep.equal({});
      expect((await agency.post(honest, '1.3')).fault, 'the honest one under the same id').to.equal(undefined);
      await statusOf(honest.messageId);
      await world.requests('ZAGS');
    });

    it('of another participant, of a stranger, without signature, of another message: refused', async () => {
      const messageId = uuidv1();
      const made = (signer = agency.signer, id = messageId) => signedRouting(signer, id, elsewhere);
      const wire = async (routing: string) => world.wire(agency, content, routing, { messageId });
      const code = 'SignatureVerificationFault';
      await refused(wire(await made(world.as('REG001').signer)), {
        code,
        detail: 'CertificateIsNotFound',
        says: ['REG001', 'FED001'],
      });
      await refused(wire(await made(world.stranger)), {
        code,
        detail: 'CertificateIsNotFound',
        says: ['RoutingSignature'],
      });
      const unsigned = (await made()).replace(/<ds:Signature .*<\/ds:Signature>/, '');
      await refused(wire(unsigned), { code: 'InvalidContent', onRecord: false });
      const other = uuidv1();
      await refused(wire(await made(agency.signer, other)), {
        code: 'InvalidContent',
        says: [other],
        errors: [messageId],
      });
    });

    it('taken away from a directive format leaves nothing to guess', async () => {
      const says = ['директивный'];
      for (const version of VERSIONS)
        await refused(world.wire(agency, ask('directive'), undefined, { version }), {
          code: 'RecipientIsNotFound',
          says,
          version,
        });
    });

    it('is no part of 1.1 and 1.2', async () => {
      for (const version of ['1.1', '1.2'] as const) {
        const messageId = uuidv1();
        const routing = await signedRouting(agency.signer, messageId, elsewhere);
        const wire = world.wire(agency, content, routing, { version, messageId });
        await refused(wire, { code: 'InvalidContent', errors: ['Routing'], version, onRecord: false });
        const { fault } = (await world.client('FED001', version).sendRequest({ content, routing: elsewhere })) as {
          fault?: string;
        };
        expect(fault, 'our client does not even send it').to.equal('InvalidContent');
      }
    });

    it('gives nobody a right that the sender lacks', async () => {
      const stranger = world.as('MSE001');
      const wire = await world.wire(stranger, content, elsewhere);
      await expectRefused(world, stranger, wire, { code: 'AccessDenied', version: '1.3', onRecord: true });
    });

    it('is told by preflight like everything else', async () => {
      const judged = async (wire: { contentType: string; body: Buffer | string }) => {
        const response = await fetch(`${world.url}/api/v1/preflight?version=1.3`, {
          method: 'POST',
          headers: { 'Content-Type': wire.contentType, Authorization: `Bearer ${world.token}` },
          body: wire.body,
        });
        return ((await response.json()) as { faults: { fault: string }[] }).faults.map((f) => f.fault);
      };
      const honest = await world.wire(agency, content, elsewhere);
      expect(await judged(honest)).to.deep.equal([]);
      const forged = { ...honest, body: honest.body.toString().replace('>77<', '>78<') };
      expect(await judged(forged)).to.deep.equal(['SignatureVerificationFault']);
    });
  });

  describe('late content checks', () => {
    it('judge a message for several once: refused, all of them miss it and the sender is told once', async () => {
      const late = await routingWorld(({ mnemonic }) => (mnemonic === 'FED001' ? { contentChecks: 'smev' } : {}));
      try {
        const who = late.client('FED001');
        const settled = (id: string) =>
          eventually(async () => !(await statesOf(late, id)).includes('checking'), 'checked late');
        const routing = { dynamic: ['77'], identifiers: ['север'] };
        const bad = await who.sendRequest({ content: ask('plain').replace(/<n:text>.*<\/n:text>/, ''), routing });
        const good = await who.sendRequest({ content: ask('plain'), routing });
        if (isFailure(bad) || isFailure(good)) throw new Error('both are taken');
        await settled(bad.messageId);
        await settled(good.messageId);
        expect(await statesOf(late, bad.messageId)).to.deep.equal(['refused', 'refused', 'refused']);
        const statuses = await late.responses('FED001');
        expect(statuses.map((s) => [s.originalMessageId, s.asyncStatus?.category])).to.deep.equal([
          [bad.messageId, 'requestIsRejectedBySmev'],
          [good.messageId, 'requestIsAcceptedBySmev'],
        ]);
        for (const mnemonic of ['ZAGS', 'FSS'])
          expect((await late.requests(mnemonic)).map((r) => r.messageId)).to.deep.equal([good.messageId]);
        await late.checkInvariants();
      } finally {
        await late.close();
      }
    });
  });

  it('TestMessage goes the full way: delivered so, on record so, and so in the list of exchanges', async () => {
    for (const version of VERSIONS) {
      const { messageId } = await sent({ content: ask('plain'), test: true }, version);
      const [got] = await world.requests('PFR', VERSIONS[(VERSIONS.indexOf(version) + 1) % 3]!);
      expect([got?.messageId, got?.test]).to.deep.equal([messageId, true]);
      const reply = await world
        .client('PFR', version)
        .sendResponse({ to: got!.replyTo, content: answer('plain', 'да') });
      if (isFailure(reply)) throw new Error(JSON.stringify(reply));
      expect((await world.store.message(reply.messageId))?.test, 'its answer is a test, too').to.equal(true);
      for (const record of await world.store.recordsOf(messageId)) {
        if (record.kind !== 'accepted') continue;
        const opened = openLeaf(record.bytes, record.opening, world.vault);
        expect(opened, 'in the hidden part of the leaf').to.have.nested.property('hidden.test', true);
      }
      const response = await fetch(`${world.url}/api/v1/exchanges/${messageId}`, {
        headers: { Authorization: `Bearer ${world.token}` },
      });
      const { messages } = (await response.json()) as { messages: { test: boolean }[] };
      expect(messages.map((m) => m.test)).to.deep.equal([true, true]);
      await world.responses('FED001', version);
    }
  });

  describe('what senders were told', () => {
    it('has all result codes, and is valid by our schemas', () => {
      const codes = told.flatMap((t) => codesIn(t.asyncStatus!.routing!));
      expect([...new Set(codes)].sort()).to.deep.equal([...ROUTING_CODES].sort());
      for (const { raw } of told) expect(schemaProblem(asAnswer(raw), '1.3')).to.equal(undefined);
    });

    it(`and by the published ones${SHARED}`, function () {
      if (SHARED !== '') return this.skip();
      const published = schemasOf(REFERENCE('1.3'));
      for (const { raw } of told) {
        const body = /<soap:Body>([\s\S]*)<\/soap:Body>/.exec(raw.toString())![1]!;
        expect(published.validate(body)).to.equal(undefined);
      }
    });
  });
});

function codesIn({ dynamic, identifiers, records }: RoutingStatus): RoutingCode[] {
  return [...dynamic, ...identifiers, ...records]
    .map((s) => s.code)
    .concat(records.flatMap((r) => codesIn({ ...r, records: [] })));
}

function asAnswer(raw: Buffer): Answer {
  return new Answer(200, new Headers({ 'Content-Type': 'text/xml; charset=UTF-8' }), raw);
}
