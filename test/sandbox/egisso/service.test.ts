import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { newFact, PERSON, Registry, uuid } from './registry-client.js';

describe('Registry twin: the service', () => {
  let registry: Registry;
  beforeEach(async () => {
    registry = await Registry.start();
  });
  afterEach(() => registry.close());

  it('answers a repeated messageId with the first answer, whatever comes with it, and has no second effect', async () => {
    const body = registry.packageBody([newFact(1)], { messageId: 'same' });
    const first = await registry.call('/packages', body);
    const other = registry.packageBody([newFact(2)], { messageId: 'same' });
    expect(await registry.call('/packages', other)).to.deep.equal(first);
    expect(await registry.call('/messages/same')).to.deep.equal(first);
    expect(await registry.shown()).to.have.length(1);
    expect((await registry.call('/statements', registry.statementBody([{}], { messageId: 'same' }))).status).to.equal(
      409,
    );
  });

  it('tells times in Moscow: received by the gateway’s clock, processed by its own', async () => {
    const { json } = await registry.call('/packages', registry.packageBody([newFact(1)]));
    expect(json).to.have.nested.property('result.packageResult').that.includes({
      packageType: 'Реестр фактов назначений',
      packageStatus: 3,
      receivingTime: '2024-02-29T23:59:58.500+03:00',
      startProcessTime: '2024-03-01T00:00:00.007+03:00',
      finishProcessTime: '2024-03-01T00:00:00.007+03:00',
      recordNum: 1,
      recordNumSuccess: 1,
    });
  });

  it('uses a packageId up even when every record was refused, and refuses it the second time', async () => {
    const packageId = 'ABCDEF00-0000-4000-9000-000000000001';
    await registry.send([newFact(1, { lmszId: uuid(9) })], { packageId });
    const again = await registry.send([newFact(1)], { packageId: packageId.toLowerCase() });
    expect(again.refused).to.deep.equal([`Пакет данных с идентификатором ${packageId.toLowerCase()} уже загружен`]);
  });

  it('answers a test message fully and keeps nothing of it', async () => {
    const body = registry.packageBody([newFact(1)], { test: true, messageId: 'test' });
    const { json } = await registry.call('/packages', body);
    expect(json).to.have.nested.property('result.packageResult.recordNumSuccess', 1);
    expect((await registry.call('/messages/test')).status).to.equal(404);
    expect(await registry.call('/packages', body)).to.have.property('status', 200);
    expect(await registry.shown()).to.have.length(0);
  });

  it('words the protocol of a message without a package', async () => {
    const { elements: _elements, ...rest } = registry.packageBody([], { messageId: 'm', unreadable: ['нет вложения'] });
    const { json } = await registry.call('/packages', rest);
    expect(json)
      .to.have.nested.property('result.messageResult.errors')
      .that.deep.equals([{ message: 'нет вложения' }]);
    expect((await registry.call('/messages/m')).json).to.deep.equal(json);
  });

  for (const [what, path, change] of [
    ['no JSON', '/packages', '{'],
    ['a list', '/packages', []],
    ['a package without elements', '/packages', { elements: undefined }],
    ['an element of an unknown kind', '/packages', { elements: [{ kind: 'toString', uuid: uuid(1) }] }],
    [
      'an event without its end',
      '/packages',
      { elements: [{ kind: 'terminationBasedOnEndOfRight', uuid: uuid(1), factUuid: uuid(2) }] },
    ],
    ['a time that is none', '/packages', { receivedAt: 'yesterday' }],
    ['a finding of a third type', '/packages', { findings: [{ record: uuid(1), type: 3, report: '' }] }],
    ['a request without a person', '/statements', { requests: [{ requestUid: uuid(1) }] }],
  ] as const) {
    it(`refuses ${what} with 400 and goes on`, async () => {
      const sound = path === '/packages' ? registry.packageBody([newFact(1)]) : registry.statementBody([{}]);
      const body = typeof change === 'string' || Array.isArray(change) ? change : { ...sound, ...change };
      expect(await registry.call(path, body)).to.have.property('status', 400);
      expect(await registry.call('/health')).to.deep.equal({ status: 200, json: { status: 'ok' } });
    });
  }

  it('knows its paths and methods', async () => {
    const statuses = await Promise.all(
      ['/packages', '/nothing', '/facts', '/messages/..%2f', '/messages/none'].map((path) => registry.call(path)),
    );
    expect(statuses.map(({ status }) => status)).to.deep.equal([405, 404, 400, 404, 404]);
    expect(await registry.call('/health', {})).to.have.property('status', 405);
  });

  it('plays by its script: by person, before the work or after it', async () => {
    const rules = [
      { what: 'status', status: 503, snils: [PERSON] },
      { what: 'status', status: 502, done: true, snils: ['11223344595'] },
    ];
    const scripted = (given: object[]) =>
      fetch(`${registry.url}/script`, { method: 'PUT', body: JSON.stringify({ rules: given }) });
    expect((await scripted(rules)).status).to.equal(200);
    const about = (snils: string) => registry.statementBody([{ snils }], { messageId: snils });
    expect(await registry.call('/packages', registry.packageBody([newFact(1)]))).to.have.property('status', 503);
    expect(await registry.call('/statements', about('11223344595'))).to.have.property('status', 502);
    expect(await registry.call('/statements', about('90000000384'))).to.have.property('status', 200);
    expect(await registry.call('/messages/11223344595')).to.have.property('status', 200);
    await scripted([]);
    expect(await registry.shown()).to.have.length(0);
  });

  it('keeps packages that come at once apart: each uuid has one effect', async () => {
    const told = await Promise.all(Array.from({ length: 8 }, () => registry.send([newFact(1)])));
    expect(told.filter(({ ok }) => ok[0])).to.have.length(1);
    expect(await registry.shown()).to.have.length(1);
  });
});

describe('Registry twin: its file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'egisso-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds what was answered, seeds once, and lets nobody rewrite history', async () => {
    const file = join(folder, 'registry.db');
    const first = await Registry.start(file);
    const body = first.packageBody([newFact(1)], { messageId: 'kept' });
    const answer = await first.call('/packages', body);
    await first.close();

    const second = await Registry.start(file);
    expect(await second.call('/messages/kept')).to.deep.equal(answer);
    expect(await second.call('/packages', body)).to.deep.equal(answer);
    expect(await second.shown()).to.have.length(1);
    expect(await second.shown({ snils: '11223344595' })).to.have.length(1);
    await second.close();

    const db = new DatabaseSync(file);
    expect(() => db.exec("UPDATE fact_versions SET state = 'active'")).to.throw('append-only');
    expect(() => db.exec('DELETE FROM fact_versions')).to.throw('append-only');
    expect(db.prepare('PRAGMA journal_mode').get()).to.include({ journal_mode: 'wal' });
    db.close();
  });

  it('answers 503 while another process holds the file, and nothing is lost or doubled', async () => {
    const file = join(folder, 'registry.db');
    const registry = await Registry.start(file);
    const body = registry.packageBody([newFact(1)]);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await registry.call('/packages', body)).to.have.property('status', 503);
    other.exec('ROLLBACK');
    other.close();
    expect(await registry.call('/packages', body)).to.have.nested.property(
      'json.result.packageResult.recordNumSuccess',
      1,
    );
    await registry.close();
  });
});
