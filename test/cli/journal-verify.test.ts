import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { projectRoot } from '../../src/config/index.js';
import {
  checkpointFor,
  emptyEdge,
  entryBundle,
  hashTile,
  openGuard,
  sealLeaf,
  sequence,
  vkeyOf,
} from '../../src/journal/index.js';
import type { NewLeaf } from '../../src/ports/index.js';
import { TestVault } from '../journal/vault.js';

const ORIGIN = 'test.example/journal';
const LEAVES = 5;
const vault = new TestVault();
const vkey = vkeyOf(ORIGIN, vault.journalKey());

function someLeaves(): NewLeaf[] {
  return Array.from(
    { length: LEAVES },
    (_, i) => sealLeaf({ kind: 'refusals-counted', time: `2026-01-01T00:00:0${i}.000Z`, count: i }, vault).leaf,
  );
}

function note(leaves: readonly NewLeaf[]): string {
  return checkpointFor(
    sequence(
      emptyEdge(),
      leaves.map((leaf) => leaf.bytes),
    ).edge,
    ORIGIN,
    vault.journalKey(),
  ).note;
}

async function verify(...args: string[]): Promise<{ exit: number; said: string }> {
  let said = '';
  const write = (text: string) => {
    said += text;
  };
  const exit = await runCommandLine(['journal', 'verify', ...args], { GATEWAY_LANG: 'en' }, { out: write, err: write });
  return { exit, said };
}

describe('cli: journal verify, offline', () => {
  const leaves = someLeaves();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-verify-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function exportTiles(): void {
    const level0 = sequence(
      emptyEdge(),
      leaves.map((leaf) => leaf.bytes),
    ).hashes.filter((node) => node.level === 0);
    const files = {
      checkpoint: note(leaves),
      'journal.vkey': `${vkey}\n`,
      [`tile/entries/000.p/${LEAVES}`]: entryBundle(leaves.map((leaf) => leaf.bytes)),
      [`tile/0/000.p/${LEAVES}`]: hashTile(level0.map((node) => node.hash)),
    };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }

  function writeDatabase(): void {
    const database = new DatabaseSync(join(folder, 'gateway.db'));
    database.exec(readFileSync(join(projectRoot(), 'migrations/sqlite/0001-journal-and-mailboxes.sql'), 'utf8'));
    const { edge, hashes } = sequence(
      emptyEdge(),
      leaves.map((leaf) => leaf.bytes),
    );
    const { root, note } = checkpointFor(edge, ORIGIN, vault.journalKey());
    const leaf = database.prepare('INSERT INTO leaf (id, kind, time, bytes, opening) VALUES (?, ?, ?, ?, ?)');
    for (const [i, { kind, time, bytes, opening }] of leaves.entries()) leaf.run(i, kind, time, bytes, opening);
    const hash = database.prepare('INSERT INTO hash (level, position, hash) VALUES (?, ?, ?)');
    for (const node of hashes) hash.run(node.level, node.position, node.hash);
    database.prepare('INSERT INTO tree VALUES (1, ?, ?, ?, ?)').run(LEAVES, Buffer.alloc(0), root, note);
    database.close();
  }

  it('verifies an export, saying that its key was its own', async () => {
    exportTiles();
    const { exit, said } = await verify(folder);
    expect(exit, said).to.equal(0);
    expect(said).to.include('whole: 5 records').and.include('--vkey');
    expect((await verify(folder, '--vkey', vkey)).said).not.to.include('--vkey');
  });

  it('verifies the data folder of a gateway, and its guard', async () => {
    writeDatabase();
    const guard = openGuard(join(folder, 'checkpoint.last'));
    guard.write(note(leaves));
    guard.close();
    const { exit, said } = await verify(folder, '--vkey', vkey, '--json');
    expect(exit, said).to.equal(0);
    expect(JSON.parse(said)).to.include({ ok: true, size: LEAVES });
  });

  it('ends with 1 for an edited record, naming it', async () => {
    writeDatabase();
    const database = new DatabaseSync(join(folder, 'gateway.db'));
    const text = Buffer.from(leaves[3]?.bytes ?? []).toString();
    database.prepare('UPDATE leaf SET bytes = ? WHERE id = 3').run(Buffer.from(text.replace('"count":3', '"count":4')));
    database.close();
    const { exit, said } = await verify(folder, '--vkey', vkey);
    expect(exit).to.equal(1);
    expect(said).to.include('leaf 3');
  });

  it('ends with 1 when a checkpoint held elsewhere says otherwise', async () => {
    exportTiles();
    const held = join(folder, 'held');
    writeFileSync(held, note(someLeaves()));
    expect((await verify(folder, '--held', held)).exit).to.equal(1);
    writeFileSync(held, note([...leaves, ...leaves]));
    const rolledBack = await verify(folder, '--held', held);
    expect(rolledBack.said).to.include('rolled back');
  });

  it('ends with 1 for another key, with 2 without one or without a journal', async () => {
    exportTiles();
    const other = vkeyOf(ORIGIN, Buffer.alloc(32, 9));
    expect((await verify(folder, '--vkey', other)).exit).to.equal(1);
    rmSync(join(folder, 'journal.vkey'));
    expect((await verify(folder)).exit).to.equal(2);
    expect((await verify(join(folder, 'tile'))).exit).to.equal(2);
  });
});
