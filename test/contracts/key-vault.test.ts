import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileKeyVault, vaultFrom } from '../../src/drivers/key-vault-file/index.js';
import { keyVaultContract, type OpenedVault } from './key-vault-contract.js';

async function open(): Promise<OpenedVault> {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  return {
    vault: openFileKeyVault(folder),
    reopen: async () => openFileKeyVault(folder),
    close: async () => rmSync(folder, { recursive: true }),
  };
}

keyVaultContract('files', open);
keyVaultContract('files, as a worker thread sees them', async () => {
  const owner = await open();
  const { exportVault } = owner.vault as ReturnType<typeof openFileKeyVault>;
  return { ...owner, vault: vaultFrom(structuredClone(exportVault())) };
});
