/** A store moved between its two engines: everything, verified, at whatever moment the copy stopped. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { type CopyOptions, type CopyReport, copyStore } from '../../../src/cli/store-copy/copy-store.js';
import { isStopped, type Stopped, type Watch } from '../../../src/cli/store-copy/stopped.js';
import { openPostgresStore, openWhole } from '../../../src/drivers/store-postgres/index.js';
import { lockDataFolder } from '../../../src/drivers/store-sqlite/index.js';
import type { Store } from '../../../src/ports/index.js';
import { refuseMoved } from '../../../src/start/moved.js';
import { describeOnPostgres } from '../../contracts/postgres-server.js';
import { type DataFolder, fill, newDataFolder, ORIGIN } from './data-folder.js';

const EXCHANGES = 300;

describeOnPostgres('a store moved to PostgreSQL', (server) => {
  let data: DataFolder;
  let schema: string;
  let ids: string[];
  beforeEach(async () => {
    schema = server().newSchema();
    data = newDataFolder();
    ids = await data.withStore((store) => fill(store, data.vault, EXCHANGES));
  });
  afterEach(() => rmSync(data.folder, { recursive: true, force: true }));

  const quiet: Watch = { aborted: () => false, progress: () => undefined };
  const copy = (options: Partial<CopyOptions> = {}) =>
    copyStore({
      from: { folder: data.folder },
      to: { url: server().url },
      schema,
      watch: quiet,
      now: () => Date.now(),
      ...options,
    });
  const copied = async (options: Partial<CopyOptions> = {}): Promise<CopyReport> => {
    const done = await copy(options);
    if (isStopped(done)) throw new Error(done.stopped.en);
    return done;
  };
  const refused = async (options: Partial<CopyOptions> = {}): Promise<Stopped> => {
    const done = await copy(options);
    if (!isStopped(done)) throw new Error('it was copied');
    return done;
  };
  const onServer = async <T>(work: (store: Store) => Promise<T>, errors: Error[] = []): Promise<T> => {
    const store = await openPostgresStore({
      url: server().url,
      schema,
      sequencerModule: new URL('../../../src/sequencer.js', import.meta.url).href,
      sequencerOptions: {
        origin: ORIGIN,
        journalKey: data.vault.journalKey(),
        guardFile: join(data.folder, 'checkpoint.last'),
      },
      numberedWithin: 15_000,
      onFatal: (error) => void errors.push(error),
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const query = (text: string) => server().query(`SET search_path = ${schema}; ${text}`);
  /** Everything the port tells of these exchanges. */
  const told = async (store: Store) => ({
    messages: await Promise.all(ids.map((id) => store.messagesOf(id))),
    bodies: await Promise.all(ids.slice(0, 50).map(async (id) => plain(await store.body(id)))),
    deliveries: await Promise.all(ids.map(async (id) => plain(await store.deliveriesOf(id)))),
    records: await Promise.all(ids.map((id) => store.recordsOf(id))),
    due: plain(await store.overdueDeliveries(Date.UTC(2030, 1), 5_000)),
    depth: await store.depth('PFR', 'requests'),
    answers: await store.depth('FED001', 'responses'),
    statistics: [...(await store.queueStatistics('PFR'))].sort((a, b) =>
      (a.nodeId ?? '') < (b.nodeId ?? '') ? -1 : 1,
    ),
    snapshot: await store.snapshot(),
    plans: await store.plans(10),
    leaves: await store.leaves(0, 5_000),
    checkpoint: plain(await store.checkpoint()),
    exchanges: await store.exchanges({ limit: 100, state: 'queued' }),
  });

  it('tells the same as before, to the last field', async () => {
    const before = await data.withStore(told);
    const report = await copied({ full: true });
    expect(report.began).to.equal('empty');
    expect(report.rows.message).to.equal(report.rows.body).and.be.greaterThan(EXCHANGES);
    expect(report.bodiesChecked).to.equal(report.rows.body);
    expect(report.warnings.filter((warning) => /counters/.test(warning))).to.deep.equal([]);
    const after = await onServer(told);
    for (const [name, value] of Object.entries(before))
      expect(plain(after[name as keyof typeof after]), name).to.deep.equal(plain(value));
  }).timeout(60_000);

  it('goes on in the same journal: new records follow the old, a known MessageID stays known', async () => {
    const { journal } = await copied();
    const known = await data.withStore((store) => store.message(ids[3]!));
    await onServer(async (store) => {
      const again = await store.commit({ message: known!, leaves: [(await store.record(2))!] });
      expect(again).to.include({ ok: false, conflict: 'duplicate' });
      const more = await fill(store, data.vault, 5);
      expect((await store.record(journal.size))?.kind).to.equal('configuration-changed');
      expect((await store.message(more[0]!))?.leaf).to.be.greaterThan(journal.size);
      expect((await store.message(more[0]!))?.order).to.be.greaterThan((await store.message(ids.at(-1)!))!.order);
    });
    const done = await refused();
    expect(done.stopped.en).to.match(/has gone on/);
  }).timeout(60_000);

  it('is marked as moved, unless told to keep it, and only then refuses to start', async () => {
    await copied({ keep: true });
    expect(() => refuseMoved(data.folder)).not.to.throw();
    expect((await copied()).began, 'once more, all is there').to.equal('there');
    expect(() => refuseMoved(data.folder)).to.throw(/DATABASE_URL/);
    const marked = JSON.parse(readFileSync(join(data.folder, 'moved'), 'utf8')) as { to: string };
    expect(marked.to).to.equal(server().url);
    expect((await refused({ schema: server().newSchema() })).stopped.en).to.match(/was moved to postgres/);
  }).timeout(60_000);

  it('interrupted at any page, it goes on where it stopped, and no gateway starts on the part', async () => {
    let pages = 0;
    for (let runs = 1; ; runs++) {
      let left = 3 * runs;
      const done = await copy({ watch: { ...quiet, aborted: () => left-- === 0 } });
      if (!isStopped(done)) {
        expect(done.began).to.equal('resumed');
        expect(runs).to.be.greaterThan(3);
        break;
      }
      expect(done.exit).to.equal(1);
      pages++;
      if (pages === 3) {
        const started = await onServer(async () => 'it started').catch((error: Error) => error.message);
        expect(started).to.match(/not finished/);
      }
    }
    expect((await copied()).began).to.equal('there');
  }).timeout(120_000);

  it('whose source went on after an interrupted copy is copied anew', async () => {
    let left = 4;
    expect(isStopped(await copy({ watch: { ...quiet, aborted: () => left-- === 0 } }))).to.equal(true);
    await data.withStore((store) => fill(store, data.vault, 3));
    expect((await copied()).began).to.equal('anew');
  }).timeout(60_000);

  it('is never mixed with another journal, finished or not', async () => {
    let left = 5;
    await copy({ watch: { ...quiet, aborted: () => left-- === 0 } });
    const other = newDataFolder();
    await other.withStore((store) => fill(store, other.vault, 40));
    const from = { folder: other.folder };
    expect((await refused({ from })).stopped.en).to.match(/another journal was begun/);
    expect((await refused({ from, restart: true })).stopped.en).to.match(/another journal was begun/);
    await copied();
    expect((await refused({ from })).stopped.en).to.match(/holds another journal/);
    rmSync(other.folder, { recursive: true });
  }).timeout(60_000);

  it('is not copied while a gateway holds the folder, or works on the server', async () => {
    const lock = lockDataFolder(data.folder);
    if (!lock.ok) throw new Error(lock.en);
    expect((await refused()).stopped.en).to.match(new RegExp(`in use by process ${process.pid}`));
    lock.release();
    const other = newDataFolder(data.vault);
    await onServer(async (store) => {
      await fill(store, data.vault, 1);
      const done = await refused();
      expect(done).to.include({ exit: 1 });
      expect(done.stopped.en).to.match(/smev-gateway log \d+ .* runs on/);
    });
    rmSync(other.folder, { recursive: true });
  }).timeout(60_000);

  for (const [what, table, change] of [
    ['a leaf edited', 'journal', "UPDATE leaf SET bytes = bytes || '\\x20' WHERE id = 17"],
    ['an opening lost', 'leaf', "UPDATE leaf SET opening = '' WHERE id = 17"],
    ['a delivery in another state', 'delivery', "UPDATE delivery SET state = 'failed' WHERE id = 9"],
    ['a message without its answer', 'message', 'UPDATE message SET closed_by = NULL WHERE closed_by IS NOT NULL'],
    ['a row missing', 'person', 'DELETE FROM person WHERE id = 5'],
    ['a body key gone', 'body', 'DELETE FROM body_key WHERE slot = 1'],
    ['a level hash wrong', 'journal', "UPDATE hash SET hash = sha256('') WHERE level = 3 AND position = 2"],
    ['every container damaged', 'body', "UPDATE body SET container = '\\x00'"],
  ] as const) {
    it(`does not pass with ${what}`, async () => {
      await copied({ keep: true });
      await query(change);
      const done = await refused();
      expect(done).to.include({ exit: 1 });
      expect(done.stopped.en).to.match(new RegExp(`did NOT verify \\(${table}`));
      expect(existsSync(join(data.folder, 'moved')), 'the source stays').to.equal(false);
    }).timeout(60_000);
  }

  it('comes back to a folder with everything that was added, and leaves the server marked', async () => {
    await copied();
    await onServer((store) => fill(store, data.vault, 20));
    const before = await onServer(told);
    const back = { from: { url: server().url }, to: { folder: data.folder } };
    let left = 6;
    expect(isStopped(await copy({ ...back, watch: { ...quiet, aborted: () => left-- === 0 } }))).to.equal(true);
    const report = await copied({ ...back, full: true });
    expect(report.began).to.equal('resumed');
    const after = await data.withStore(told);
    for (const [name, value] of Object.entries(before))
      expect(plain(after[name as keyof typeof after]), name).to.deep.equal(plain(value));
    expect(() => refuseMoved(data.folder)).not.to.throw();
    await data.withStore((store) => fill(store, data.vault, 2));
    const started = await onServer(async () => 'it started').catch((error: Error) => error.message);
    expect(started).to.include('was moved to').and.include(data.folder);
  }).timeout(120_000);

  it('is refused with a table or a column no copy carries, and nothing is written', async () => {
    const database = new DatabaseSync(join(data.folder, 'gateway.db'));
    database.exec('CREATE TABLE forgotten (x); ALTER TABLE plan ADD COLUMN unheard TEXT');
    database.close();
    const done = await refused();
    expect(done.stopped.en)
      .to.match(/plan\.unheard/)
      .and.to.match(/forgotten/);
    expect(await server().query(`SELECT count(*)::int AS n FROM ${schema}.leaf`)).to.deep.equal([{ n: 0 }]);
  }).timeout(60_000);
});

/** A table or column added by a migration must be carried, or named as left: CARRIED of the two drivers. */
describe('what a copy carries', () => {
  it('is every table and column of the SQLite schema', async () => {
    const data = newDataFolder();
    await data.withStore((store) => fill(store, data.vault, 1));
    const { openToRead } = await import('../../../src/drivers/store-sqlite/index.js');
    const rows = openToRead(data.folder);
    expect(await rows.unknown(), 'add it to StoreRows (src/ports/store-rows.ts) and to both drivers').to.deep.equal([]);
    await rows.close();
    rmSync(data.folder, { recursive: true });
  });
});

describeOnPostgres('what a copy carries on PostgreSQL', (server) => {
  it('is every table and column of its schema', async () => {
    const opened = await openWhole(server().url, server().newSchema());
    if ('running' in opened) throw new Error(opened.running);
    expect(await opened.unknown(), 'add it to StoreRows (src/ports/store-rows.ts) and to both drivers').to.deep.equal(
      [],
    );
    await opened.close();
  });
});

/** Octets compare as octets, whichever class a driver gives. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
}
