/** Writes one file without end, piece by piece, and says how much was safe, until it is killed. */
import { openFileFolder } from '../../../src/drivers/files-folder/index.js';
import { openFileKeyVault } from '../../../src/drivers/key-vault-file/index.js';
import { isFileRefused } from '../../../src/ports/index.js';
import { octets } from '../../contracts/file-store-contract.js';

const [, , folder = '', keys = '', uuid = ''] = process.argv;
const PIECE = 50_000;
const store = await openFileFolder({ folder, vault: openFileKeyVault(keys), clock: { now: Date.now } });
for (let at = (await store.find(uuid))?.size ?? 0; ; ) {
  const upload = await store.upload({ uuid, name: 'f' }, at);
  if (isFileRefused(upload)) throw new Error(upload.en);
  for (let i = 0; i < 3; i++, at += PIECE) await upload.write(octets(PIECE, at + 1));
  await upload.end();
  process.send?.(at);
}
