import { randomUUID } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openFileFolder } from '../../../src/drivers/files-folder/index.js';
import { openFileKeyVault } from '../../../src/drivers/key-vault-file/index.js';
import type { FileStore, FileUpload } from '../../../src/ports/index.js';
import { contentOf, octets } from '../../contracts/file-store-contract.js';

const clock = { now: Date.now };

describe('files at rest', () => {
  let base: string;
  let folder: string;
  let store: FileStore;
  const uuid = randomUUID();
  const open = async () => openFileFolder({ folder, vault: openFileKeyVault(join(base, 'keys')), clock });
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'files-'));
    folder = join(base, 'files');
    store = await open();
    const upload = (await store.upload({ uuid, name: 'Иванов.xml' }, 0)) as FileUpload;
    await upload.write(octets(150_000));
    await upload.end();
  });
  afterEach(async () => {
    await store.close();
    rmSync(base, { recursive: true, force: true });
  });
  const path = () => join(folder, `${uuid}.file`);

  it('neither octets nor names stand in clear, and only the owner may read', () => {
    const held = readFileSync(path());
    expect(held.includes(octets(150_000).subarray(0, 16))).to.equal(false);
    expect(held.includes('Иванов')).to.equal(false);
    expect(statSync(path()).mode & 0o777).to.equal(0o600);
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    expect(readdirSync(folder)).to.deep.equal([`${uuid}.file`]);
  });

  it('a torn last block is given up: the file ends at the block before and goes on there', async () => {
    for (const cut of [1, 28, 5_000, 18_900 + 28]) truncateSync(path(), statSync(path()).size - cut);
    const found = (await store.find(uuid))!;
    expect(found.size).to.be.lessThan(150_000);
    const upload = (await store.upload({ uuid, name: 'Иванов.xml' }, found.size)) as FileUpload;
    await upload.write(octets(150_000).subarray(found.size));
    await upload.end();
    expect((await contentOf(store, uuid)).equals(octets(150_000))).to.equal(true);
  });

  it('octets changed on disk are never given: reading breaks off', async () => {
    const held = readFileSync(path());
    held[600]! ^= 1;
    writeFileSync(path(), held);
    const got: number[] = [];
    let broken = '';
    try {
      for await (const piece of store.read(uuid)) got.push(piece.length);
    } catch (error) {
      broken = String(error);
    }
    expect(broken).to.match(/block 0 .* is damaged/);
    expect(got).to.deep.equal([]);
  });

  it('a file moved to another uuid does not open', async () => {
    const other = randomUUID();
    writeFileSync(join(folder, `${other}.file`), readFileSync(path()));
    expect(await store.find(other)).to.equal(undefined);
  });

  it('what another process does to a claimed file is nobody’s: more octets are not given, another file is not there', async () => {
    const other = await open();
    const begun = (await other.upload({ uuid, name: 'Иванов.xml' }, 'end')) as FileUpload;
    expect(await store.claim(uuid, { owner: 'R', messageId: randomUUID(), size: 150_000, at: 1 })).to.equal(undefined);
    await begun.write(octets(1_000));
    await begun.end();
    expect((await store.find(uuid))?.size).to.equal(150_000);
    expect((await contentOf(store, uuid)).equals(octets(150_000))).to.equal(true);
    const elsewhere = randomUUID();
    const fresh = (await other.upload({ uuid: elsewhere, name: 'Иванов.xml' }, 0)) as FileUpload;
    await fresh.write(octets(200_000, 7));
    await fresh.end();
    await other.close();
    const claim = readFileSync(join(folder, `${uuid}.claim`));
    writeFileSync(join(folder, `${elsewhere}.claim`), claim);
    expect(await store.find(elsewhere)).to.equal(undefined);
    expect(await contentOf(store, elsewhere).catch((e) => String(e))).to.match(/not the one claimed/);
  });

  it('with the epoch key destroyed nothing opens any more', async () => {
    const vault = openFileKeyVault(join(base, 'keys'));
    vault.beginEpoch();
    vault.destroy(1);
    const later = await openFileFolder({ folder, vault, clock });
    expect(await later.find(uuid)).to.equal(undefined);
    await later.close();
  });

  it('what a crash left unfinished is cleared away at the start', async () => {
    writeFileSync(join(folder, `${randomUUID()}.file.new`), 'half');
    writeFileSync(join(folder, `${uuid}.claim.new`), '{');
    await store.close();
    store = await open();
    expect(readdirSync(folder)).to.deep.equal([`${uuid}.file`]);
  });

  it('a symbolic link among the files leads nowhere', async () => {
    const other = randomUUID();
    symlinkSync('/etc/passwd', join(folder, `${other}.file`));
    expect(await store.find(other)).to.equal(undefined);
    expect('refused' in (await store.upload({ uuid: other, name: 'a' }, 'end'))).to.equal(false);
    expect(readFileSync('/etc/passwd', 'utf8')).to.contain('root');
  });
});
