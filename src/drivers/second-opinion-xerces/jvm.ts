import { type ChildProcess, spawn } from 'node:child_process';
import { inFrames, readGreeting } from './frames.js';

const LONGEST_COMPLAINT = 500;

/** Why there is no answer: the process ended (`died`), or was ended because it took too long (`overrun`). */
export interface NoAnswer {
  readonly lost: 'died' | 'overrun';
  readonly detail: string;
}

export type Exchange = (frame: Buffer) => Uint8Array | undefined;

/**
 * One Java process that greets and then answers one question at a time. Once lost it stays lost; its questions are told
 * so. In a group of its own, so that the terminal's Ctrl-C is not for it; it ends by itself when its input ends.
 */
export class Jvm {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #take: ((answer: Buffer | NoAnswer) => void) | undefined;
  #lost: NoAnswer | undefined;
  #said = '';

  constructor([program, ...args]: readonly [string, ...string[]]) {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.#process = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', () => resolve());
      child.once('error', (error) => {
        this.#lose({ lost: 'died', detail: `${program} cannot be run: ${error.message}` });
        resolve();
      });
    });
    // At `close`, not at `exit`: its last words are read by then.
    child.once('close', (code, signal) =>
      this.#lose({ lost: 'died', detail: `it ended ${signal ? `by ${signal}` : `with code ${code}`}${this.#said}` }),
    );
    // The pipe breaks where the process dies under a write: its end tells.
    child.stdin?.on('error', () => undefined);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#said.length < LONGEST_COMPLAINT)
        this.#said += `${this.#said === '' ? ': ' : ''}${text.slice(0, LONGEST_COMPLAINT)}`;
    });
    const frames = inFrames(
      (frame) => this.#take?.(frame),
      () => this.distrust(),
    );
    child.stdout?.on('data', frames);
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** The name it gives itself. */
  async greeting(within: number): Promise<string | NoAnswer> {
    const frame = await this.#next(within, () => undefined);
    return Buffer.isBuffer(frame) ? (readGreeting(frame) ?? this.distrust()) : frame;
  }

  /** Asks; `reply` answers what the process asks back, and undefined from it marks the frame that is the answer. */
  ask(question: Uint8Array, within: number, reply: Exchange = () => undefined): Promise<Buffer | NoAnswer> {
    const answer = this.#next(within, reply);
    this.tell(question);
    return answer;
  }

  /** Without an answer. */
  tell(frame: Uint8Array): void {
    if (this.#lost === undefined) this.#process.stdin?.write(frame);
  }

  /** Ends it: it said what makes no sense. */
  distrust(): NoAnswer {
    const why: NoAnswer = { lost: 'died', detail: 'its answer is not to the question' };
    this.#lose(why);
    return why;
  }

  #next(within: number, reply: Exchange): Promise<Buffer | NoAnswer> {
    if (this.#lost !== undefined) return Promise.resolve(this.#lost);
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#lose({ lost: 'overrun', detail: `no answer within ${within} ms` }), within);
      this.#take = (frame) => {
        const back = Buffer.isBuffer(frame) ? reply(frame) : undefined;
        if (back !== undefined) return this.tell(back);
        clearTimeout(late);
        this.#take = undefined;
        resolve(frame);
      };
    });
  }

  #lose(why: NoAnswer): void {
    if (this.#lost !== undefined) return;
    this.#lost = why;
    this.#kill();
    this.#take?.(why);
  }

  #kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }

  /** At once: it holds nothing. */
  async close(): Promise<void> {
    this.#lose({ lost: 'died', detail: 'it was ended' });
    await this.#ended;
  }
}
