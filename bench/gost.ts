/**
 * `npm run bench -- --gost`: CPU milliseconds of a GOST operation by each driver, and by a C loop on the same engine in the
 * same run where a compiler is found. The cheapest of many batches: a shared machine only ever adds to it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../src/config/index.js';
import {
  createNobleProvider,
  generateGostKey,
  writePrivateKey,
  writePublicKey,
} from '../src/drivers/crypto-noble/index.js';
import { createGostEngineProvider, loadGostEngine } from '../src/drivers/crypto-openssl/index.js';
import type { CryptoProvider } from '../src/ports/index.js';
import { DIGESTS, SIGNATURES } from '../src/signature/index.js';

const BATCHES = 20;
const MESSAGE = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i & 255));
const SIGNED = MESSAGE.subarray(0, 1_000);

/** Row name → milliseconds. */
type Costs = Readonly<Record<string, number>>;
interface Keys {
  readonly pem: string;
  readonly spki: Buffer;
}

/** Prints the table: rows are operations, columns who did them. */
export async function printGostBench(): Promise<void> {
  const library = loadGostEngine();
  const engine = createGostEngineProvider();
  const [small, large] = [newKeys(256), newKeys(512)];
  const columns: [string, Costs][] = [['TypeScript', await costsOf(createNobleProvider(), small, large)]];
  if (engine !== undefined) columns.unshift(['engine, node:crypto', await costsOf(engine, small, large)]);
  const inC = library === undefined ? undefined : costsInC(library, small, large);
  if (inC !== undefined) columns.unshift(['engine, C', inC]);
  const rows = Object.keys(columns[0]![1]).map((name) => [
    name,
    Object.fromEntries(columns.map(([who, costs]) => [who, Number(costs[name]!.toFixed(3))])),
  ]);
  console.log('GOST R 34.10-2012 (1,000-byte messages) and Streebog-256, CPU ms each:');
  console.table(Object.fromEntries(rows));
}

function newKeys(bits: 256 | 512): Keys {
  const key = generateGostKey(bits);
  return { pem: writePrivateKey(key), spki: writePublicKey(key) };
}

async function costsOf(provider: CryptoProvider, small: Keys, large: Keys): Promise<Costs> {
  const digest = (length: number) => () => void provider.digest(DIGESTS.gost256, MESSAGE.subarray(0, length));
  const costs: Record<string, number> = {
    'digest 2 KB': await cheapest(200, digest(2_000)),
    'digest 20 KB': await cheapest(20, digest(20_000)),
  };
  for (const [bits, { pem, spki }] of [
    [256, small],
    [512, large],
  ] as const) {
    const uri = SIGNATURES[`gost${bits}`];
    const [own, other] = [provider.importPrivateKey(pem)!, provider.importPublicKey(spki)!];
    const signature = await provider.sign(uri, own, SIGNED);
    costs[`sign ${bits}`] = await cheapest(20, async () => void (await provider.sign(uri, own, SIGNED)));
    costs[`verify ${bits}`] = await cheapest(10, () => void provider.verify(uri, other, SIGNED, signature));
  }
  return costs;
}

async function cheapest(count: number, run: () => void | Promise<void>): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch++) {
    const began = process.cpuUsage();
    for (let i = 0; i < count; i++) await run();
    const { user, system } = process.cpuUsage(began);
    lowest = Math.min(lowest, (user + system) / 1000 / count);
  }
  return lowest;
}

/** Undefined, with a line that says why, where there is no compiler or no OpenSSL to compile with. */
function costsInC(library: string, small: Keys, large: Keys): Costs | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'gost-loop-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const configuration = file(
      'openssl.cnf',
      `openssl_conf = all\n[all]\nengines = engines\n[engines]\ngost = gost\n[gost]\nengine_id = gost\ndynamic_path = ${library}\ndefault_algorithms = ALL\n`,
    );
    const program = join(folder, 'gost-loop');
    const source = join(projectRoot(), 'bench', 'gost-loop.c');
    execFileSync('cc', ['-O2', source, '-lcrypto', '-o', program], { stdio: 'pipe' });
    const keys = [file('256.pem', small.pem), file('512.pem', large.pem)];
    return JSON.parse(execFileSync(program, keys, { env: { OPENSSL_CONF: configuration }, encoding: 'utf8' })) as Costs;
  } catch (error) {
    console.error(`no C column: ${String(error).split('\n')[0]}`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
