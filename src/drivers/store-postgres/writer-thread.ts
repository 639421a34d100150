import { parentPort, workerData } from 'node:worker_threads';
import type { Commit, Committed, Sequencer, StoredCheckpoint } from '../../ports/index.js';
import { Committer } from './committer.js';
import { connectWriter, type Member, type Place } from './connect.js';
import { textOf } from './failures.js';
import { refuseHeld } from './hold.js';
import { partitionsAhead } from './keep-house.js';
import { channelOf, LogKeeper } from './log-keeper.js';
import { migrate } from './migrate.js';

/** The thread that commits, and that keeps the log while this process leads. Speaks only these messages. */
export interface WriterData {
  readonly place: Member;
  /** URL of a module exporting `createSequencer(options)`. */
  readonly sequencerModule: string;
  readonly sequencerOptions: unknown;
  readonly numberedWithin: number;
}
export type ToWriter =
  | { readonly batch: number; readonly write: readonly Commit[] }
  | { readonly checkpoint: number }
  | { readonly begin: true }
  | { readonly close: true };
export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly detail: string }
  /** The next batch may come; this one waits for its places in the log. */
  | { readonly kind: 'durable'; readonly batch: number }
  | { readonly kind: 'settled'; readonly batch: number; readonly results: readonly Committed[] }
  | { readonly kind: 'checkpoint'; readonly question: number; readonly checkpoint: StoredCheckpoint | undefined }
  | { readonly kind: 'troubles'; readonly troubles: readonly string[] }
  | { readonly kind: 'fatal'; readonly detail: string }
  | { readonly kind: 'closed' };

interface SequencerModule {
  createSequencer(options: unknown): Sequencer | Promise<Sequencer>;
}

const port = parentPort!;
const say = (message: FromWriter): void => port.postMessage(message);

try {
  await serve(workerData as WriterData);
} catch (error) {
  say({ kind: 'refused', detail: textOf(error) });
  port.close();
}

async function serve({ place, sequencerModule, sequencerOptions, numberedWithin }: WriterData): Promise<void> {
  const { createSequencer } = (await import(sequencerModule)) as SequencerModule;
  const sequencer = await createSequencer(sequencerOptions);
  await bringUpToDate(place);
  const onTroubles = (): void => say({ kind: 'troubles', troubles: [...committer.troubles, ...keeper.troubles] });
  const onFatal = (error: Error): void => say({ kind: 'fatal', detail: causesOf(error) });
  const committer = new Committer(place, () => onTroubles());
  const keeper = new LogKeeper({ place, sequencer, numberedWithin, onFatal, onTroubles: () => onTroubles() });
  await committer.open();
  await keeper.open();
  const writing = new Set<Promise<void>>();
  port.on('message', (message: ToWriter) => {
    if ('close' in message) void close(committer, keeper, writing);
    else if ('begin' in message) keeper.begin();
    else if ('checkpoint' in message) void answer(keeper, message.checkpoint);
    else {
      const batch = write(committer, keeper, place, message).finally(() => writing.delete(batch));
      writing.add(batch);
    }
  });
  say({ kind: 'ready' });
}

async function bringUpToDate(place: Place): Promise<void> {
  const client = await connectWriter(place, 'migration', () => undefined);
  try {
    await refuseHeld(client);
    await migrate(client, place);
    await partitionsAhead(client, place);
  } finally {
    await client.end();
  }
}

async function write(
  committer: Committer,
  keeper: LogKeeper,
  place: Place,
  { batch, write: works }: Extract<ToWriter, { batch: number }>,
): Promise<void> {
  const outcomes = await committer.write(works);
  say({ kind: 'durable', batch });
  keeper.begin();
  if (!keeper.leads && outcomes.some((outcome) => !('ok' in outcome) && outcome.leaves.length > 0))
    committer.tell(channelOf(place));
  const results = outcomes.map(async (outcome): Promise<Committed> => {
    if ('ok' in outcome) return outcome;
    const indexes = await keeper.placesOf(outcome.leaves);
    return { ok: true, indexes, deliveries: outcome.deliveries, checkpoint: keeper.head };
  });
  say({ kind: 'settled', batch, results: await Promise.all(results) });
}

async function answer(keeper: LogKeeper, question: number): Promise<void> {
  const checkpoint = await keeper.checkpoint().catch(() => undefined);
  say({ kind: 'checkpoint', question, checkpoint });
}

async function close(committer: Committer, keeper: LogKeeper, writing: ReadonlySet<Promise<void>>): Promise<void> {
  await Promise.all(writing);
  await committer.close();
  await keeper.close();
  say({ kind: 'closed' });
  port.close();
}

function causesOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${causesOf(error.cause)}` : error.message;
}
