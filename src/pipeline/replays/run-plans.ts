import {
  type DeliveryPolicy,
  isTaken,
  type Plan,
  type Run,
  readSet,
  type SetLine,
  type Verdict,
} from '../../delivery/index.js';
import type { DeliveryState } from '../../message/index.js';
import type { Directory } from '../../participants/index.js';
import type { Dispatcher, Log, NewDelivery, NewLeaf, StoredDelivery } from '../../ports/index.js';
import { Defect } from '../defect.js';
import type { PartnerGates } from '../partner-gates.js';
import { deliveryLeaf } from '../records.js';
import { type JudgeParts, judgeDelivery, judgeStored } from './judge-delivery.js';
import type { PlanBook } from './plan-book.js';
import { ReplayPace } from './replay-pace.js';

export interface RunPlansParts extends JudgeParts {
  readonly dispatcher: Dispatcher;
  readonly gates: PartnerGates;
  policyOf(partner: string): DeliveryPolicy;
  readonly log: Log;
}

const TICK = 50;
/** New deliveries of one commit. */
const BATCH = 200;
/** The error share means something from so many on. */
const LEAST_ENDED = 10;
const MOST_PLANS = 10_000;
/** Share of a mailbox that replays leave to live traffic. */
const LIVE_ROOM = 0.1;

const BAD: readonly DeliveryState[] = ['failed', 'not-accepted', 'expired', 'refused', 'in-doubt'];
const OPEN: readonly DeliveryState[] = ['checking', 'queued', 'leased'];

/** What this process knows of a plan that runs; all of it can be read from the store again. */
interface Running {
  readonly id: string;
  readonly lines: readonly SetLine[];
  /** New deliveries to partners that are called and have not ended, by id. */
  readonly open: Map<number, StoredDelivery>;
  ended: number;
  bad: number;
  /** What had ended when a person let it go on: a bound passed before does not stop it again. */
  base: { ended: number; bad: number };
  /** Lines taken at once; one after a conflict, so that it shows whose it was. */
  batch: number;
}

/** One line's turn: a new delivery with its record, or why there is none; `wait`: not now. */
type Turn =
  | { readonly delivery: NewDelivery; readonly leaf: NewLeaf }
  | { readonly skip: Verdict; readonly of: number }
  | 'wait';

/**
 * The run of plans: batches of new deliveries, each with its records and the plan's new place in one commit, so that a crash
 * anywhere leaves a plan that goes on where it was and a delivery that is replayed once. Live traffic goes first.
 */
export class RunPlans {
  readonly #parts: RunPlansParts;
  readonly #book: PlanBook;
  readonly #pace: ReplayPace;
  readonly #running = new Map<string, Running>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: RunPlansParts, book: PlanBook) {
    this.#parts = parts;
    this.#book = book;
    this.#pace = new ReplayPace(parts);
  }

  async start(): Promise<void> {
    const plans = await this.#book.list(MOST_PLANS);
    for (const plan of plans.filter((p) => p.state === 'running')) await this.#join(plan);
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** A plan was started or let go on. */
  wake(plan: Plan, isResumed: boolean): void {
    this.#join(plan).then(
      (running) => {
        if (isResumed) running.base = { ended: running.ended, bad: running.bad };
        this.#schedule();
      },
      (error: unknown) => this.#parts.log.error({ plan: plan.id, error: String(error) }, 'a replay does not start'),
    );
  }

  #schedule(): void {
    if (this.#stopped || this.#round !== undefined || this.#running.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#round = this.#tick().finally(() => {
        this.#round = undefined;
        this.#schedule();
      });
    }, TICK);
  }

  async #tick(): Promise<void> {
    for (const running of [...this.#running.values()]) {
      try {
        const goesOn = await this.#step(running);
        if (!goesOn) this.#running.delete(running.id);
      } catch (error) {
        this.#parts.log.error({ plan: running.id, error: String(error) }, 'a replay stumbled; it tries again');
      }
    }
  }

  /** Reads what the plan has made so far. */
  async #join(plan: Plan): Promise<Running> {
    const known = this.#running.get(plan.id);
    if (known !== undefined) return known;
    const { store } = this.#parts;
    const bytes = plan.dryRun && (await store.artefact(plan.dryRun.set));
    if (bytes === undefined) throw new Defect(`the set of plan ${plan.id} is missing`);
    const lines = readSet(bytes).filter((line) => isTaken(line.verdict, plan.despite));
    const running: Running = {
      id: plan.id,
      lines,
      open: new Map(),
      ended: 0,
      bad: 0,
      base: { ended: 0, bad: 0 },
      batch: BATCH,
    };
    for (const { delivery, messageId } of lines.slice(0, plan.run?.cursor ?? 0)) {
      const made = (await store.deliveriesOf(messageId)).find((d) => d.replays === delivery);
      if (made?.road !== 'push') continue;
      if (OPEN.includes(made.state) || made.state === 'in-doubt') running.open.set(made.id, made);
      if (!OPEN.includes(made.state)) running.ended++;
      if (BAD.includes(made.state)) running.bad++;
    }
    const meanwhile = this.#running.get(plan.id);
    if (meanwhile !== undefined) return meanwhile;
    this.#running.set(plan.id, running);
    return running;
  }

  /** One round of one plan; false where it does not run any more. */
  async #step(running: Running): Promise<boolean> {
    const book = this.#book;
    const plan = await book.read(running.id);
    if (plan?.state !== 'running' || plan.run === undefined) return false;
    await this.#look(running);
    const { ended, bad, base } = running;
    const [endedSince, badSince] = [ended - base.ended, bad - base.bad];
    if (endedSince >= LEAST_ENDED && badSince / endedSince > plan.stopShare) {
      const note = `errors: ${badSince} of ${endedSince}`;
      await book.step(plan.id, { kind: 'paused', note }, (next) => ({
        leaves: [book.leaf('replay-paused', next, { by: 'gateway', note })],
      }));
      this.#parts.log.warn({ plan: plan.id, bad: badSince, ended: endedSince }, 'a replay stopped by itself');
      return false;
    }
    if (plan.run.cursor < running.lines.length) return this.#advance(plan, plan.run, running);
    const waits = [...running.open.values()].some((d) => OPEN.includes(d.state));
    if (waits) return true;
    await book.step(plan.id, { kind: 'advanced', run: plan.run, isEnd: true }, (next) => ({
      leaves: [book.leaf('replay-ended', next, { by: 'gateway', made: plan.run!.made })],
    }));
    return false;
  }

  /** Where the open deliveries stand now. In doubt counts as ended badly while it lasts. */
  async #look(running: Running): Promise<void> {
    for (const [id, known] of running.open) {
      const now = (await this.#parts.store.delivery(id)) ?? known;
      const wasDoubt = known.state === 'in-doubt';
      if (now.state === 'in-doubt') {
        if (!wasDoubt) {
          running.ended++;
          running.bad++;
        }
        running.open.set(id, now);
        continue;
      }
      if (wasDoubt) {
        running.ended--;
        running.bad--;
      }
      if (OPEN.includes(now.state)) {
        running.open.set(id, now);
        continue;
      }
      running.open.delete(id);
      running.ended++;
      if (BAD.includes(now.state)) running.bad++;
    }
  }

  async #advance(plan: Plan, run: Run, running: Running): Promise<boolean> {
    const book = this.#book;
    const { dispatcher, clock } = this.#parts;
    const turns: Exclude<Turn, 'wait'>[] = [];
    const taken = this.#pace.begin(plan, running.open.values());
    for (const line of running.lines.slice(run.cursor, run.cursor + running.batch)) {
      const turn = await this.#turn(line, plan, taken);
      if (turn === 'wait') break;
      turns.push(turn);
    }
    if (turns.length === 0) return true;
    const made = turns.filter((t) => 'delivery' in t);
    const skipped = turns.filter((t) => 'skip' in t).map(({ of, skip }) => ({ delivery: of, why: skip }));
    const next: Run = {
      ...run,
      cursor: run.cursor + turns.length,
      made: run.made + made.length,
      skipped: [...run.skipped, ...skipped],
    };
    const done = await book.step(plan.id, { kind: 'advanced', run: next, isEnd: false }, () => ({
      deliveries: made.map((t) => t.delivery),
      leaves: made.map((t) => t.leaf),
    }));
    if ('plan' in done) {
      running.batch = BATCH;
      taken.done();
      for (const [i, id] of done.deliveries.entries()) {
        const { delivery } = made[i]!;
        if (delivery.road !== 'push') continue;
        const { capacity: _, ...stored } = delivery;
        running.open.set(id, { ...stored, id, attempts: 0 });
        await dispatcher.schedule(id, delivery.recipient, clock.now());
      }
      return true;
    }
    // Another process, a person, or a full mailbox came in between: each line alone shows whose it is, next round.
    if ('conflict' in done) {
      running.batch = 1;
      if (done.conflict.conflict === 'overflow') this.#pace.hold(made.map((t) => t.delivery.recipient));
    }
    return !('refused' in done);
  }

  /** Judged again at little cost: since the dry run an answer may have come, an EOL passed, a person spoken. */
  async #turn(line: SetLine, plan: Plan, taken: ReturnType<ReplayPace['begin']>): Promise<Turn> {
    const { store, clock, vault, directory } = this.#parts;
    const old = await store.delivery(line.delivery);
    const message = await store.message(line.messageId);
    if (old === undefined || message === undefined) return { skip: 'no-body', of: line.delivery };
    if (!(await taken.take(old))) return 'wait';
    // Rights, routes and formats are those of the dry run, or each message is judged anew.
    const isAsJudged = directory.hash === plan.dryRun?.config;
    const judged = isAsJudged ? await judgeStored(old, message, this.#parts) : await judgeDelivery(old, this.#parts);
    if (judged !== undefined && !isTaken(judged.verdict, plan.despite))
      return { skip: judged.verdict, of: line.delivery };
    const delivery = newDelivery(old, clock.now(), directory);
    const hidden = { plan: plan.id, replays: old.id, approvedBy: plan.approval?.by ?? '' };
    return { delivery, leaf: deliveryLeaf('replayed', message, old, clock.now(), vault, hidden) };
  }
}

/** The same message to the same recipient, anew: same MessageID, so that a partner that knows it answers as it did. */
function newDelivery(old: StoredDelivery, now: number, directory: Directory): NewDelivery {
  const { messageId, recipient, mailbox, road, format, nodeId, expiresAt } = old;
  const capacity = directory.participant(recipient)?.capacity;
  return {
    messageId,
    recipient,
    mailbox,
    road,
    state: 'queued',
    ...(format === undefined ? {} : { format }),
    ...(nodeId === undefined ? {} : { nodeId }),
    queuedAt: now,
    ...(road === 'push' ? { dueAt: now } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(road === 'pull' && capacity !== undefined
      ? { capacity: Math.max(1, Math.floor(capacity * (1 - LIVE_ROOM))) }
      : {}),
    replays: old.id,
  };
}
