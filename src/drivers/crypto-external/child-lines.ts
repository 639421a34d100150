import { type ChildProcess, spawn } from 'node:child_process';
import { LONGEST_LINE } from './protocol.js';

export interface ChildEvents {
  line(text: string): void;
  /** What the child says on standard error, a line at a time, cut to a readable length. */
  complaint(text: string): void;
  /** Once: it ended, could not be started, or was cut off for an endless line. */
  gone(why: string): void;
}

const STOP_WITHIN = 1_000;
const LONGEST_COMPLAINT = 500;

/** A child process that is spoken to in lines. In a group of its own, so that the terminal's Ctrl-C is not for it. */
export class ChildLines {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;

  constructor([program, ...args]: readonly [string, ...string[]], events: ChildEvents) {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    let gone = false;
    const leave = (why: string): void => {
      if (gone) return;
      gone = true;
      this.kill();
      events.gone(why);
    };
    this.#process = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    child.once('error', (error) => leave(`it cannot be run: ${error.message}`));
    child.once('exit', (code, signal) =>
      leave(signal === null ? `it ended with code ${code}` : `it ended by ${signal}`),
    );
    // The pipe breaks where the child dies under a write: its exit tells.
    child.stdin?.on('error', () => undefined);
    const answers = inLines(
      (line) => !gone && events.line(line),
      () => leave('it wrote an endless line'),
    );
    child.stdout?.setEncoding('utf8').on('data', answers);
    const complaints = inLines(
      (line) => events.complaint(line.slice(0, LONGEST_COMPLAINT)),
      () => undefined,
    );
    child.stderr?.setEncoding('utf8').on('data', complaints);
  }

  write(line: string): void {
    this.#process.stdin?.write(line);
  }

  /** At once, with whatever it started itself. */
  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }

  /** Ends its input, which tells it to stop, and waits; kills it when it does not. */
  async close(): Promise<void> {
    this.#process.stdin?.end();
    const cut = setTimeout(() => this.kill(), STOP_WITHIN);
    await this.#ended;
    clearTimeout(cut);
  }
}

function inLines(take: (line: string) => void, endless: () => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') take(line);
    if (rest.length > LONGEST_LINE) {
      rest = '';
      endless();
    }
  };
}
