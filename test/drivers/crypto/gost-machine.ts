/** What of GOST this machine has besides the project: OpenSSL's engine, in this process and for the openssl command. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGostEngineProvider, loadGostEngine } from '../../../src/drivers/crypto-openssl/index.js';
import type { CryptoProvider } from '../../../src/ports/index.js';

const library = loadGostEngine();

/** The driver on OpenSSL's engine; undefined on a machine without it. */
export const engine: CryptoProvider | undefined = createGostEngineProvider();

/** Defines a test that needs the engine; without it, one skipped by name. */
export function itWithEngine(title: string, test: (engine: CryptoProvider) => Promise<void> | void): void {
  it(engine === undefined ? `${title} [skipped: no gost engine]` : title, function () {
    if (engine === undefined) this.skip();
    return test(engine);
  });
}

export interface OpensslCommand {
  run(args: readonly string[]): Buffer;
  /** A file in the command's folder. */
  file(name: string, content?: Uint8Array | string): string;
  close(): void;
}

/** The openssl command with the engine; undefined where either is missing. */
export function opensslWithGost(): OpensslCommand | undefined {
  if (library === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'gost-openssl-'));
  const configuration = join(folder, 'openssl.cnf');
  writeFileSync(
    configuration,
    `openssl_conf = all\n[all]\nengines = engines\n[engines]\ngost = gost\n[gost]\nengine_id = gost\ndynamic_path = ${library}\ndefault_algorithms = ALL\n`,
  );
  const run: OpensslCommand['run'] = (args) =>
    execFileSync('openssl', args, { env: { PATH: process.env.PATH, OPENSSL_CONF: configuration }, stdio: 'pipe' });
  try {
    run(['dgst', '-md_gost12_256', configuration]);
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    run,
    file: (name, content) => {
      if (content !== undefined) writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** Numbers in [0, 1) that are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Octets of a seeded length below `limit`. */
export function octets(random: () => number, limit = 3_000): Buffer {
  return Buffer.from(Array.from({ length: Math.floor(random() * limit) }, () => Math.floor(random() * 256)));
}
