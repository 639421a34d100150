/** One large file through the whole road: FTP up, announced, checked late, handed out, FTP and HTTP down. Memory of the gateway's process above idle. */
import { fork, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createClient } from '../src/client/index.js';
import { createCryptoProvider } from '../src/drivers/crypto-openssl/index.js';
import { content, RECIPIENT } from './messages.js';

const MIB = 1024 * 1024;
/** What this project holds itself to, MiB above idle. */
const BAR = 64;

export interface FileRow {
  readonly step: string;
  readonly seconds: number;
  /** Greatest memory of the gateway's process in this step above what it was before the first, MiB. */
  readonly above: number;
}

interface Road {
  readonly url: string;
  readonly ftpUrl: string;
  readonly certificates: string;
  readonly pid: number;
}

/** Rows of one file of so many MiB; Linux, curl. The process has carried a small file before. */
export async function measureFile(megabytes: number): Promise<readonly FileRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'smev-bench-'));
  const child = fork(new URL('./gateway-process.js', import.meta.url), [folder, 'ftp'], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    const made = await new Promise<Omit<Road, 'pid'>>((resolve) => child.once('message', (m) => resolve(m as Road)));
    const road = { ...made, pid: child.pid! };
    await carry(road, 1, () => undefined);
    const idle = memory(road.pid, 'VmRSS');
    const rows: FileRow[] = [];
    await carry(road, megabytes, async (step, run) => {
      writeFileSync(`/proc/${road.pid}/clear_refs`, '5');
      const from = performance.now();
      await run();
      rows.push({
        step,
        seconds: Number(((performance.now() - from) / 1000).toFixed(1)),
        above: Number((memory(road.pid, 'VmHWM') - idle).toFixed(1)),
      });
    });
    return rows;
  } finally {
    child.send('stop');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function carry(
  road: Road,
  megabytes: number,
  measured: (step: string, run: () => Promise<void>) => Promise<void> | undefined,
): Promise<void> {
  const step = (name: string, run: () => Promise<void>) => measured(name, run) ?? run();
  const uuid = randomUUID();
  const [agency, reader] = [client(road, 'FED001'), client(road, RECIPIENT)];
  let sum = '';
  await step('FTP upload', async () => {
    const digest = createHash('sha256');
    const to = `${road.ftpUrl}/${uuid}/large.bin`;
    await curl(['-u', 'anonymous:smev', '--ftp-create-dirs', '-T', '-', to], pieces(megabytes, digest));
    sum = digest.digest('base64');
  });
  let access: { userName: string; password: string } | undefined;
  await step('announced, checked, handed out', async () => {
    const refAttachmentHeaders = [{ uuid, hash: sum, mimeType: 'application/octet-stream' }];
    const sent = await agency.sendRequest({ content: content(1_000), refAttachmentHeaders });
    if (!('messageId' in sent)) throw new Error(JSON.stringify(sent).slice(0, 1_000));
    for (;;) {
      const taken = await reader.getRequest();
      if (taken !== undefined && 'fsAttachments' in taken) {
        access = taken.fsAttachments[0]!;
        await reader.ack(taken.metadata.messageId ?? '');
        return;
      }
      if (taken !== undefined) throw new Error(JSON.stringify(taken).slice(0, 1_000));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  const { userName, password } = access!;
  await step('FTP download', async () => {
    const got = await curl(['-u', `${userName}:${password}`, `${road.ftpUrl}/${uuid}`]);
    if (got !== sum) throw new Error('other octets came down by FTP');
  });
  await step('HTTP download', async () => {
    const got = await curl(['-u', `${userName}:${password}`, `${road.url}/files/${uuid}/${uuid}`]);
    if (got !== sum) throw new Error('other octets came down by HTTP');
  });
}

function client({ url, certificates }: Road, mnemonic: string) {
  const read = (file: string) => readFileSync(join(certificates, mnemonic, file), 'utf8');
  return createClient({
    url,
    version: '1.2',
    certificatePem: read('rsa.cert.pem'),
    privateKeyPem: read('rsa.key.pem'),
    provider: createCryptoProvider(),
  });
}

function* pieces(megabytes: number, digest: ReturnType<typeof createHash>): Generator<Buffer> {
  const piece = randomBytes(MIB);
  for (let i = 0; i < megabytes; i++) {
    piece.writeUInt32BE(i);
    digest.update(piece);
    yield Buffer.from(piece);
  }
}

/** SHA-256, base64, of what it writes to standard output. */
async function curl(args: readonly string[], input?: Iterable<Buffer>): Promise<string> {
  const tool = spawn('curl', ['-sSf', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const digest = createHash('sha256');
  const ended = new Promise<number | null>((resolve) => tool.once('close', resolve));
  tool.stdout.on('data', (bytes: Buffer) => digest.update(bytes));
  if (input === undefined) tool.stdin.end();
  else await pipeline(Readable.from(input), tool.stdin);
  const code = await ended;
  if (code !== 0) throw new Error(`curl ended with ${code}`);
  return digest.digest('base64');
}

/** A line of /proc/PID/status, MiB. */
function memory(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** The exit code: 1 when memory passed the bar. */
export async function printFilesBench(megabytes: number): Promise<number> {
  const rows = await measureFile(megabytes);
  console.table(
    rows.map(({ step, seconds, above }) => ({
      step,
      seconds,
      'MiB/s': Math.round(megabytes / seconds),
      'MiB above idle': above,
    })),
  );
  const most = Math.max(...rows.map((r) => r.above));
  console.log(`${megabytes} MiB through the file store: at most ${most} MiB above idle (bar: ${BAR})`);
  return most > BAR ? 1 : 0;
}
