import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { FileRefused, FileStore, FileUpload, StoredFile } from '../../src/ports/index.js';

export interface OpenedFileStore {
  /** At most 300,000 bytes a file, 1,000,000 together, 4 uploads at once. */
  readonly store: FileStore;
  /** The same files after a restart. */
  reopen(): Promise<OpenedFileStore>;
  close(): Promise<void>;
}

export const octets = (size: number, seed = 1): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let i = 0, x = seed; i < size; i++) {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = x >>> 16;
  }
  return bytes;
};

export async function contentOf(store: FileStore, uuid: string, from?: number, until?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(uuid, from, until)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Every FileStore passes this. */
export function fileStoreContract(name: string, open: () => Promise<OpenedFileStore>): void {
  describe(`FileStore contract: ${name}`, () => {
    let opened: OpenedFileStore;
    let store: FileStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());
    const begin = async (uuid: string, from: number | 'end' = 0, file = 'данные.xml') => {
      const upload = await store.upload({ uuid, name: file }, from);
      expect('refused' in upload ? upload.en : '', 'begun').to.equal('');
      return upload as FileUpload;
    };
    const put = async (uuid: string, bytes: Uint8Array, from: number | 'end' = 0, file?: string) => {
      const upload = await begin(uuid, from, file);
      expect(await upload.write(bytes)).to.equal(undefined);
      return (await upload.end()) as StoredFile;
    };
    const refusal = async (answer: Promise<object | undefined>) => ((await answer) as FileRefused | undefined)?.refused;

    it('gives back what was written, whole and by range', async () => {
      const uuid = randomUUID();
      const bytes = octets(200_000);
      const upload = await begin(uuid);
      for (let at = 0; at < bytes.length; at += 7_001) await upload.write(bytes.subarray(at, at + 7_001));
      const stored = (await upload.end()) as StoredFile;
      expect(stored.size).to.equal(200_000);
      expect(await contentOf(store, uuid.toUpperCase())).to.deep.equal(bytes);
      for (const [from, until] of [
        [0, 1],
        [65_535, 65_537],
        [65_536, 131_072],
        [199_999, 500_000],
        [5, 5],
      ] as const)
        expect(await contentOf(store, uuid, from, until), `${from}…${until}`).to.deep.equal(
          bytes.subarray(from, until),
        );
      expect(await store.find(uuid)).to.include({ uuid, name: 'данные.xml', size: 200_000, writing: false });
    });

    it('goes on where an upload ended, in the middle of a block, after a restart too', async () => {
      const bytes = octets(180_000);
      const uuid = randomUUID();
      for (const at of [1, 65_535, 65_536, 100_000]) {
        const size = (await store.find(uuid))?.size ?? 0;
        await put(uuid, bytes.subarray(size, at), size);
        ({ store } = opened = await opened.reopen());
      }
      const last = await begin(uuid, 'end');
      expect(last.from).to.equal(100_000);
      await last.write(bytes.subarray(100_000));
      await last.end();
      expect((await contentOf(store, uuid)).equals(bytes)).to.equal(true);
    });

    it('begins anew at 0, also under another name', async () => {
      const uuid = randomUUID();
      await put(uuid, octets(70_000));
      await put(uuid, octets(10, 2), 0, 'другой.xml');
      expect(await contentOf(store, uuid)).to.deep.equal(octets(10, 2));
      expect((await store.find(uuid))?.name).to.equal('другой.xml');
    });

    it('refuses a gap, another name for the rest, and a second upload at once', async () => {
      const uuid = randomUUID();
      await put(uuid, octets(10));
      expect(await refusal(store.upload({ uuid, name: 'данные.xml' }, 11))).to.equal('gap');
      expect(await refusal(store.upload({ uuid, name: 'данные.xml' }, 3))).to.equal('gap');
      expect(await refusal(store.upload({ uuid, name: 'b' }, 10))).to.equal('name');
      const both = await Promise.all([1, 2].map(() => store.upload({ uuid, name: 'данные.xml' }, 'end')));
      expect(both.filter((b) => 'refused' in b && b.refused === 'busy').length).to.equal(1);
      await Promise.all(both.map((b) => ('end' in b ? b.end() : undefined)));
    });

    it('refuses names that are ways, devices, tricks of writing or too long', async () => {
      const names = [
        '',
        '.',
        '..',
        '../x',
        'a/b',
        'a\\b',
        'a\0b',
        'a\r\nSTOR b',
        'NUL.xml',
        'con',
        ' a',
        'a.',
        'a\u202Elmx.exe',
        'я'.repeat(128),
        '\ud800',
      ];
      for (const file of names)
        expect(await refusal(store.upload({ uuid: randomUUID(), name: file }, 0)), JSON.stringify(file)).to.equal(
          'name',
        );
      for (const uuid of ['', '..', '../../etc', `${randomUUID()}/..`, `${randomUUID()}\0`])
        expect(await refusal(store.upload({ uuid, name: 'a' }, 0)), JSON.stringify(uuid)).to.equal('name');
    });

    it('bounds one file, all files and uploads at once; what came before stays', async () => {
      const uuid = randomUUID();
      const upload = await begin(uuid);
      expect(await refusal(upload.write(octets(300_000)))).to.equal(undefined);
      expect(await refusal(upload.write(octets(1)))).to.equal('too-large');
      expect(((await upload.end()) as StoredFile).size).to.equal(300_000);
      await put(randomUUID(), octets(300_000));
      await put(randomUUID(), octets(300_000));
      const last = await begin(randomUUID());
      expect(await refusal(last.write(octets(150_000)))).to.equal('full');
      await store.remove(uuid);
      const many = await Promise.all([1, 2, 3].map(() => begin(randomUUID())));
      expect(await refusal(store.upload({ uuid: randomUUID(), name: 'a' }, 0))).to.equal('busy');
      for (const one of [last, ...many]) await one.end();
      await put(randomUUID(), octets(200_000));
    });

    it('a claimed file never changes, and belongs to one owner', async () => {
      const uuid = randomUUID();
      await put(uuid, octets(10));
      const claim = { owner: 'REG001', messageId: randomUUID(), size: 10, at: 5 };
      expect(await refusal(store.claim(uuid, { ...claim, size: 9 }))).to.equal('changed');
      expect(await refusal(store.claim(randomUUID(), claim))).to.equal('absent');
      const writing = await begin(uuid, 'end');
      expect(await refusal(store.claim(uuid, claim))).to.equal('busy');
      await writing.end();
      expect(await store.claim(uuid, claim)).to.equal(undefined);
      expect(await store.claim(uuid, claim), 'again').to.equal(undefined);
      ({ store } = opened = await opened.reopen());
      expect(await refusal(store.claim(uuid, { ...claim, owner: 'FED001' }))).to.equal('foreign');
      expect(await refusal(store.upload({ uuid, name: 'данные.xml' }, 0))).to.equal('claimed');
      expect(await refusal(store.upload({ uuid, name: 'данные.xml' }, 'end'))).to.equal('claimed');
      await store.settle(uuid, 7);
      await store.settle(uuid, 8);
      expect(await store.find(uuid)).to.deep.include({ claim, settledAt: 7 });
      await store.remove(uuid);
      await store.remove(uuid);
      expect(await store.find(uuid)).to.equal(undefined);
    });

    it('lists what is there; an upload under way is told of', async () => {
      const uuid = randomUUID();
      const upload = await begin(uuid);
      await upload.write(octets(70_000));
      expect(await store.find(uuid)).to.include({ size: 70_000, writing: true });
      await upload.end();
      const listed = [];
      for await (const file of store.list()) listed.push(file.uuid);
      expect(listed).to.deep.equal([uuid]);
    });
  });
}
