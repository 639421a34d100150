import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { openFileKeyVault, vaultFrom } from '../../../src/drivers/key-vault-file/index.js';

describe('the key vault on files', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  it('makes a folder and files that only their owner can read', () => {
    const vault = openFileKeyVault(folder);
    vault.secret('reply-token');
    vault.journalKey();
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).to.equal(0o600);
    expect(readdirSync(folder)).to.have.members(['epoch-000001.key', 'journal.ed25519.pem', 'secret-reply-token.key']);
  });

  it('tightens files it finds open to others and clears away unfinished ones', () => {
    openFileKeyVault(folder);
    writeFileSync(join(folder, 'secret-a.key'), Buffer.alloc(32, 1), { mode: 0o644 });
    const unfinished = join(folder, 'secret-b.key.abc.new');
    writeFileSync(unfinished, 'half');
    openFileKeyVault(folder);
    expect(existsSync(unfinished), 'another process may be writing it').to.equal(true);
    utimesSync(unfinished, 0, 0);
    openFileKeyVault(folder);
    expect(statSync(join(folder, 'secret-a.key')).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).not.to.include('secret-b.key.abc.new');
  });

  it('refuses a key file of another length instead of using it', () => {
    openFileKeyVault(folder);
    writeFileSync(join(folder, 'epoch-000001.key'), 'short');
    expect(() => openFileKeyVault(folder)).to.throw('5 bytes, not 32');
  });

  it('takes no name of a secret that could leave the folder', () => {
    expect(() => openFileKeyVault(folder).secret('../x')).to.throw('not a name');
  });

  it('destroys an epoch in the file and in what other threads hold', () => {
    const vault = openFileKeyVault(folder);
    const other = vaultFrom(vault.exportVault());
    expect(vault.beginEpoch()).to.equal(2);
    expect(other.currentEpoch().id).to.equal(2);
    expect(other.epoch(1)).to.have.length(32);
    vault.destroy(1);
    expect([vault.epoch(1), other.epoch(1)]).to.deep.equal([undefined, undefined]);
    const reopened = openFileKeyVault(folder);
    expect([reopened.epoch(1), reopened.currentEpoch().id, reopened.beginEpoch()]).to.deep.equal([undefined, 2, 3]);
  });

  it('does not destroy the current epoch, whose number would come again', () => {
    const vault = openFileKeyVault(folder);
    expect(() => vault.destroy(1)).to.throw('begin another');
  });

  it('finishes a destruction that a crash interrupted', () => {
    openFileKeyVault(folder).beginEpoch();
    writeFileSync(join(folder, 'epoch-000001.key'), Buffer.alloc(32));
    expect(openFileKeyVault(folder).epoch(1)).to.equal(undefined);
    expect(readdirSync(folder)).to.deep.equal(['epoch-000002.key']);
  });

  it('gives threads that ask for a new secret at once the same one', async () => {
    const vault = openFileKeyVault(folder);
    const module = new URL('../../../src/drivers/key-vault-file/index.js', import.meta.url).href;
    const code = `const { workerData, parentPort } = require('node:worker_threads');
      import(workerData.module).then(({ vaultFrom }) => parentPort.postMessage(vaultFrom(workerData.vault).secret('shared').toString('hex')));`;
    const answers = [1, 2, 3].map(
      () =>
        new Promise<string>((resolve, reject) => {
          const worker = new Worker(code, { eval: true, workerData: { module, vault: vault.exportVault() } });
          worker.once('message', resolve).once('error', reject);
        }),
    );
    expect(new Set(await Promise.all(answers))).to.deep.equal(new Set([vault.secret('shared').toString('hex')]));
  });
});
