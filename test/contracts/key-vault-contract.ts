import { createPrivateKey } from 'node:crypto';
import { expect } from 'chai';
import type { KeyVault } from '../../src/ports/index.js';

export interface OpenedVault {
  readonly vault: KeyVault;
  /** The same vault as after a restart. */
  reopen(): Promise<KeyVault>;
  close(): Promise<void>;
}

/** Every KeyVault passes this. */
export function keyVaultContract(name: string, open: () => Promise<OpenedVault>): void {
  describe(`KeyVault contract: ${name}`, () => {
    let opened: OpenedVault;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('has a current epoch from the start, the same after a restart', async () => {
      const { id, key } = opened.vault.currentEpoch();
      expect(key).to.have.length(32);
      expect(opened.vault.epoch(id)).to.deep.equal(key);
      expect((await opened.reopen()).currentEpoch()).to.deep.equal({ id, key });
    });

    it('knows no epoch that never was', () => {
      expect(opened.vault.epoch(4711)).to.equal(undefined);
      expect(opened.vault.epoch(0)).to.equal(undefined);
    });

    it('keeps one secret a name, durable at first use', async () => {
      const secret = opened.vault.secret('reply-token');
      expect(secret).to.have.length(32);
      expect(opened.vault.secret('receipt-link')).not.to.deep.equal(secret);
      const again = await opened.reopen();
      expect(again.secret('reply-token')).to.deep.equal(secret);
    });

    it('keeps one journal key, an Ed25519 in PKCS#8', async () => {
      const pem = opened.vault.journalKey();
      expect(createPrivateKey(pem).asymmetricKeyType).to.equal('ed25519');
      expect((await opened.reopen()).journalKey()).to.equal(pem);
    });

    it('gives copies: spoiling one spoils nothing', () => {
      const { id, key } = opened.vault.currentEpoch();
      const [copy, secret] = [Buffer.from(key), Buffer.from(opened.vault.secret('a'))];
      key.fill(0);
      opened.vault.secret('a').fill(0);
      expect(opened.vault.epoch(id)).to.deep.equal(copy);
      expect(opened.vault.secret('a')).to.deep.equal(secret);
    });
  });
}
