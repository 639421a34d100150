import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openFileFolder } from '../../../src/drivers/files-folder/index.js';
import { openFileKeyVault } from '../../../src/drivers/key-vault-file/index.js';
import { contentOf, octets } from '../../contracts/file-store-contract.js';

const PIECE = 50_000;

describe('kill −9 in the middle of uploads', () => {
  it('what was said to be safe is there, octet by octet, nothing besides, and the upload goes on', async function () {
    this.timeout(60_000);
    const base = mkdtempSync(join(tmpdir(), 'files-'));
    const [folder, keys] = [join(base, 'files'), join(base, 'keys')];
    const uuid = randomUUID();
    for (let round = 0; round < 6; round++) {
      const child = fork(new URL('./uploading-process.js', import.meta.url), [folder, keys, uuid]);
      let safe = 0;
      await new Promise<void>((resolve) => {
        let left = 2 + round;
        child.on('message', (size) => {
          safe = size as number;
          left--;
          // Not at the end of an upload, but some time into the next.
          if (left === 0) setTimeout(() => child.kill('SIGKILL'), round);
        });
        child.once('exit', () => resolve());
      });
      const store = await openFileFolder({ folder, vault: openFileKeyVault(keys), clock: { now: Date.now } });
      const found = (await store.find(uuid))!;
      expect(found.size).to.be.at.least(safe);
      const content = await contentOf(store, uuid);
      expect(content.length).to.equal(found.size);
      for (let at = 0; at < content.length; at += PIECE) {
        const piece = octets(PIECE, at + 1).subarray(0, content.length - at);
        expect(content.subarray(at, at + PIECE).equals(piece), `octets from ${at}`).to.equal(true);
      }
      // The next round goes on where a piece begins, as a client that repeats its last piece would.
      const upload = await store.upload({ uuid, name: 'f' }, 'end');
      if ('refused' in upload) throw new Error(upload.en);
      const rest = (PIECE - (found.size % PIECE)) % PIECE;
      const from = found.size - (found.size % PIECE);
      await upload.write(octets(PIECE, from + 1).subarray(PIECE - rest, rest === 0 ? PIECE - rest : PIECE));
      await upload.end();
      await store.close();
      expect(readdirSync(folder)).to.deep.equal([`${uuid}.file`]);
    }
    rmSync(base, { recursive: true, force: true });
  });
});
