import { join } from 'node:path';
import type { DocumentOpinion, SchemaOpinion, SecondOpinion, SecondSchema, Untold } from '../../ports/index.js';
import { compileFrame, documentFrame, readJudgeFrame, releaseFrame, type Told, validateFrame } from './frames.js';
import { Jvm, type NoAnswer } from './jvm.js';

export interface XercesOptions {
  /** See xercesCommand. */
  readonly command: readonly [string, ...string[]];
  readonly limits?: Partial<XercesLimits>;
}

export interface XercesLimits {
  /** Milliseconds until the process greets: it compiles its source first. */
  readonly startup: number;
  /** Milliseconds for one schema, or one batch of documents. */
  readonly question: number;
  /** A batch holds at most so many documents and, unless it is a single one, octets. */
  readonly batch: number;
  readonly batchOctets: number;
}

export const XERCES_LIMITS: XercesLimits = { startup: 30_000, question: 30_000, batch: 100, batchOctets: 4 << 20 };

type Documents = Parameters<SecondOpinion['compile']>[0];

/**
 * The command that runs XercesJudge.java from its source: a JDK, 17 or newer. `root`: the folder that holds package.json.
 * Little heap, one collector thread and one compiler: it lives beside a gateway. Out of memory is an end, not a limbo.
 */
export function xercesCommand(root: string, java = 'java'): readonly [string, ...string[]] {
  const options = ['-Xmx512m', '-Xss4m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:+ExitOnOutOfMemoryError'];
  const source = join(root, 'src/drivers/second-opinion-xerces/XercesJudge.java');
  return [java, ...options, '-Duser.language=en', '-Duser.country=US', source];
}

/** Starts nothing: the first question does. */
export function createXercesOpinion(options: XercesOptions): SecondOpinion {
  return new XercesOpinion(options);
}

/** A schema as this side knows it; `heldBy` is the process that has it compiled. */
interface Held {
  readonly id: number;
  readonly documents: Documents;
  readonly entry: string;
  heldBy: Jvm | undefined;
}

class XercesOpinion implements SecondOpinion {
  readonly #options: XercesOptions;
  readonly #limits: XercesLimits;
  #jvm: Jvm | undefined;
  #engine = '';
  #absent: Untold | undefined;
  #closed = false;
  #lastId = 0;
  /** Questions wait for each other here; it never rejects. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: XercesOptions) {
    this.#options = options;
    this.#limits = { ...XERCES_LIMITS, ...options.limits };
  }

  compile(documents: Documents, entry: string): Promise<SchemaOpinion> {
    const held: Held = { id: ++this.#lastId, documents, entry, heldBy: undefined };
    return this.#inTurn(async () => {
      const told = await this.#twice((jvm) => this.#compileIn(jvm, held));
      if ('verdict' in told) return told;
      const engine = this.#engine;
      if (told.kind === 'gave-up') return gaveUp(told);
      if (told.kind === 'refuses') return { verdict: 'refused', engine, complaints: told.complaints };
      return { verdict: 'accepted', engine, schema: this.#schemaOf(held) };
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const jvm = this.#jvm;
    await jvm?.close();
    await this.#turn;
  }

  #schemaOf(held: Held): SecondSchema {
    let released = false;
    return {
      validate: async (documents) => {
        if (released) throw new Error('the schema was released');
        const opinions: DocumentOpinion[] = [];
        for (const batch of this.#batches(documents)) opinions.push(...(await this.#validate(held, batch)));
        return opinions;
      },
      release: () => {
        if (released) return;
        released = true;
        void this.#inTurn(async () => held.heldBy?.tell(releaseFrame(held.id)));
      },
    };
  }

  #validate(held: Held, batch: readonly Uint8Array[]): Promise<DocumentOpinion[]> {
    return this.#inTurn(async () => {
      const answer = await this.#twice((jvm) => this.#validateIn(jvm, held, batch));
      if ('verdict' in answer) return batch.map(() => answer);
      return answer.map(opinionOf);
    });
  }

  *#batches(documents: readonly Uint8Array[]): Generator<readonly Uint8Array[]> {
    const { batch, batchOctets } = this.#limits;
    for (let from = 0; from < documents.length; ) {
      let [to, octets] = [from, 0];
      do octets += documents[to++]?.length ?? 0;
      while (to < documents.length && to - from < batch && octets + (documents[to]?.length ?? 0) <= batchOctets);
      yield documents.slice(from, to);
      from = to;
    }
  }

  async #compileIn(jvm: Jvm, held: Held): Promise<Told | NoAnswer> {
    const { id, documents, entry } = held;
    const answer = await this.#ask(jvm, compileFrame(id, entry), documents);
    if ('lost' in answer) return answer;
    const [told] = answer;
    if (told === undefined) return jvm.distrust();
    if (told.kind === 'accepts') held.heldBy = jvm;
    return told;
  }

  async #validateIn(jvm: Jvm, held: Held, batch: readonly Uint8Array[]): Promise<readonly Told[] | NoAnswer> {
    if (held.heldBy !== jvm) {
      const told = await this.#compileIn(jvm, held);
      if ('lost' in told) return told;
      if (told.kind !== 'accepts') return { lost: 'died', detail: `${held.entry} does not compile any more` };
    }
    const answer = await this.#ask(jvm, validateFrame(held.id, batch));
    return 'lost' in answer || answer.length === batch.length ? answer : jvm.distrust();
  }

  async #ask(jvm: Jvm, question: Uint8Array, documents?: Documents): Promise<readonly Told[] | NoAnswer> {
    const answer = await jvm.ask(question, this.#limits.question, (frame) => {
      const said = readJudgeFrame(frame);
      return said?.kind === 'needs' ? documentFrame(documents?.get(said.path)) : undefined;
    });
    if (!Buffer.isBuffer(answer)) return answer;
    const said = readJudgeFrame(answer);
    return said?.kind === 'tells' ? said.told : jvm.distrust();
  }

  /** Asks, and once more in a fresh process when this one died; what took too long would take so again. */
  async #twice<T extends object>(ask: (jvm: Jvm) => Promise<T | NoAnswer>): Promise<T | Untold> {
    for (let attempt = 1; ; attempt++) {
      const jvm = await this.#running();
      if (!(jvm instanceof Jvm)) return jvm;
      const answer = await ask(jvm);
      if (!('lost' in answer)) return answer;
      if (this.#closed) return closed;
      if (answer.lost === 'overrun') return untold('overrun', answer.detail);
      if (attempt === 2) return untold('crashed', answer.detail);
    }
  }

  async #running(): Promise<Jvm | Untold> {
    if (this.#closed) return closed;
    if (this.#absent !== undefined) return this.#absent;
    if (this.#jvm !== undefined && !this.#jvm.lost) return this.#jvm;
    await this.#jvm?.close();
    const jvm = new Jvm(this.#options.command);
    this.#jvm = jvm;
    const greeting = await jvm.greeting(this.#limits.startup);
    if (typeof greeting === 'string') {
      this.#engine = greeting;
      return jvm;
    }
    if (this.#closed) return closed;
    if (this.#engine !== '' || greeting.lost === 'overrun') return untold('crashed', greeting.detail);
    // It never ran here: it will not run at the next question either.
    this.#absent = untold('absent', `no JDK, 17 or newer: ${greeting.detail}`);
    return this.#absent;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

const closed: Untold = { verdict: 'untold', why: 'closed', detail: 'the second opinion was closed' };

function untold(why: Untold['why'], detail: string): Untold {
  return { verdict: 'untold', why, detail };
}

function gaveUp(told: Told): Untold {
  return untold('crashed', `Xerces gave up: ${told.complaints[0]?.text ?? 'it does not say why'}`);
}

function opinionOf(told: Told): DocumentOpinion {
  if (told.kind === 'gave-up') return gaveUp(told);
  return told.kind === 'accepts' ? { verdict: 'valid' } : { verdict: 'invalid', complaints: told.complaints };
}
