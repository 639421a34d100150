import type { Sequencer, StoredCheckpoint } from '../../ports/index.js';
import { beAlive, beGone } from './alive.js';
import { type Client, connectWriter, type Member, type Place } from './connect.js';
import { beat, endSilentLeader, type Lead, tryToLead } from './elect.js';
import { textOf } from './failures.js';
import { keepHouse } from './keep-house.js';
import { numberLeaves } from './number-leaves.js';
import { flight } from './read-what-stands.js';
import { Waiting } from './waiting.js';

export interface LogKeeperOptions {
  readonly place: Member;
  readonly sequencer: Sequencer;
  /** How long a commit waits for its places in the log, ms. */
  readonly numberedWithin: number;
  /** The process must stop: a checkpoint cannot be guarded, or the database went back behind one that was handed out. */
  readonly onFatal: (error: Error) => void;
  /** Changes of `troubles`. */
  readonly onTroubles: () => void;
}

/** How often, ms: a follower tries to lead · a leader looks for leaves it was not told of · waiting places are looked up. */
const ELECTION_EVERY = 500;
const LEADER_LOOKS_EVERY = 100;
const FOLLOWER_LOOKS_EVERY = 100;
/**
 * A leader whose own commits wait so long looks their places up, ms: the leader before it numbered them, or it did itself before
 * the answer to the commit came, or the answer to the numbering was lost.
 */
const MISSED_AFTER = 300;
const BEAT_EVERY = 1_000;
const HOUSE_EVERY = 600_000;
const RECONNECT_AFTER = 200;

/**
 * This process's session on the log: numbers leaves while it leads, looks up its own places while another does, and holds
 * the newest checkpoint, which nobody sees before it was `published`.
 */
export class LogKeeper {
  readonly #options: LogKeeperOptions;
  readonly #waiting: Waiting;
  #client: Client | undefined;
  #lead: Lead | undefined;
  #head: StoredCheckpoint | undefined;
  #begun = false;
  #closed = false;
  #trouble: string | undefined;
  #wake: (() => void) | undefined;
  #poked = false;
  #electAt = 0;
  #beatAt = 0;
  #aliveAt = 0;
  #houseAt = performance.now() + HOUSE_EVERY;
  #running: Promise<void> | undefined;

  constructor(options: LogKeeperOptions) {
    this.#options = options;
    this.#waiting = new Waiting(options.numberedWithin, options.onTroubles);
  }

  /** Names of what is wrong now: `journal` = promises wait too long for their places, or the log cannot be kept. */
  get troubles(): string[] {
    return this.#trouble !== undefined || this.#waiting.tooLong ? ['journal'] : [];
  }

  get leads(): boolean {
    return this.#lead !== undefined;
  }

  /** The newest checkpoint that was published here, or the signed head of the empty journal. */
  get head(): StoredCheckpoint {
    return this.#head ?? this.#empty();
  }

  async open(): Promise<void> {
    this.#client = await this.#connect();
    await this.#readHead(this.#client);
  }

  /** From now on checkpoints are guarded and shown, and this process may be elected. Before, the guard of the last run is judged. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    if (this.#head !== undefined) this.#guard(this.#head);
    this.#running = this.#run();
  }

  /** Places of these leaves in the log, in their order; empty when they have none in time: they will get them. */
  placesOf(leaves: readonly number[]): Promise<readonly number[]> {
    this.begin();
    const places = this.#waiting.add(leaves);
    this.poke();
    return places;
  }

  /** Something was committed. */
  poke(): void {
    this.#poked = true;
    this.#wake?.();
  }

  /** The newest checkpoint of the store. */
  async checkpoint(): Promise<StoredCheckpoint | undefined> {
    if (this.#client !== undefined && this.#lead === undefined) await this.#readHead(this.#client);
    return this.#head;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.poke();
    await this.#running;
    if (this.#client !== undefined) await beGone(this.#client, this.#options.place.process).catch(() => undefined);
    await this.#client?.end().catch(() => undefined);
    this.#waiting.close();
  }

  #empty(): StoredCheckpoint {
    const { root, note } = this.#options.sequencer.checkpoint({ size: 0, hashes: [] });
    return { size: 0, root: Uint8Array.from(root), note };
  }

  async #connect(): Promise<Client> {
    const client: Client = await connectWriter(this.#options.place, 'log', () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#lead = undefined;
      this.poke();
    });
    client.on('notification', () => this.poke());
    this.#aliveAt = 0;
    await client.query(`LISTEN ${channelOf(this.#options.place)}`);
    return client;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        this.#client ??= await this.#connect();
        const pause = await this.#step(this.#client);
        this.#note(undefined);
        await this.#sleep(pause);
      } catch (error) {
        if (this.#closed) return;
        this.#lead = undefined;
        const broken = this.#client;
        this.#client = undefined;
        void broken?.end().catch(() => undefined);
        this.#note(textOf(error));
        await this.#sleep(RECONNECT_AFTER);
      }
    }
  }

  /** Does what is due; returns how long there is nothing to do unless poked. */
  async #step(client: Client): Promise<number> {
    const now = performance.now();
    if (now >= this.#aliveAt) {
      await beAlive(client, this.#options.place.process, this.#aliveAt === 0);
      this.#aliveAt = now + BEAT_EVERY;
    }
    if (this.#lead === undefined && now >= this.#electAt) {
      this.#electAt = now + ELECTION_EVERY;
      const known = this.#head;
      this.#lead = await tryToLead(client);
      if (this.#lead === undefined) await endSilentLeader(client);
      else this.#judge(this.#lead, known);
    }
    if (this.#lead === undefined) {
      if (!this.#waiting.isEmpty) await this.#lookUp(client);
      return this.#waiting.isEmpty ? ELECTION_EVERY : FOLLOWER_LOOKS_EVERY;
    }
    if (this.#waiting.age > MISSED_AFTER) await this.#lookUp(client);
    if (now >= this.#houseAt) {
      this.#houseAt = now + HOUSE_EVERY;
      await keepHouse(client, this.#options.place);
    }
    return this.#number(client, this.#lead, now);
  }

  async #number(client: Client, lead: Lead, now: number): Promise<number> {
    const done = await numberLeaves(client, this.#options.sequencer, lead);
    if (done.kind === 'numbered') {
      this.#lead = done.lead;
      this.#beatAt = now + BEAT_EVERY;
      this.#publish(done.lead.checkpoint, lead.checkpoint);
      this.#waiting.settle(done.places);
      void client.query(`NOTIFY ${channelOf(this.#options.place)}`).catch(() => undefined);
      return done.more ? 0 : LEADER_LOOKS_EVERY;
    }
    if (done.kind === 'deposed' || (now >= this.#beatAt && !(await beat(client, lead)))) {
      this.#lead = undefined;
      // Ends this session: its lock must not outlive its lead.
      throw new Error('another process became the sequencer');
    }
    if (now >= this.#beatAt) this.#beatAt = now + BEAT_EVERY;
    return LEADER_LOOKS_EVERY;
  }

  /** The edge must give the root that stands beside it: a tree that was tampered with is not grown. */
  #judge({ edge, checkpoint }: Lead, known: StoredCheckpoint | undefined): void {
    if (checkpoint.size === 0) return;
    const { root } = this.#options.sequencer.checkpoint(edge);
    if (!Buffer.from(root).equals(checkpoint.root)) throw new Error('the edge of the tree does not give its root');
    this.#publish(checkpoint, known);
  }

  async #lookUp(client: Client): Promise<void> {
    const known = this.#head;
    const [places, tree] = await flight([
      client.query({ ...PLACES, values: [this.#waiting.leaves()] }),
      client.query(TREE),
    ]);
    this.#publishRow(tree!.rows[0]!, known);
    this.#waiting.settle(new Map(places!.rows.map((row) => [row.leaf, row.idx])));
  }

  async #readHead(client: Client): Promise<void> {
    const known = this.#head;
    const { rows } = await client.query(TREE);
    this.#publishRow(rows[0], known);
  }

  #publishRow(row: { size?: number; root?: Uint8Array; note?: string }, known: StoredCheckpoint | undefined): void {
    this.#publish({ size: row.size!, root: row.root!, note: row.note! }, known);
  }

  /**
   * Guarded first, seen after. A tree asked for when `known` was published already is never less. Answers overtake each other on
   * their way here: an older one than the newest published says nothing, unless it is older than what it was asked after.
   */
  #publish(checkpoint: StoredCheckpoint, known: StoredCheckpoint | undefined): void {
    if (checkpoint.size > (this.#head?.size ?? 0)) {
      if (this.#begun) this.#guard(checkpoint);
      this.#head = checkpoint;
    } else if (known !== undefined && wentBack(known, checkpoint))
      this.#stop(new Error(`the journal had ${known.size} records and has ${checkpoint.size}: the database went back`));
  }

  #guard(checkpoint: StoredCheckpoint): void {
    try {
      this.#options.sequencer.published(checkpoint.note);
    } catch (error) {
      this.#stop(error);
    }
  }

  #stop(error: unknown): never {
    this.#closed = true;
    this.#options.onFatal(new Error('the checkpoint cannot be published', { cause: error }));
    throw error;
  }

  #note(trouble: string | undefined): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#options.onTroubles();
  }

  #sleep(ms: number): Promise<void> {
    if (this.#poked || ms === 0) {
      this.#poked = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const wake = (): void => {
        clearTimeout(timer);
        done();
      };
      this.#wake = wake;
      const keeper = this;
      function done(): void {
        keeper.#poked = false;
        keeper.#wake = undefined;
        resolve();
      }
    });
  }
}

const TREE = { name: 'tree', text: 'SELECT size, root, note FROM tree' };
const PLACES = { name: 'places-of', text: 'SELECT leaf, idx FROM log WHERE leaf = ANY($1::bigint[])' };

function wentBack(known: StoredCheckpoint, now: StoredCheckpoint): boolean {
  return now.size < known.size || (now.size === known.size && !Buffer.from(now.root).equals(known.root));
}

/** Where commits and checkpoints are told between processes; a word lost is made up for by looking. */
export function channelOf({ schema }: Place): string {
  return `"smev gateway ${schema}"`;
}
