/** Runs smev_client.py, a participant's client in another language, for as long as a test needs it. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../src/config/index.js';
import type { Version } from '../../src/message/index.js';

export interface Command {
  readonly do: 'send' | 'poll' | 'ack' | 'judge' | 'transform';
  readonly as?: string;
  readonly version?: Version;
  readonly [field: string]: unknown;
}

/** What the client made of an answer. `signers` names whose signature it verified, or begins with `wrong:`. */
export interface Seen {
  readonly error?: string;
  readonly status: number;
  readonly fault: string | null;
  /** `SMEV-NNN:…` of a fault. */
  readonly description?: string;
  readonly sentId?: string;
  readonly wrapper?: string | null;
  readonly isEmpty?: boolean;
  readonly messageId?: string | null;
  readonly original?: string | null;
  readonly replyTo?: string | null;
  readonly messageStatus?: string | null;
  readonly signers?: Readonly<Partial<Record<'smev' | 'sender', string>>>;
  readonly content?: string | null;
  /** Of `transform`. */
  readonly transformed?: readonly string[];
  readonly attachments?: readonly { readonly id: string; readonly base64: string; readonly road: 'mtom' | 'inline' }[];
}

/** A Python that has what the client needs, or undefined. */
export function findPython(): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import lxml.etree, cryptography']).status === 0,
  );
}

export class IndependentClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  constructor(python: string, url: string, certificates: string) {
    const script = join(projectRoot(), 'test', 'independent', 'smev_client.py');
    this.#process = spawn(python, ['-B', script, url, certificates]);
    this.#process.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** One command, one answer; never two at once. */
  async run(command: Command): Promise<Seen> {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`);
    const line = await this.#answers.next();
    if (line.done === true) throw new Error('the independent client ended');
    const seen = JSON.parse(line.value) as Seen;
    if (seen.error !== undefined) throw new Error(`the independent client failed: ${seen.error}`);
    return seen;
  }

  /** Polls until a message comes. */
  async wait(command: Omit<Command, 'do'> & { readonly as: string; readonly version: Version }): Promise<Seen> {
    const until = Date.now() + 15_000;
    for (;;) {
      const seen = await this.run({ operation: 'GetResponse', ...command, do: 'poll' });
      if (seen.fault !== null || seen.isEmpty !== true) return seen;
      if (Date.now() > until) throw new Error('no response came in 15 s');
    }
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.stdin.end();
    await ended;
  }
}
