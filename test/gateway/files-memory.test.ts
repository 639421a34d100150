/** «A 1 GB attachment through the file store: at most 64 MB above idle»: here a smaller one; `npm run bench -- --files` carries the whole. */
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { measureFile } from '../../bench/files.js';
import { has } from '../entrypoints/ftp/ftp-world.js';

const MEGABYTES = 96;

describe('a large file through the file store', () => {
  it(`${MEGABYTES} MiB go up, are checked and come down within 64 MiB of memory above idle`, async function () {
    if (!has('curl') || !existsSync('/proc/self/clear_refs')) {
      this.test!.title += ' (skipped: needs curl and Linux)';
      this.skip();
    }
    this.timeout(120_000);
    const rows = await measureFile(MEGABYTES);
    console.log(rows.map(({ step, above }) => `      ${step}: ${above} MiB above idle`).join('\n'));
    expect(Math.max(...rows.map((r) => r.above))).to.be.lessThan(64);
  });
});
