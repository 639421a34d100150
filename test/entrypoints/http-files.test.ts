import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openFileFolder } from '../../src/drivers/files-folder/index.js';
import { openFileKeyVault } from '../../src/drivers/key-vault-file/index.js';
import { createFilesHandler } from '../../src/entrypoints/http-files/index.js';
import { fileAccess } from '../../src/pipeline/index.js';
import type { FileStore, KeyVault } from '../../src/ports/index.js';
import { contentOf, octets } from '../contracts/file-store-contract.js';
import { has, run } from './ftp/ftp-world.js';

const BYTES = octets(500_000);
const basic = (userName: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
});
const UPLOADER = basic('anonymous', 'smev');

describe('HTTP to the file store', () => {
  let folder: string;
  let vault: KeyVault;
  let files: FileStore;
  let server: Server;
  let url: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'http-files-'));
    vault = openFileKeyVault(join(folder, 'keys'));
    const clock = { now: Date.now };
    files = await openFileFolder({ folder: join(folder, 'files'), vault, clock, greatest: 1_000_000 });
    const handler = createFilesHandler({ files, vault, clock, log: { info() {}, warn() {}, error() {} } });
    server = createServer((q, a) => {
      if (!handler(q, a)) a.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await files.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (path: string, body: Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${url}/files/${path}`, { method: 'PUT', body: Uint8Array.from(body), headers: { ...UPLOADER, ...headers } });
  const claimed = async (bytes: Uint8Array) => {
    const uuid = randomUUID();
    await put(`${uuid}/${encodeURIComponent('факты.xml')}`, bytes);
    await files.claim(uuid, { owner: 'R', messageId: randomUUID(), size: bytes.length, at: 1 });
    const { userName, password } = fileAccess(uuid, Date.now(), vault);
    return {
      uuid,
      path: `${url}/files/${uuid}/${encodeURIComponent('факты.xml')}`,
      sign: basic(userName, password),
      userName,
      password,
    };
  };

  it('PUT stores, HEAD tells how much, Content-Range goes on', async () => {
    const uuid = randomUUID();
    expect((await put(`${uuid}/a.xml`, BYTES.subarray(0, 300_000))).status).to.equal(201);
    const head = await fetch(`${url}/files/${uuid}/a.xml`, { method: 'HEAD', headers: UPLOADER });
    expect(head.headers.get('content-length')).to.equal('300000');
    const gap = await put(`${uuid}/a.xml`, BYTES.subarray(400_000), { 'Content-Range': 'bytes 400000-499999/500000' });
    expect([gap.status, gap.headers.get('content-range')]).to.deep.equal([416, 'bytes */300000']);
    const rest = await put(`${uuid}/a.xml`, BYTES.subarray(300_000), { 'Content-Range': 'bytes 300000-499999/500000' });
    expect([rest.status, rest.headers.get('upload-offset')]).to.deep.equal([201, '500000']);
    expect((await contentOf(files, uuid)).equals(BYTES)).to.equal(true);
  });

  it('a PUT that breaks off keeps what came', async () => {
    const uuid = randomUUID();
    const half = request(`${url}/files/${uuid}/a`, {
      method: 'PUT',
      headers: { ...UPLOADER, 'Content-Length': 500_000 },
    });
    half.on('error', () => undefined);
    half.write(BYTES.subarray(0, 100_000));
    while (((await files.find(uuid))?.size ?? 0) < 100_000) await new Promise((r) => setImmediate(r));
    half.destroy();
    while ((await files.find(uuid))?.writing !== false) await new Promise((r) => setImmediate(r));
    expect(
      (await put(`${uuid}/a`, BYTES.subarray(100_000), { 'Content-Range': 'bytes 100000-499999/*' })).status,
    ).to.equal(201);
    expect((await contentOf(files, uuid)).equals(BYTES)).to.equal(true);
  });

  it('GET gives a reader its file, whole and by range', async () => {
    const { path, sign } = await claimed(BYTES);
    const whole = await fetch(path, { headers: sign });
    expect(whole.status).to.equal(200);
    expect(whole.headers.get('content-disposition')).to.equal(
      `attachment; filename*=UTF-8''${encodeURIComponent('факты.xml')}`,
    );
    expect(Buffer.from(await whole.arrayBuffer()).equals(BYTES)).to.equal(true);
    for (const [range, from, until] of [
      ['0-0', 0, 1],
      ['65535-65536', 65_535, 65_537],
      ['499999-', 499_999, 500_000],
      ['-10', 499_990, 500_000],
      ['100-999999', 100, 500_000],
    ] as const) {
      const part = await fetch(path, { headers: { ...sign, Range: `bytes=${range}` } });
      expect([part.status, part.headers.get('content-range')], range).to.deep.equal([
        206,
        `bytes ${from}-${until - 1}/500000`,
      ]);
      expect(Buffer.from(await part.arrayBuffer()).equals(BYTES.subarray(from, until)), range).to.equal(true);
    }
    expect((await fetch(path, { headers: { ...sign, Range: 'bytes=500000-' } })).status).to.equal(416);
    expect((await fetch(path, { headers: { ...sign, Range: 'bytes=0-1,5-6' } })).status).to.equal(200);
  });

  it('nobody reads without credentials, by those of another file, or as an uploader', async () => {
    const [one, two] = [await claimed(Buffer.from('one')), await claimed(Buffer.from('two'))];
    const status = async (headers: Record<string, string>) => (await fetch(one.path, { headers })).status;
    expect(await status({})).to.equal(401);
    expect(await status(basic('anonymous', 'guess'))).to.equal(401);
    expect(await status(basic(one.userName, two.password))).to.equal(401);
    expect(await status(two.sign)).to.equal(404);
    expect(await status(UPLOADER)).to.equal(403);
    expect((await fetch(one.path, { method: 'PUT', body: 'x', headers: one.sign })).status).to.equal(403);
    expect((await put(`${one.uuid}/x`, Buffer.from('x'))).status, 'a message has it').to.equal(409);
  });

  it('odd ways and names are refused', async () => {
    const uuid = randomUUID();
    for (const path of ['x/a', `${uuid}`, `${uuid}/`, `${uuid}/a/b`, `${uuid}/%ff`])
      expect((await put(path, Buffer.from('x'))).status, path).to.equal(404);
    for (const name of ['%2e%2e%2fpasswd', '..%5Cx', 'a%00b', 'a%0d%0ab', '%e2%80%aelmx.exe', '.ssh', 'NUL'])
      expect((await put(`${uuid}/${name}`, Buffer.from('x'))).status, name).to.equal(400);
    expect((await put(`${uuid}/a`, Buffer.from('x'), { 'Content-Encoding': 'gzip' })).status).to.equal(415);
    expect((await put(`${uuid}/a`, Buffer.from('x'), { 'Content-Range': 'bytes 5-1/9' })).status).to.equal(400);
    expect((await put(`${uuid}/a`, Buffer.from('xyz'), { 'Content-Range': 'bytes 0-1/3' })).status).to.equal(400);
    expect((await fetch(`${url}/files/${uuid}/a`, { method: 'DELETE', headers: UPLOADER })).status).to.equal(405);
  });

  it('too large a body is refused while it comes', async () => {
    expect((await put(`${randomUUID()}/a`, Buffer.alloc(2_000_000))).status).to.equal(413);
  });

  it('curl uploads and goes on with a download', async function () {
    if (!has('curl')) {
      this.test!.title += ' (skipped: needs curl)';
      this.skip();
    }
    const file = join(folder, 'up');
    writeFileSync(file, BYTES);
    const uuid = randomUUID();
    expect((await run('curl', ['-sSf', '-u', 'anonymous:smev', '-T', file, `${url}/files/${uuid}/up`])).code).to.equal(
      0,
    );
    await files.claim(uuid, { owner: 'R', messageId: randomUUID(), size: BYTES.length, at: 1 });
    const { userName, password } = fileAccess(uuid, Date.now(), vault);
    const got = join(folder, 'got');
    writeFileSync(got, BYTES.subarray(0, 70_000));
    const down = await run('curl', [
      '-sSf',
      '-C',
      '-',
      '-u',
      `${userName}:${password}`,
      '-o',
      got,
      `${url}/files/${uuid}/up`,
    ]);
    expect(down.code, down.out).to.equal(0);
    expect(readFileSync(got).equals(BYTES)).to.equal(true);
  });
});
