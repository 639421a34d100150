import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { checkCommitment, leafFields, openLeaf, sealLeaf } from '../../src/journal/leaf.js';
import type { JournalRecord } from '../../src/message/index.js';
import { TestVault } from './vault.js';

const record: JournalRecord = {
  kind: 'accepted',
  time: '2026-03-01T10:20:30.456Z',
  messageId: 'd7a1c9f0-15c1-11f1-8a3e-0242ac120002',
  exchange: 'd7a1c9f0-15c1-11f1-8a3e-0242ac120002',
  sender: 'REG001',
  recipient: 'EGISSO',
  format: '{urn://example/facts/1.0.7}data',
  config: 'c2hhMjU2',
  body: 'Ym9keQ==',
  hidden: { participant: '0001.000001', nodeId: 'узел-1', attachments: ['b', 'a'] },
};

describe('Leaves of the journal', () => {
  it('are canonical JSON whose names stand in order, with nothing hidden in them', () => {
    const { bytes } = sealLeaf(record, new TestVault()).leaf;
    const text = Buffer.from(bytes).toString();
    const fields = JSON.parse(text) as Record<string, unknown>;
    expect(Object.keys(fields)).to.deep.equal([...Object.keys(fields)].sort());
    expect(JSON.stringify(fields)).to.equal(text);
    expect(fields).to.include({ v: 1, kind: 'accepted', time: record.time, sender: 'REG001' });
    expect(text).to.not.include('0001.000001').and.to.not.include('hidden').and.to.not.include('nodeId');
  });

  it('commit to the hidden fields with SHA-256 over prefix, salt and canonical JSON', () => {
    const { leaf, salt } = sealLeaf(record, new TestVault());
    const canonical = '{"attachments":["b","a"],"nodeId":"узел-1","participant":"0001.000001"}';
    const expected = createHash('sha256')
      .update('smev-gateway/leaf/1\n')
      .update(salt)
      .update(canonical)
      .digest('base64');
    expect(leafFields(leaf.bytes)?.commitment).to.equal(expected);
    expect(salt.length).to.equal(32);
  });

  it('open with the vault and give back fields, salt and hidden', () => {
    const vault = new TestVault();
    const { leaf, salt } = sealLeaf(record, vault);
    const opened = openLeaf(leaf.bytes, leaf.opening, vault);
    if (typeof opened === 'string') return expect.fail(opened);
    const { hidden, ...clear } = record;
    expect(opened.hidden).to.deep.equal(hidden);
    expect(opened.salt).to.deep.equal(salt);
    expect(opened.fields).to.include(clear);
    expect(leaf).to.include({
      kind: 'accepted',
      time: Date.UTC(2026, 2, 1, 10, 20, 30, 456),
      messageId: record.messageId,
    });
  });

  it('have a commitment even when nothing is hidden, another one each time', () => {
    const vault = new TestVault();
    const bare: JournalRecord = { kind: 'configuration-changed', time: record.time };
    const [one, two] = [sealLeaf(bare, vault).leaf, sealLeaf(bare, vault).leaf];
    expect(leafFields(one.bytes)?.commitment).to.not.equal(leafFields(two.bytes)?.commitment);
    expect(openLeaf(one.bytes, one.opening, vault)).to.deep.include({ hidden: {} });
    expect(one).to.not.have.property('messageId');
  });

  it('let a third party check revealed fields, and only the true ones', () => {
    const { leaf, salt } = sealLeaf(record, new TestVault());
    const hidden = record.hidden!;
    expect(checkCommitment(leaf.bytes, salt, hidden)).to.equal(true);
    expect(checkCommitment(leaf.bytes, salt, { ...hidden, participant: '0001.000002' })).to.equal(false);
    expect(checkCommitment(leaf.bytes, Buffer.alloc(32), hidden)).to.equal(false);
    expect(checkCommitment(leaf.bytes, Buffer.concat([salt, Buffer.from('{')]), hidden)).to.equal(false);
  });

  it('say erased once the epoch is destroyed, and damaged for another leaf’s opening or any changed byte', () => {
    const vault = new TestVault();
    const { leaf } = sealLeaf(record, vault);
    const other = sealLeaf({ ...record, kind: 'answered' }, vault).leaf;
    expect(openLeaf(leaf.bytes, other.opening, vault)).to.equal('damaged');
    expect(openLeaf(other.bytes, leaf.opening, vault)).to.equal('damaged');
    for (let i = 0; i < leaf.opening.length; i++) {
      const changed = Buffer.from(leaf.opening);
      changed[i]! ^= 1;
      // A changed epoch number names an epoch that does not exist: indistinguishable from a destroyed one.
      expect(openLeaf(leaf.bytes, changed, vault), `byte ${i}`).to.equal(i >= 1 && i < 5 ? 'erased' : 'damaged');
    }
    expect(openLeaf(leaf.bytes, leaf.opening.subarray(0, 60), vault)).to.equal('damaged');
    vault.turn();
    vault.destroy(1);
    expect(openLeaf(leaf.bytes, leaf.opening, vault)).to.equal('erased');
    vault.replace(1);
    expect(openLeaf(leaf.bytes, leaf.opening, vault)).to.equal('damaged');
  });

  it('are refused above 65,535 bytes and in ill-formed Unicode', () => {
    const vault = new TestVault();
    const { bytes } = sealLeaf({ kind: 'refused', time: record.time, format: '' }, vault).leaf;
    const fits = 65_535 - bytes.length;
    expect(
      sealLeaf({ kind: 'refused', time: record.time, format: 'x'.repeat(fits) }, vault).leaf.bytes.length,
    ).to.equal(65_535);
    expect(() => sealLeaf({ kind: 'refused', time: record.time, format: 'x'.repeat(fits + 1) }, vault)).to.throw(
      RangeError,
    );
    expect(() => sealLeaf({ kind: 'refused', time: record.time, format: '\ud800' }, vault)).to.throw(RangeError);
  });

  it('of unknown kind and with unknown fields are read all the same', () => {
    const bytes = Buffer.from(
      '{"commitment":"AA==","kind":"from-the-future","new":1,"time":"2030-01-01T00:00:00.000Z","v":1}',
    );
    expect(leafFields(bytes)).to.include({ kind: 'from-the-future' });
    expect(leafFields(Buffer.from('{"v":2}'))).to.equal(undefined);
    expect(leafFields(Buffer.from('not json'))).to.equal(undefined);
  });
});
