import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { migrate } from '../../../src/drivers/store-sqlite/migrate.js';
import { temporaryStore } from './temporary-store.js';

describe('migrations of the SQLite store', () => {
  let folder: string;
  let database: DatabaseSync;
  const step = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
  const tables = () =>
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map((row) => row.name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    database = new DatabaseSync(':memory:');
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('apply each file once, in order', () => {
    step('0002-second.sql', 'ALTER TABLE a ADD COLUMN y TEXT');
    step('0001-first.sql', 'CREATE TABLE a (x TEXT)');
    expect([migrate(database, folder), migrate(database, folder)]).to.deep.equal([2, 2]);
    step('0003-third.sql', 'CREATE TABLE b (x TEXT)');
    expect(migrate(database, folder)).to.equal(3);
    expect(tables()).to.have.members(['migration', 'a', 'b']);
  });

  it('refuse a database newer than the program and name both versions', () => {
    step('0001-first.sql', 'CREATE TABLE a (x TEXT)');
    step('0002-second.sql', 'CREATE TABLE b (x TEXT)');
    migrate(database, folder);
    rmSync(join(folder, '0002-second.sql'));
    expect(() => migrate(database, folder)).to.throw(/версии 2.*до 1.*version 2.*up to 1/);
  });

  it('leave the schema before a step that fails', () => {
    step('0001-first.sql', 'CREATE TABLE a (x TEXT)');
    step('0002-second.sql', 'CREATE TABLE b (x TEXT); CREATE TABLE a (x TEXT)');
    expect(() => migrate(database, folder)).to.throw('0002-second.sql failed');
    expect(tables()).to.have.members(['migration', 'a']);
  });

  it('keep a store of a newer program closed, with the versions in the error', async () => {
    const place = temporaryStore();
    await (await place.open()).close();
    const newer = new DatabaseSync(place.file);
    newer.exec("INSERT INTO migration (version, name) VALUES (9000, '9000-later.sql')");
    newer.close();
    const outcome = await place.open().catch((error: Error) => error.message);
    expect(outcome).to.match(/9000.*\d\./);
    await place.remove();
  });
});
