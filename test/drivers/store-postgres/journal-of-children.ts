import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { openPostgresStore, type PostgresStore } from '../../../src/drivers/store-postgres/index.js';
import { type LogVerdict, sealLeaf, verifyLog, vkeyOf } from '../../../src/journal/index.js';
import type { NewLeaf, NewMessage, Store } from '../../../src/ports/index.js';
import { NOW } from '../../contracts/work.js';
import { TestVault } from '../../journal/vault.js';

export interface ChildOptions {
  readonly url: string;
  readonly schema: string;
  readonly prefix: string;
  readonly origin: string;
  readonly journalKey: string;
  readonly guardFile: string;
}

const ORIGIN = 'gateway.example/journal';
const vault = new TestVault();

/** A true leaf of the journal, so that the verifier has something to say. */
export function journalLeaf({ messageId, exchange }: NewMessage): NewLeaf {
  const { leaf } = sealLeaf({ kind: 'accepted', time: new Date(NOW).toISOString(), messageId, exchange }, vault);
  return leaf;
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
  /** Resolves when it has told this many more commits. */
  tells(count: number): Promise<void>;
}

/** Processes that commit to one store, and all they told. */
export class JournalOfChildren {
  readonly #place: { readonly url: string; readonly schema: string };
  readonly #folder: string;
  readonly #listeners = new Set<() => void>();
  readonly #vault = new TestVault();
  /** MessageID → its index, or undefined where it was told before it had one. */
  readonly told = new Map<string, number | undefined>();
  /** Signed checkpoints handed out by anybody. */
  readonly notes = new Set<string>();
  readonly children: Child[] = [];
  #made = 0;

  constructor(place: { readonly url: string; readonly schema: string }, folder: string) {
    this.#place = place;
    this.#folder = folder;
  }

  async start(): Promise<Child> {
    const prefix = `c${this.#made++}`;
    const options: ChildOptions = { ...this.#place, prefix, ...this.#sequencer(prefix) };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'committing-child.js'), JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const mine = { count: 0 };
    const ended = once(child, 'exit');
    createInterface(child.stdout).on('line', (line) => {
      if (this.#hear(line)) mine.count++;
      for (const listener of this.#listeners) listener();
    });
    const tells = (count: number): Promise<void> => {
      const goal = mine.count + count;
      return this.#until(() => mine.count >= goal);
    };
    const made = { process: child, ended, tells };
    this.children.push(made);
    return made;
  }

  #sequencer(name: string) {
    const guardFile = join(this.#folder, `${name}.guard`);
    return { origin: ORIGIN, journalKey: this.#vault.journalKey(), guardFile };
  }

  #hear(line: string): boolean {
    // The last line of a killed process may be cut.
    const found = /^(\S+) (-|\d+) (\S+)$/.exec(line);
    if (found === null) return false;
    const [, id, index, note] = found;
    this.told.set(id!, index === '-' ? undefined : Number(index));
    this.notes.add(Buffer.from(note!, 'base64').toString());
    return true;
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        if (!condition()) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
      listener();
    });
  }

  async killAll(): Promise<void> {
    for (const { process } of this.children) process.kill('SIGKILL');
    await Promise.all(this.children.map(({ ended }) => ended));
  }

  async open(name = 'judge'): Promise<PostgresStore> {
    const store = await openPostgresStore({
      ...this.#place,
      sequencerModule: new URL('../../../src/sequencer.js', import.meta.url).href,
      sequencerOptions: this.#sequencer(name),
      onFatal: (error) => {
        throw error;
      },
    });
    store.begin();
    return store;
  }

  /** Everything told is there under the index told, whole; nothing is there by halves; the log passes the verifier with every checkpoint anybody saw. */
  async verify(store: Store): Promise<Extract<LogVerdict, { ok: true }>> {
    // What the killed left without a place gets it from the one that reads now.
    while ((await store.exchanges({ limit: 1_000_000 })).some(({ leaf }) => leaf < 0)) await pause(20);
    const verdict = await verifyLog(
      {
        checkpoint: async () => (await store.checkpoint())?.note,
        leaves: (from, to) => store.leaves(from, to),
        hashes: (level, from, to) => store.hashes(level, from, to),
        keepsLevel: () => true,
      },
      { vkey: vkeyOf(ORIGIN, this.#vault.journalKey()), held: [...this.notes].filter((note) => !isEmpty(note)) },
    );
    expect(verdict).to.include({ ok: true });
    const { size } = verdict as Extract<LogVerdict, { ok: true }>;
    const exchanges = await store.exchanges({ limit: 1_000_000 });
    expect(exchanges).to.have.length(size);
    expect(await store.depth('EGISSO', 'requests')).to.equal(size);
    const leaves = new Map(exchanges.map(({ messageId, leaf }) => [messageId, leaf]));
    expect(new Set(leaves.values()).size).to.equal(size);
    for (const [id, index] of this.told) {
      const leaf = leaves.get(id);
      expect(leaf, `${id} was told`).to.be.a('number');
      if (index !== undefined) expect(leaf, id).to.equal(index);
    }
    const last = exchanges[0]!;
    expect((await store.body(last.bodyId))?.keys).to.have.length(1);
    expect(await store.deliveriesOf(last.messageId)).to.have.length(1);
    return verdict as Extract<LogVerdict, { ok: true }>;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isEmpty(note: string): boolean {
  return note.split('\n')[1] === '0';
}
