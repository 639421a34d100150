import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { signCheckpoint } from '../../src/journal/checkpoint.js';
import { leafHash, nodeHash } from '../../src/journal/tree.js';
import type { LogSource } from '../../src/journal/verify/log-source.js';
import { tileDirectorySource } from '../../src/journal/verify/tile-directory.js';
import { verifyLog } from '../../src/journal/verify/verify-log.js';
import { ORIGIN, TestJournal } from './journal-in-memory.js';
import { vectors } from './reference.js';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function directory(files: ReadonlyMap<string, Buffer>): LogSource {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  folders.push(folder);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return tileDirectorySource(folder);
}

async function complaint(source: LogSource, vkey: string, held: readonly string[] = []): Promise<string> {
  const verdict = await verifyLog(source, { vkey, held });
  return verdict.ok ? 'ok' : `${verdict.where}: ${verdict.wrong}`;
}

/** 600 leaves in commits of 1 … 32: two full tiles, one of 88, one of level 1. */
function grown(vault?: TestJournal['vault']): TestJournal {
  const journal = new TestJournal(vault);
  for (let count = 1; journal.edge.size < 600; count = (count % 32) + 1)
    journal.commit(Math.min(count, 600 - journal.edge.size));
  return journal;
}

describe('Verifying a log from its store', () => {
  it('finds nothing wrong in an honest log, at many sizes, and tells how far it is', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 600]) {
      const journal = new TestJournal();
      journal.append([]);
      if (size > 0) journal.commit(size);
      const seen: number[] = [];
      const verdict = await verifyLog(journal.source(), {
        vkey: journal.vkey,
        held: journal.notes,
        onProgress: (done) => seen.push(done),
      });
      expect(verdict).to.include({ ok: true, size });
      expect(seen.at(-1) ?? 0).to.equal(size);
    }
  });

  it('names an edited leaf', async () => {
    const journal = grown();
    journal.leaves[317] = Buffer.from(journal.leaves[317]!.toString().replace('m317', 'm318'));
    expect(await complaint(journal.source(), journal.vkey)).to.match(/^leaf 317: edited/);
  });

  it('names the first of two swapped leaves', async () => {
    const journal = grown();
    [journal.leaves[17], journal.leaves[20]] = [journal.leaves[20]!, journal.leaves[17]!];
    expect(await complaint(journal.source(), journal.vkey)).to.match(/^leaf 17: edited/);
  });

  it('names the stored node that an editor of leaf and leaf hash forgot', async () => {
    const journal = grown();
    journal.leaves[40] = Buffer.from(journal.leaves[40]!.toString().replace('m40', 'm41'));
    journal.nodes.set('0/40', leafHash(journal.leaves[40]!));
    expect(await complaint(journal.source(), journal.vkey)).to.match(/^tree level 1, node 20: /);
  });

  it('finds a leaf edited with all its nodes by the signed root', async () => {
    const journal = grown();
    journal.leaves[40] = Buffer.from(journal.leaves[40]!.toString().replace('m40', 'm41'));
    journal.nodes.set('0/40', leafHash(journal.leaves[40]!));
    for (let level = 1, at = 20; journal.nodes.has(`${level}/${at}`); level++, at = Math.floor(at / 2)) {
      journal.nodes.set(
        `${level}/${at}`,
        nodeHash(journal.hashAt(level - 1, 2 * at), journal.hashAt(level - 1, 2 * at + 1)),
      );
    }
    expect(await complaint(journal.source(), journal.vkey)).to.match(/^checkpoint: root of 600 leaves/);
  });

  it('finds a dropped tail, and a tail dropped together with the checkpoint when a later one is held elsewhere', async () => {
    const journal = grown();
    const last = journal.notes.at(-1)!;
    journal.leaves.splice(590);
    expect(await complaint(journal.source(), journal.vkey)).to.match(
      /^leaf 590: truncated: the checkpoint counts 600 leaves, 590 are here/,
    );
    const cut = new TestJournal(journal.vault);
    cut.append(journal.leaves);
    expect(await complaint(cut.source(), cut.vkey)).to.equal('ok');
    expect(await complaint(cut.source(), cut.vkey, [last])).to.match(/rolled back: a checkpoint of 600 leaves/);
  });

  it('finds a fork at the same size and at an earlier one, signed by the journal itself', async () => {
    const one = grown();
    const two = new TestJournal(one.vault);
    two.append(one.leaves.slice(0, 500));
    two.commit(100);
    expect(await complaint(two.source(), two.vkey, [one.notes.at(-1)!])).to.match(/fork at size 600/);
    const at528 = one.notes.find((note) => note.includes('\n528\n'))!;
    expect(await complaint(two.source(), two.vkey, [at528])).to.match(/fork at size 528/);
    expect(await complaint(two.source(), two.vkey, [one.notes[3]!])).to.equal('ok');
  });

  it('refuses a replayed older checkpoint that does not fit, a false one, a foreign one and none', async () => {
    const journal = grown();
    const { vkey } = journal;
    const replay = { ...journal.source(), checkpoint: async () => journal.notes[4] };
    expect(await complaint(replay, vkey)).to.equal('ok');
    expect(await complaint(replay, vkey, [journal.notes.at(-1)!])).to.match(/rolled back/);
    const withNote = (note: string | undefined) =>
      complaint({ ...journal.source(), checkpoint: async () => note }, vkey);
    expect(await withNote(undefined)).to.match(/there is no checkpoint/);
    expect(await withNote(journal.notes.at(-1)!.replace('\n600\n', '\n599\n'))).to.match(/signature is false/);
    expect(await withNote(new TestJournal().commit(600))).to.match(/not signed by/);
    expect(await withNote(signCheckpoint('other.example', 600, Buffer.alloc(32), journal.vault.journalKey()))).to.match(
      /is of other\.example/,
    );
    expect(await withNote(signCheckpoint(ORIGIN, 600, Buffer.alloc(32), journal.vault.journalKey()))).to.match(
      /is not the signed one/,
    );
    for (const bad of ['', 'x', journal.notes.at(-1)!.replace('\n', '\r\n'), journal.notes.at(-1)!.slice(0, -30)]) {
      expect(await withNote(bad)).to.match(/^checkpoint: /);
    }
    expect(await complaint(journal.source(), 'nonsense')).to.match(/verifier key is malformed/);
  });

  it('names a leaf that is not canonical JSON of a record, though its hashes fit', async () => {
    const good =
      '{"commitment":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","kind":"accepted","time":"2026-01-01T00:00:00.000Z","v":1}';
    const cases: [string | Buffer, RegExp | string][] = [
      [good, 'ok'],
      [good.replace('accepted', 'from-the-future').replace('"v":1', '"v":2,"zone":{"a":[1,null],"b":"я"}'), 'ok'],
      [good.replace(',', ', '), /not canonical/],
      [good.replace('"kind":"accepted",', '').replace('}', ',"kind":"accepted"}'), /not canonical/],
      [good.replace('"v":1', '"v":1,"v":1'), /not canonical/],
      [good.replace('"v":1', '"v":1.0'), /not canonical/],
      [good.replace('"v":1', '"v":0'), /no version/],
      [good.replace('2026-01-01', '2026-02-30'), /no time/],
      [good.replace('.000Z', 'Z'), /no time/],
      [good.replace('accepted', ''), /no kind/],
      [good.replace('AAA=', ''), /no commitment/],
      [Buffer.from([0xff, 0xfe]), /not JSON in UTF-8/],
      ['', /not JSON/],
      ['[]', /not a JSON object/],
      ['null', /not a JSON object/],
    ];
    for (const [leaf, expected] of cases) {
      const journal = new TestJournal();
      journal.commit(2);
      journal.append([Buffer.from(leaf as string)]);
      const said = await complaint(journal.source(), journal.vkey);
      if (typeof expected === 'string') expect(said, String(leaf)).to.equal(expected);
      else
        expect(said, String(leaf))
          .to.match(expected)
          .and.to.match(/^leaf 2: /);
    }
  });

  it('warns of times going back by more than five minutes, without calling the log wrong', async () => {
    const journal = new TestJournal();
    journal.commit(3, (index) => ({ time: new Date(Date.UTC(2026, 0, 1, 0, [0, 20, 16][index])).toISOString() }));
    expect(await verifyLog(journal.source(), { vkey: journal.vkey })).to.deep.include({ warnings: [] });
    journal.commit(1);
    const verdict = await verifyLog(journal.source(), { vkey: journal.vkey });
    expect(verdict).to.deep.include({ ok: true, warnings: ['leaf 3: time goes back by 1197 s'] });
  });
});

describe('Verifying a tile directory', () => {
  const journal = grown();
  const { vkey } = journal;
  const changed = (path: string, change: (bytes: Buffer) => Buffer) => {
    const files = journal.files();
    files.set(path, change(Buffer.from(files.get(path)!)));
    return complaint(directory(files), vkey);
  };
  const without = (path: string) => {
    const files = journal.files();
    expect(files.delete(path)).to.equal(true);
    return complaint(directory(files), vkey);
  };

  it('finds nothing wrong in what the writer writes', async () => {
    expect([...journal.files().keys()]).to.include.members(['tile/0/002.p/88', 'tile/1/000.p/2', 'tile/entries/001']);
    expect(await complaint(directory(journal.files()), vkey, journal.notes)).to.equal('ok');
    const large = new TestJournal();
    large.append(Array.from({ length: 70_000 }, () => journal.leaves[0]!));
    expect(await complaint(directory(large.files()), large.vkey)).to.equal('ok');
  });

  it('takes a full tile where the partial one was dropped', async () => {
    const earlier = new TestJournal(journal.vault);
    earlier.append(journal.leaves.slice(0, 300));
    const files = new Map([...journal.files(), ['checkpoint', Buffer.from(earlier.notes.at(-1)!)]]);
    files.set('tile/1/000.p/1', files.get('tile/1/000.p/2')!.subarray(0, 32));
    expect(await complaint(directory(files), vkey)).to.equal('ok');
  });

  it('names an edited leaf and a changed hash by their tile or number', async () => {
    expect(await changed('tile/entries/001', (b) => b.fill('x', 30, 31))).to.match(/^leaf 256: /);
    expect(await changed('tile/0/001', (b) => b.fill(0, 320, 352))).to.match(/^leaf 266: edited/);
    expect(await changed('tile/1/000.p/2', (b) => b.fill(0, 32))).to.match(/^tree level 8, node 1: /);
  });

  it('names a truncated tile, a bundle cut inside a leaf, a tile and a bundle of wrong width', async () => {
    expect(await changed('tile/0/000', (b) => b.subarray(0, 8000))).to.equal('tile/0/000: its width is 250, not 256');
    expect(await changed('tile/0/000', (b) => b.subarray(0, 8191))).to.match(/^tile\/0\/000: truncated/);
    expect(await changed('tile/0/002.p/88', (b) => b.subarray(32))).to.equal(
      'tile/0/002.p/88: its width is 87, not 88',
    );
    expect(await changed('tile/0/002.p/88', (b) => Buffer.concat([b, b]))).to.match(
      /^tile\/0\/002\.p\/88: its width is 176/,
    );
    expect(await changed('tile/entries/002.p/88', (b) => b.subarray(0, -1))).to.match(
      /^tile\/entries\/002\.p\/88: truncated/,
    );
    expect(await changed('tile/entries/000', (b) => Buffer.concat([b, Buffer.of(0, 0)]))).to.match(
      /^tile\/entries\/000: its width is 257/,
    );
    expect(await changed('tile/entries/000', (b) => Buffer.concat([b, Buffer.of(0)]))).to.match(
      /^tile\/entries\/000: truncated/,
    );
  });

  it('names a missing tile, bundle and checkpoint', async () => {
    expect(await without('tile/0/001')).to.equal('tile/0/001: truncated: the file is missing');
    expect(await without('tile/1/000.p/2')).to.equal('tile/1/000.p/2: truncated: the file is missing');
    expect(await without('tile/entries/002.p/88')).to.equal('tile/entries/002.p/88: truncated: the file is missing');
    expect(await without('checkpoint')).to.equal('checkpoint: there is no checkpoint');
  });

  it('recomputes a published log up to its leaves’ form, which is not ours (shared vectors, skipped when absent)', async function () {
    const folder = vectors('tlog-tiles-log');
    if (folder === undefined) return this.skip();
    const key = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';
    expect(await complaint(tileDirectorySource(join(folder, 'log')), key)).to.equal('leaf 0: is not JSON in UTF-8');
  });
});
