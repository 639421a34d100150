import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { judgeStart, openGuard, readGuard } from '../../src/journal/guard.js';
import { edgeAt, rootOf } from '../../src/journal/tree.js';
import { TestJournal } from './journal-in-memory.js';

describe('The roll-back guard', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guard-'));
  const path = join(folder, 'checkpoint.last');
  after(() => rmSync(folder, { recursive: true }));

  function judge(note: string | undefined, journal: TestJournal) {
    const sameRoot = (guard: { size: number; root: Buffer }) =>
      rootOf(edgeAt(guard.size, journal.hashAt)).equals(guard.root);
    return judgeStart(note, journal.edge.size, sameRoot, journal.vkey);
  }

  async function refusal(note: string | undefined, journal: TestJournal): Promise<string> {
    const verdict = await judge(note, journal);
    if (verdict === 'ok') return 'ok';
    expect(verdict.ru).to.match(/Порядок восстановления: .*gateway journal verify.*gateway restore/);
    expect(verdict.en).to.match(/To restore: .*gateway journal verify.*gateway restore/);
    return verdict.en;
  }

  const noteOf = (size: number) => `origin\n${size}\nroot\n\n— signature\n`;

  it('is written in place, readable by its owner only, and read back', () => {
    expect(readGuard(path)).to.equal(undefined);
    const guard = openGuard(path);
    for (const size of [0, 1, 2, 30, 400]) {
      guard.write(noteOf(size));
      expect(readGuard(path)).to.equal(noteOf(size));
    }
    guard.close();
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.deep.equal(['checkpoint.last']);
  });

  it('keeps the note before when a write was cut off at any byte', () => {
    const guard = openGuard(path);
    guard.write(noteOf(1000));
    const before = readFileSync(path);
    guard.write(noteOf(1001));
    guard.close();
    const after = readFileSync(path);
    for (let cut = 0; cut < before.length; cut += 7) {
      writeFileSync(path, Buffer.concat([after.subarray(0, cut), before.subarray(cut)]));
      expect(readGuard(path)).to.be.oneOf([noteOf(1000), noteOf(1001)]);
    }
  });

  it('goes on in the slot that is not the newest after being opened again', () => {
    writeFileSync(path, '');
    for (const size of [1, 2, 3]) {
      const guard = openGuard(path);
      guard.write(noteOf(size));
      guard.close();
      expect(readGuard(path)).to.equal(noteOf(size));
    }
  });

  it('gives a damaged file as a note that verifies as nothing', async () => {
    writeFileSync(path, 'rubbish');
    expect(readGuard(path)).to.equal('');
    const journal = new TestJournal();
    journal.commit(3);
    expect(await refusal(readGuard(path), journal)).to.include('not confirmed');
  });

  it('lets a store go on that is at its guard or ahead of it', async () => {
    const journal = new TestJournal();
    const guard = journal.commit(7);
    expect(await judge(guard, journal)).to.equal('ok');
    journal.commit(4);
    expect(await judge(guard, journal)).to.equal('ok');
  });

  it('lets an empty store begin, with or without the guard of the empty journal', async () => {
    const journal = new TestJournal();
    expect(await judge(undefined, journal)).to.equal('ok');
    expect(await judge(journal.append([]), journal)).to.equal('ok');
  });

  it('refuses a store restored from an older copy, naming both sizes', async () => {
    const vault = new TestJournal().vault;
    const [now, copy] = [new TestJournal(vault), new TestJournal(vault)];
    now.commit(9);
    copy.append(now.leaves.slice(0, 6));
    expect(await refusal(now.notes.at(-1), copy)).to.match(/holds 6 records, a checkpoint of 9/);
    expect(await refusal(now.notes.at(-1), new TestJournal(vault))).to.match(/holds 0 records/);
  });

  it('refuses a store whose history is another one', async () => {
    const vault = new TestJournal().vault;
    const [now, other] = [new TestJournal(vault), new TestJournal(vault)];
    now.commit(9);
    other.commit(12);
    expect(await refusal(now.notes.at(-1), other)).to.match(/at size 9 the tree has another root/);
  });

  it('refuses a guard that is missing, edited, cut off or of another key', async () => {
    const journal = new TestJournal();
    const guard = journal.commit(3);
    expect(await refusal(undefined, journal)).to.match(/missing while the store holds 3/);
    const foreign = new TestJournal().commit(3);
    for (const bad of [guard.replace('\n3\n', '\n2\n'), guard.slice(0, -20), '', foreign]) {
      expect(await refusal(bad, journal)).to.match(/not confirmed/);
    }
  });
});
