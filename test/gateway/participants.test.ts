/** Participants and rights changed while the gateway runs: by the API, at once, on record, kept over a restart. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { openLeaf } from '../../src/journal/index.js';
import { signerFromPem } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { announcement, factsFile, QUERY_ROOT, query } from './contents.js';
import { sender } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11223344595';
const QUERY = `{${QUERY_ROOT.namespace}}${QUERY_ROOT.local}`;
const ANNOUNCEMENT = '{urn://egisso-ru/msg/10.10.I/1.0.3}request';
const { provider } = cryptoProviders();

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly changes?: readonly { ru: string; en: string }[];
    readonly detail?: string;
  };
}

describe('participants and rights at run time', () => {
  let gateway: TestGateway;
  let folder: string;
  before(async () => {
    folder = newFolder();
    gateway = await testGateway({ threads: 2 }, folder);
  });
  after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => gateway.checkInvariants());

  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${gateway.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${gateway.token}`,
        Accept: 'application/json',
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer.body;
  };
  const snapshot = async () => (await gateway.store.snapshot())?.hash;
  const query1013 = async (mnemonic: string) => (await gateway.as(mnemonic).sendRequest(query(PERSON))).fault?.code;
  const announce = async (mnemonic: string) => (await gateway.as(mnemonic).sendRequest(announcement())).fault?.code;
  const revoke = (participant: string, format: string) =>
    done('DELETE', `/rights?participant=${participant}&format=${encodeURIComponent(format)}`);
  const yaml = async () => {
    const response = await fetch(`${gateway.url}/api/v1/configuration`, {
      headers: { Authorization: `Bearer ${gateway.token}`, Accept: 'application/yaml' },
    });
    return response.text();
  };
  const restart = async (environment: Record<string, string> = {}) => {
    await gateway.stop();
    gateway = await testGateway({ threads: 2 }, folder, environment);
  };

  it('a right granted is in force for the next message, one revoked is not', async () => {
    expect(await announce('ZAGS')).to.equal('AccessDenied');
    const granted = await done('POST', '/rights', { participant: 'ZAGS', format: ANNOUNCEMENT, basis: 'приказ 1' });
    expect(granted.changes).to.deep.equal([
      {
        ru: `+ право ZAGS запрашивать ${ANNOUNCEMENT}, основание: приказ 1`,
        en: `+ right of ZAGS to request ${ANNOUNCEMENT}, basis: приказ 1`,
      },
    ]);
    expect(await announce('ZAGS')).to.not.equal('AccessDenied');
    await revoke('ZAGS', ANNOUNCEMENT);
    expect(await announce('ZAGS')).to.equal('AccessDenied');
  });

  it('a right with a term holds within it', async () => {
    const right = { participant: 'ZAGS', format: QUERY, basis: 'приказ 2' };
    await done('POST', '/rights', { ...right, until: '2020-01-01T00:00:00+03:00' });
    expect(await query1013('ZAGS')).to.equal('AccessDenied');
    await done('POST', '/rights', { ...right, from: '2020-01-01T00:00:00+03:00', until: '2090-01-01T00:00:00+03:00' });
    expect(await query1013('ZAGS')).to.equal(undefined);
    await revoke('ZAGS', QUERY);
  });

  it('what was judged before a revocation is not committed after it', async () => {
    await done('POST', '/rights', { participant: 'MSE001', format: QUERY });
    // The revocation overtakes between judgement and commit: the store is held until it is in force.
    const sending = gateway.as('MSE001');
    const wires = await Promise.all(Array.from({ length: 24 }, () => sending.buildRequest(query(PERSON))));
    const neighbour = gateway.as('FED001');
    const others = await Promise.all(Array.from({ length: 8 }, () => neighbour.buildRequest(query(PERSON))));
    const posted = Promise.all([...wires.map((w) => sending.post(w)), ...others.map((w) => neighbour.post(w))]);
    await revoke('MSE001', QUERY);
    const head = await gateway.store.checkpoint();
    const answers = await posted;
    for (const [i, wire] of wires.entries()) {
      const stored = await gateway.store.message(wire.messageId);
      expect(answers[i]?.fault?.code, 'refused by right, never by an inner failure').to.be.oneOf([
        undefined,
        'AccessDenied',
      ]);
      expect(stored === undefined, 'stored exactly when accepted').to.equal(answers[i]?.fault !== undefined);
      // Nothing of it stands in the log behind the revocation.
      if (stored !== undefined) expect(stored.leaf).to.be.lessThan(head!.size);
    }
    for (const answer of answers.slice(wires.length))
      expect(answer.fault, 'neighbours notice nothing').to.equal(undefined);
  });

  it('two certificates hold side by side; one taken away opens nothing', async () => {
    const next = await issueIdentity({ cn: 'ФСС', organisation: 'ФСС' }, { issuer: rootIn(folder) });
    const signer = await signerFromPem({ ...next, provider });
    const say = async (who = sender(gateway.url, signer)) => (await who.sendRequest(query(PERSON))).fault?.code;
    expect(await say()).to.equal('SenderIsNotRegistered');
    await done('POST', '/participants/FSS/certificates', { pem: next.certificatePem });
    expect([await say(), await say(gateway.as('FSS'))]).to.deep.equal([undefined, undefined]);
    const again = await call('POST', '/participants/FSS/certificates', { pem: next.certificatePem });
    expect(again.status).to.equal(409);
    const other = await call('POST', '/participants/EPGU/certificates', { pem: next.certificatePem });
    expect(other.status).to.equal(422);
    expect(other.body.detail).to.include('зарегистрирован дважды: EPGU, FSS');
    const { body } = await call('GET', '/participants/FSS');
    const added = (body.certificates as { sha256: string }[]).at(-1)!;
    await done('DELETE', `/participants/FSS/certificates/${added.sha256.slice(0, 16)}`);
    expect([await say(), await say(gateway.as('FSS'))]).to.deep.equal(['SenderIsNotRegistered', undefined]);
  });

  it('the last certificate goes by force only, a provider too', async () => {
    const fingerprint = async () =>
      ((await call('GET', '/participants/MSE001')).body.certificates as { sha256: string }[]).map((c) => c.sha256);
    const [first, ...more] = await fingerprint();
    for (const sha256 of more) await done('DELETE', `/participants/MSE001/certificates/${sha256}`);
    expect((await call('DELETE', `/participants/MSE001/certificates/${first}`)).status).to.equal(409);
    expect((await call('DELETE', '/participants/EGISSO')).status).to.equal(409);
    await done('DELETE', '/participants/MSE001');
    expect((await call('GET', '/participants/MSE001')).status).to.equal(404);
  });

  it('a new participant sends as soon as it is added', async () => {
    const identity = await issueIdentity({ cn: 'Новая система', organisation: 'Область' }, { issuer: rootIn(folder) });
    const signer = await signerFromPem({ ...identity, provider });
    await done('POST', '/participants', {
      mnemonic: 'REG777',
      name: { ru: 'Новая система', en: 'A new system' },
      certificates: [identity.certificatePem],
      codes: ['0777.000001'],
    });
    await done('POST', '/rights', { participant: 'REG777', format: QUERY });
    expect((await sender(gateway.url, signer).sendRequest(query(PERSON))).fault).to.equal(undefined);
    await done('PATCH', '/participants/REG777', { capacity: 5, nodes: ['A'] });
    expect((await call('GET', '/participants/REG777')).body).to.deep.include({ capacity: 5, nodes: ['A'] });
    await done('PATCH', '/participants/REG777', { nodes: null });
    expect((await call('GET', '/participants/REG777')).body).to.not.have.property('nodes');
  });

  it('refuses what cannot be, and changes nothing', async () => {
    const before = await snapshot();
    for (const [method, path, body, status, says] of [
      ['POST', '/rights', { participant: 'NOBODY', format: QUERY }, 422, 'участника NOBODY нет'],
      ['POST', '/rights', { participant: 'FED001', format: '{urn:x}x' }, 422, 'такого вида сведений нет'],
      ['POST', '/rights', { participant: 'FED001', format: QUERY, from: '2027-01-01' }, 422, 'не момент времени'],
      [
        'POST',
        '/rights',
        { participant: 'FED001', format: QUERY, from: '2027-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' },
        422,
        'не позже начала',
      ],
      ['POST', '/rights', { participant: 'FED001', form: QUERY }, 400, 'form: такого поля нет'],
      ['POST', '/rights', { participant: 'FED001', format: ANNOUNCEMENT, purpose: 'required' }, 422, 'где стоит цель'],
      ['DELETE', '/rights?participant=EPGU&format=x', undefined, 409, 'нет права'],
      ['POST', '/participants', { mnemonic: 'FED001', name: { ru: 'а', en: 'b' } }, 409, 'уже есть'],
      ['POST', '/participants', { mnemonic: 'NEW', name: { ru: 'а', en: 'b' } }, 422, 'сертификата нет'],
      ['POST', '/participants', { mnemonic: 'N W', name: { ru: 'а', en: 'b' }, mode: 'push' }, 422, 'мнемоника'],
      ['POST', '/participants/FED001/certificates', { pem: 'x' }, 422, 'не читается'],
      ['PATCH', '/participants/FED001', { quota: { messagesPerMinute: 0 } }, 422, 'квота messagesPerMinute'],
      ['PUT', '/participants/FED001/delegations/1', { basis: 'x' }, 422, 'NNNN.NNNNNN'],
      ['POST', '/routes', { format: QUERY, recipient: 'FED001' }, 422, 'два поставщика'],
      ['POST', '/rights', '{', 400, 'не читается'],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).to.equal(status);
      expect(answer.body.detail).to.include(says);
    }
    expect(await snapshot()).to.equal(before);
  });

  it('a change upon another snapshot than the one read is refused where If-Match names it', async () => {
    const right = { participant: 'EPGU', format: QUERY };
    const stale = await call('POST', '/rights', right, { 'If-Match': '"0000"' });
    expect(stale.status).to.equal(412);
    const fresh = await call('POST', '/rights', right, { 'If-Match': `"${await snapshot()}"` });
    expect(fresh.status).to.equal(200);
    await revoke('EPGU', QUERY);
  });

  it('changes at once are made one upon the other', async () => {
    const formats = ['FRI', 'EPGU', 'ZAGS', 'PFR'];
    await Promise.all(formats.map((participant) => done('POST', '/rights', { participant, format: QUERY })));
    const { body } = await call('GET', `/rights?format=${encodeURIComponent(QUERY)}`);
    const holders = (body.items as { participant: string }[]).map((r) => r.participant);
    expect(holders).to.include.members(formats);
    for (const participant of formats) await revoke(participant, QUERY);
  });

  it('stands in the journal with who, what and in which words', async () => {
    await done('POST', '/rights', { participant: 'EPGU', format: QUERY, basis: 'соглашение 7' });
    const records = await gateway.store.recordsOf('configuration');
    const last = records.at(-1)!;
    const opened = openLeaf(last.bytes, last.opening, gateway.vault);
    if (typeof opened === 'string') return expect.fail(opened);
    expect(opened.fields).to.include({ kind: 'configuration-changed', config: await snapshot() });
    expect(opened.hidden).to.include({ by: 'operator', operation: 'grant' });
    expect(opened.hidden.changes).to.deep.equal([`+ право EPGU запрашивать ${QUERY}, основание: соглашение 7`]);
    const { body } = await call('GET', '/configuration/history?participant=EPGU&limit=2');
    const [newest] = body.items as { operation: string; snapshot: string; changesEn: string[] }[];
    expect(newest).to.deep.include({ operation: 'grant', snapshot: await snapshot() });
    expect(newest?.changesEn[0]).to.include('right of EPGU');
    await revoke('EPGU', QUERY);
  });

  it('own facts are those of the sender’s codes and of delegations on record', async () => {
    const region = gateway.as('REG001');
    const protocol = async () => {
      const attachments = [{ contentId: 'f.xml', mimeType: 'application/xml', content: Buffer.from(factsFile()) }];
      const { fault, sentId } = await region.sendRequest(announcement(), { attachments });
      expect(fault).to.equal(undefined);
      const answer = await region.waitForResponse();
      await region.ack(answer.messageId!);
      expect(sentId).to.not.equal(undefined);
      return answer.content;
    };
    expect(await protocol()).to.include('recordOK>true<');
    await done('PATCH', '/participants/REG001', { codes: ['0036.000002'] });
    expect(await protocol())
      .to.include('0001.000001')
      .and.not.include('recordOK>true<');
    await done('PUT', '/participants/REG001/delegations/0001.000001', { basis: 'соглашение 1' });
    expect(await protocol()).to.include('recordOK>true<');
    await done('PUT', '/participants/REG001/delegations/0001.000001', { basis: 'x', until: '2020-01-01T00:00:00Z' });
    expect(await protocol()).to.not.include('recordOK>true<');
    await done('DELETE', '/participants/REG001/delegations/0001.000001');
    await done('PATCH', '/participants/REG001', { codes: ['0001.000001', '0036.000002', '0036.000006'] });
  });

  describe('the configuration as a file', () => {
    it('goes out and in again unchanged', async () => {
      await done('PUT', '/participants/REG001/delegations/0044.000001', { basis: 'соглашение 44' });
      const [before, text] = [await snapshot(), await yaml()];
      expect(text).to.include('mnemonic: REG001').and.include('-----BEGIN CERTIFICATE-----');
      const again = await done('PUT', '/configuration', text);
      expect(again).to.deep.include({ snapshot: before, changes: [] });
      const json = JSON.stringify((await call('GET', '/configuration')).body);
      expect(await done('PUT', '/configuration', json)).to.deep.include({ snapshot: before });
      expect(await snapshot()).to.equal(before);
    });

    it('tells the difference first, and is put in force whole', async () => {
      const [before, text] = [await snapshot(), await yaml()];
      const changed = text.replace('capacity: 1000', 'capacity: 7');
      const dry = await done('PUT', '/configuration?dry=1', changed);
      expect(dry.changes).to.deep.equal([
        { ru: 'Участник REG001: capacity 1000 → 7', en: 'Participant REG001: capacity 1000 → 7' },
      ]);
      expect(await snapshot()).to.equal(before);
      expect(await done('PUT', '/configuration', changed)).to.include({ snapshot: dry.snapshot });
      await done('PUT', '/configuration', text);
      expect(await snapshot()).to.equal(before);
    });

    it('changes nothing where one line is wrong', async () => {
      const [before, text] = [await snapshot(), await yaml()];
      for (const [broken, status, says] of [
        ['version: "1"\nparticipants: [', 400, 'YAML'],
        ['', 400, 'нужен объект'],
        [text.replace('mode: pull', 'mode: both'), 400, 'participants[0].mode: нужно одно из'],
        [text.replace('mnemonic: FED001', 'mnemonic: REG001'), 422, 'REG001 указан дважды'],
        [`${text}\nrigths: []`, 400, 'rigths: такого поля нет'],
        ['a: &a [1]\nb: *a\n', 400, 'ссылки'],
        [`x: ${'['.repeat(6000)}${']'.repeat(6000)}`, 400, 'YAML'],
      ] as const) {
        const answer = await call('PUT', '/configuration', broken);
        expect([answer.status, answer.body.detail?.includes(says)], answer.body.detail?.slice(0, 300)).to.deep.equal([
          status,
          true,
        ]);
      }
      expect(await snapshot()).to.equal(before);
    });
  });

  describe('a restart', () => {
    it('keeps what was changed, and does not bring back what was taken away', async () => {
      await revoke('REG001', QUERY);
      await done('POST', '/rights', { participant: 'EPGU', format: QUERY });
      const hash = await snapshot();
      await restart();
      expect(await snapshot()).to.equal(hash);
      expect([await query1013('REG001'), await query1013('EPGU')]).to.deep.equal(['AccessDenied', undefined]);
      expect((await call('GET', '/participants/MSE001')).status, 'removed above').to.equal(404);
    });

    it('of a folder of the version before remembers from then on', async () => {
      const { json } = (await gateway.store.snapshot())!;
      const { seeded: _seeded, ...former } = JSON.parse(json) as Record<string, unknown>;
      await gateway.store.saveSnapshot('former', JSON.stringify(former));
      await restart();
      const now = JSON.parse((await gateway.store.snapshot())!.json) as Record<string, unknown>;
      expect(now.rights).to.deep.include({ participant: 'EPGU', format: QUERY });
      expect(await query1013('FED001')).to.equal(undefined);
    });

    it('without the sandbox seeds nobody', async () => {
      const empty = newFolder();
      const other = await testGateway({ threads: 1 }, empty, { GATEWAY_SANDBOX: '0' });
      const { participants, rights, routes } = JSON.parse((await other.store.snapshot())!.json) as Record<
        string,
        unknown
      >;
      expect({ participants, rights, routes }).to.deep.equal({ participants: [], rights: [], routes: [] });
      await other.close();
    });
  });
});

function rootIn(folder: string): Identity {
  const read = (file: string) => readFileSync(join(folder, 'certs-dev/ca', file), 'utf8');
  return {
    subject: { cn: 'Корневой сертификат разработки', organisation: 'Удостоверяющий центр (тестовый)' },
    certificatePem: read('rsa.cert.pem'),
    privateKeyPem: read('rsa.key.pem'),
  };
}
