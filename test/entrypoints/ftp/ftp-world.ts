import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileFolder } from '../../../src/drivers/files-folder/index.js';
import { openFileKeyVault } from '../../../src/drivers/key-vault-file/index.js';
import { type FtpParts, startFtp } from '../../../src/entrypoints/ftp/index.js';
import type { FileStore, KeyVault } from '../../../src/ports/index.js';

export interface FtpWorld {
  readonly files: FileStore;
  readonly vault: KeyVault;
  readonly port: number;
  readonly folder: string;
  close(): Promise<void>;
}

export async function ftpWorld(more: Partial<FtpParts> = {}): Promise<FtpWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'ftp-'));
  const clock = { now: Date.now };
  const vault = openFileKeyVault(join(folder, 'keys'));
  const files = await openFileFolder({ folder: join(folder, 'files'), vault, clock, greatest: 4_000_000 });
  const silent = { info() {}, warn() {}, error() {} };
  const ftp = await startFtp({ files, vault, clock, log: silent, host: '127.0.0.1', port: 0, ...more });
  return {
    files,
    vault,
    folder,
    port: ftp.port,
    close: async () => {
      await ftp.close();
      await files.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function has(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}

/** Exit code and everything said; does not block this process, which serves. */
export function run(tool: string, args: readonly string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (b: Buffer) => {
      out += b.toString();
    });
    child.stderr.on('data', (b: Buffer) => {
      out += b.toString();
    });
    child.once('close', (code) => resolve({ code, out }));
  });
}

/** A control connection by hand. */
export class Talk {
  readonly socket: Socket;
  #text = '';
  #wake: () => void = () => undefined;
  #over = false;

  constructor(port: number, from?: string) {
    this.socket = connect({ port, host: '127.0.0.1', ...(from ? { localAddress: from } : {}) });
    this.socket.on('data', (bytes) => {
      this.#text += bytes.toString();
      this.#wake();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.#over = true;
      this.#wake();
    });
  }

  /** The next answer whole; `closed` when there will be none. */
  async answer(): Promise<string> {
    for (;;) {
      const found = /^(?:\d{3} .*|(\d{3})-[\s\S]*?\r\n\1 .*)\r\n/.exec(this.#text);
      if (found !== null) {
        this.#text = this.#text.slice(found[0].length);
        return found[0].trimEnd();
      }
      if (this.#over) return 'closed';
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.answer();
  }

  async signIn(userName = 'anonymous', password = 'smev'): Promise<string> {
    await this.answer();
    await this.say(`USER ${userName}`);
    return this.say(`PASS ${password}`);
  }

  /** A data connection, not joined yet. */
  async passive(): Promise<number> {
    return Number(/\|\|\|(\d+)\|/.exec(await this.say('EPSV'))?.[1]);
  }
}
