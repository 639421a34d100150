import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import { indexCommitment, indexEntries, openIndexEntry, personLabel } from '../../src/journal/person-index.js';
import { TestVault } from './vault.js';

const MESSAGE = 'd7a1c9f0-15c1-11f1-8a3e-0242ac120002';

describe('The person index', () => {
  it('labels a SNILS by HMAC-SHA-256 under the vault’s secret, whatever its punctuation', () => {
    const vault = new TestVault();
    const expected = createHmac('sha256', vault.secret('person-index')).update('11223344595').digest();
    expect(personLabel('112-233-445 95', vault)).to.deep.equal(expected);
    expect(personLabel('11223344595', vault)).to.deep.equal(expected);
    expect(personLabel('11223344596', vault)).to.not.deep.equal(expected);
  });

  it('seals message and slot under the label, and opens them', () => {
    const vault = new TestVault();
    const { rows } = indexEntries(['11223344595', '22334455606'], MESSAGE, vault);
    expect(rows.map((row) => openIndexEntry(row, vault))).to.deep.equal([
      { messageId: MESSAGE, slot: 1 },
      { messageId: MESSAGE, slot: 2 },
    ]);
    expect(rows[0]!.sealed.includes(MESSAGE)).to.equal(false);
    expect(openIndexEntry({ label: rows[1]!.label, sealed: rows[0]!.sealed }, vault)).to.equal('damaged');
    vault.turn();
    vault.destroy(1);
    expect(openIndexEntry(rows[0]!, vault)).to.equal('erased');
  });

  it('commits to number and content of the entries with a salt', () => {
    const vault = new TestVault();
    const made = indexEntries(['11223344595', '22334455606'], MESSAGE, vault);
    const salt = Buffer.from(made.salt!, 'base64');
    const entries = made.rows.map((row, i) => ({ label: row.label, entry: { messageId: MESSAGE, slot: i + 1 } }));
    expect(indexCommitment(salt, entries)).to.equal(made.commitment);
    expect(indexCommitment(salt, entries.slice(0, 1))).to.not.equal(made.commitment);
    expect(indexCommitment(salt, [...entries].reverse())).to.not.equal(made.commitment);
    const spelled = createHash('sha256')
      .update('smev-gateway/index/1\n')
      .update(salt)
      .update(Buffer.of(0, 0, 0, 2));
    for (const { label, entry } of entries)
      spelled.update(
        createHash('sha256').update(label).update(`{"messageId":"${MESSAGE}","slot":${entry.slot}}`).digest(),
      );
    expect(spelled.digest('base64')).to.equal(made.commitment);
  });

  it('adds nothing when nobody is named', () => {
    expect(indexEntries([], MESSAGE, new TestVault())).to.deep.equal({ rows: [] });
  });
});
