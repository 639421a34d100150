import type { Log } from '../../ports/index.js';
import { ChildLines } from './child-lines.js';
import { readAnswer, requestLine, type SignatureAnswer, type SignatureRequest } from './protocol.js';

export interface SigningCommandOptions {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly [string, ...string[]];
  readonly log: Log;
  /**
   * Signs something with every key and verifies it; answers what is wrong. Run before the first signature, after every
   * start of the child, after every refusal of its own, and every `checkEvery`.
   */
  check(ask: (request: SignatureRequest) => Promise<SignatureAnswer>): Promise<string | undefined>;
  readonly limits?: Partial<SigningLimits>;
}

export interface SigningLimits {
  /** Milliseconds the child may owe answers and give none; then it is killed and started again. */
  readonly silence: number;
  /** The same until its first answer: it may have to log in to a token. */
  readonly startup: number;
  /** Milliseconds one signature may take with its wait. Below the deadline of a worker's job. */
  readonly call: number;
  /** Signatures asked for and not answered; more are refused at once. */
  readonly queue: number;
  /** Requests the child is handed before it answered the first. */
  readonly ahead: number;
  /** First pause before a restart; it doubles up to `longestPause` until a check passes. */
  readonly pause: number;
  readonly longestPause: number;
  /** How often a child that works is checked: a liar is found out without waiting for a message. */
  readonly checkEvery: number;
}

export const SIGNING_LIMITS: SigningLimits = {
  silence: 3_000,
  startup: 15_000,
  call: 6_000,
  queue: 256,
  ahead: 8,
  pause: 500,
  longestPause: 30_000,
  checkEvery: 60_000,
};

interface Pending {
  readonly request: SignatureRequest;
  readonly timer: NodeJS.Timeout;
  resolve(answer: SignatureAnswer): void;
}

/**
 * A child process that signs, for as long as the gateway runs. While it is down every call is refused at once, so a stuck
 * token costs the messages that need it a fault and the others nothing; it comes back by itself when its check passes.
 */
export class SigningCommand {
  readonly #options: SigningCommandOptions;
  readonly #limits: SigningLimits;
  readonly #waiting = new Map<number, Pending>();
  readonly #asked = new Map<number, Pending>();
  #child: ChildLines | undefined;
  #next = 1;
  /** Why it cannot sign now; undefined when it can. */
  #down: string | undefined = 'it is not started yet';
  #pause: number;
  #silence: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #rounds: NodeJS.Timeout | undefined;
  #checking = false;
  #spoke = false;
  #closed = false;

  constructor(options: SigningCommandOptions) {
    this.#options = options;
    this.#limits = { ...SIGNING_LIMITS, ...options.limits };
    this.#pause = this.#limits.pause;
  }

  /** Why it cannot sign now, or undefined. */
  get trouble(): string | undefined {
    return this.#down;
  }

  /** Starts the child; answers what its check found wrong. A child that fails it is tried again until `close`. */
  async start(): Promise<string | undefined> {
    this.#rounds = setInterval(() => void this.#check(), this.#limits.checkEvery);
    await this.#begin();
    return this.#down;
  }

  /** Never rejects. */
  async sign(request: SignatureRequest): Promise<SignatureAnswer> {
    if (this.#down !== undefined) return { wrong: `the signing command is down: ${this.#down}` };
    return this.#ask(request);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#rounds);
    clearTimeout(this.#restart);
    this.#fail('the gateway stops');
    this.#down = 'it is closed';
    const child = this.#child;
    this.#child = undefined;
    await child?.close();
  }

  async #begin(): Promise<void> {
    if (this.#closed) return;
    const { command, log } = this.#options;
    const child: ChildLines = new ChildLines(command, {
      line: (line) => this.#child === child && this.#answered(line),
      complaint: (text) => log.warn({ signer: text }, 'the signing command says'),
      gone: (why) => this.#child === child && this.#lost(why),
    });
    this.#child = child;
    this.#spoke = false;
    await this.#check();
  }

  /** Up when every key signs; else the child is given up, as nothing it signs would be of use. */
  async #check(): Promise<void> {
    const child = this.#child;
    if (child === undefined || this.#checking) return;
    this.#checking = true;
    const wrong = await this.#options.check((request) => this.#ask(request));
    this.#checking = false;
    if (this.#child !== child) return;
    if (wrong !== undefined) return this.#lost(wrong);
    if (this.#down !== undefined) this.#options.log.info({}, 'the signing command signs');
    this.#down = undefined;
    this.#pause = this.#limits.pause;
  }

  #ask(request: SignatureRequest): Promise<SignatureAnswer> {
    if (this.#waiting.size + this.#asked.size >= this.#limits.queue) {
      return Promise.resolve({ wrong: `${this.#limits.queue} signatures are waiting already` });
    }
    return new Promise((resolve) => {
      const id = this.#next++;
      const limit = this.#spoke ? this.#limits.call : this.#limits.startup + this.#limits.call;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        this.#asked.delete(id);
        resolve({ wrong: `no signature within ${limit} ms` });
        this.#hand();
      }, limit);
      this.#waiting.set(id, { request, timer, resolve });
      this.#hand();
    });
  }

  /** Hands the child what it may have; the silence is counted from the first request it owes. */
  #hand(): void {
    for (const [id, pending] of this.#waiting) {
      if (this.#child === undefined || this.#asked.size >= this.#limits.ahead) break;
      if (this.#asked.size === 0) this.#listen();
      this.#waiting.delete(id);
      this.#asked.set(id, pending);
      this.#child.write(requestLine(id, pending.request));
    }
    if (this.#asked.size === 0) clearTimeout(this.#silence);
  }

  #listen(): void {
    const limit = this.#spoke ? this.#limits.silence : this.#limits.startup;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(`it was silent for ${limit} ms`), limit);
  }

  #answered(line: string): void {
    const read = readAnswer(line);
    // An answer to nothing: a child that mixes requests up cannot be trusted with the next one.
    if (read === undefined || read.id >= this.#next) {
      this.#lost('it wrote a line that is no answer');
      return;
    }
    this.#spoke = true;
    this.#listen();
    const pending = this.#asked.get(read.id);
    if (pending !== undefined) {
      this.#asked.delete(read.id);
      clearTimeout(pending.timer);
      pending.resolve(read.answer);
      // A key it refuses to use may be a token that was pulled out.
      if ('wrong' in read.answer) void this.#check();
    }
    this.#hand();
  }

  /** The child is of no use: whoever waits hears so now, and another one is started after a pause. */
  #lost(why: string): void {
    this.#child?.kill();
    this.#child = undefined;
    this.#down = why;
    this.#fail(why);
    if (this.#closed) return;
    const pause = this.#pause;
    this.#pause = Math.min(2 * pause, this.#limits.longestPause);
    this.#options.log.error({ why, again: pause }, 'the signing command is lost and will be started again');
    this.#restart = setTimeout(() => void this.#begin(), pause);
  }

  #fail(why: string): void {
    clearTimeout(this.#silence);
    const all = [...this.#asked.values(), ...this.#waiting.values()];
    this.#asked.clear();
    this.#waiting.clear();
    for (const { timer, resolve } of all) {
      clearTimeout(timer);
      resolve({ wrong: why });
    }
  }
}
