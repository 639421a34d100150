import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseReceipt, verifyReceipt } from '../../src/journal/receipt.js';
import { TestJournal } from './journal-in-memory.js';
import { repositoryRoot } from './reference.js';

const journal = new TestJournal();
journal.commit(5);
const early = journal.notes.at(-1)!;
journal.commit(8);
const receipt = journal.receipt(6);
const leaf = journal.leaves[6]!;

/** Each forgery with what it stands for; none may verify against leaf 6 and the journal's key. */
const forgeries: [string, string][] = [
  ['an index at the size', receipt.replace('index 6', 'index 13')],
  ['another index', receipt.replace('index 6', 'index 7')],
  ['an index with a leading zero', receipt.replace('index 6', 'index 06')],
  ['an index above 2^53', receipt.replace('index 6', 'index 9007199254740998')],
  ['an earlier checkpoint under a later proof', receipt.slice(0, receipt.indexOf('\n\n') + 2) + early],
  ['trailing garbage in the proof', receipt.replace('\n\n', `\n${Buffer.alloc(32).toString('base64')}\n\n`)],
  ['trailing garbage after the checkpoint', `${receipt}garbage\n`],
  ['a missing proof line', receipt.replace(/(index 6\n)[^\n]+\n/, '$1')],
  ['a short proof line', receipt.replace(/(index 6\n)[^\n]+\n/, '$1AAAA\n')],
  ['another header', receipt.replace('@v1', '@v2')],
  ['a carriage return', receipt.replace('\n', '\r\n')],
  ['no checkpoint', receipt.slice(0, receipt.indexOf('\n\n') + 2)],
  ['nothing', ''],
  ['another size in the checkpoint', receipt.replace('\n13\n', '\n14\n')],
  ['another receipt’s proof', journal.receipt(7).replace('index 7', 'index 6')],
];

describe('Receipts (c2sp.org/tlog-proof@v1)', () => {
  it('have the lines of the format in their order', () => {
    const [head, note] = [receipt.slice(0, receipt.indexOf('\n\n')), receipt.slice(receipt.indexOf('\n\n') + 2)];
    const lines = head.split('\n');
    expect(lines.slice(0, 3)).to.deep.equal(['c2sp.org/tlog-proof@v1', `extra ${leaf.toString('base64')}`, 'index 6']);
    expect(lines.length).to.equal(3 + 4);
    expect(note).to.equal(journal.notes.at(-1));
  });

  it('verify for every leaf at every checkpoint, with the key and nothing else', () => {
    for (const note of journal.notes) {
      for (let index = 0; index < Number(note.split('\n')[1]); index++) {
        const verdict = verifyReceipt(journal.receipt(index, note), journal.leaves[index]!, [journal.vkey]);
        expect(verdict).to.deep.include({ index });
      }
    }
  });

  it('prove the leaf of a journal of one with no proof lines', () => {
    const single = new TestJournal();
    single.commit(1);
    expect(single.receipt(0)).to.match(/\nindex 0\n\ngateway/);
    expect(verifyReceipt(single.receipt(0), single.leaves[0]!, [single.vkey])).to.deep.include({ index: 0 });
  });

  it('do not vouch for the extra line: another leaf is refused whatever it says', () => {
    const forged = receipt.replace(leaf.toString('base64'), journal.leaves[7]!.toString('base64'));
    const hint = parseReceipt(forged);
    expect('leaf' in hint && hint.leaf).to.deep.equal(journal.leaves[7]!);
    expect(verifyReceipt(forged, journal.leaves[7]!, [journal.vkey])).to.have.property('wrong');
    expect(verifyReceipt(forged, leaf, [journal.vkey])).to.deep.include({ index: 6 });
    expect(verifyReceipt(receipt.replace(/\nextra [^\n]+/, ''), leaf, [journal.vkey])).to.deep.include({ index: 6 });
  });

  it('are refused under another journal’s key and without keys', () => {
    expect(verifyReceipt(receipt, leaf, [new TestJournal().vkey])).to.have.property('wrong');
    expect(verifyReceipt(receipt, leaf, [])).to.have.property('wrong');
  });

  for (const [name, text] of forgeries) {
    it(`are refused with ${name}`, () => expect(verifyReceipt(text, leaf, [journal.vkey])).to.have.property('wrong'));
  }
});

describe('verify-receipt.mjs', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
  after(() => rmSync(folder, { recursive: true }));

  function run(text: string, ...options: string[]): { status: number | null; out: string } {
    writeFileSync(join(folder, 'r.tlog-proof'), text);
    const script = join(repositoryRoot(), 'scripts', 'verify-receipt.mjs');
    const ran = spawnSync(process.execPath, [script, join(folder, 'r.tlog-proof'), ...options], { encoding: 'utf8' });
    return { status: ran.status, out: ran.stdout + ran.stderr };
  }

  it('proves a receipt by itself, printing the record, with the key given as text or file', () => {
    const { status, out } = run(receipt, '--vkey', journal.vkey);
    expect(out).to.match(/^PROVEN: this record is entry 6 of the journal gateway\.example\/journal/);
    expect(out).to.include(leaf.toString());
    expect(status).to.equal(0);
    writeFileSync(join(folder, 'key'), `${journal.vkey}\n`);
    writeFileSync(join(folder, 'leaf'), leaf);
    expect(run(receipt, '--vkey', join(folder, 'key'), '--leaf', join(folder, 'leaf')).status).to.equal(0);
  });

  it('refuses each forgery, another leaf and another key', () => {
    writeFileSync(join(folder, 'leaf'), leaf);
    for (const [name, text] of forgeries) {
      const { status, out } = run(text, '--vkey', journal.vkey, '--leaf', join(folder, 'leaf'));
      expect([status, out.slice(0, 11)], name).to.deep.equal([1, 'NOT PROVEN:']);
    }
    writeFileSync(join(folder, 'leaf'), journal.leaves[5]!);
    expect(run(receipt, '--vkey', journal.vkey, '--leaf', join(folder, 'leaf')).status).to.equal(1);
    expect(run(receipt, '--vkey', new TestJournal().vkey).status).to.equal(1);
    expect(run(receipt).status).to.equal(2);
  });
});
