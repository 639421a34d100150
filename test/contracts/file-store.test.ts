import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileFolder } from '../../src/drivers/files-folder/index.js';
import { openFileKeyVault } from '../../src/drivers/key-vault-file/index.js';
import { fileStoreContract, type OpenedFileStore } from './file-store-contract.js';

fileStoreContract('a folder', () => openIn(mkdtempSync(join(tmpdir(), 'files-'))));

async function openIn(folder: string): Promise<OpenedFileStore> {
  const vault = openFileKeyVault(join(folder, 'keys'));
  const store = await openFileFolder({
    folder: join(folder, 'files'),
    vault,
    clock: { now: Date.now },
    greatest: 300_000,
    room: 1_000_000,
    uploads: 4,
  });
  return {
    store,
    reopen: async () => {
      await store.close();
      return openIn(folder);
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
