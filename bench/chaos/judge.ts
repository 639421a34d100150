/** After the run: every promise held against the store, the journal, the partner's own file and the participants' ledger. */
import { openPostgresStore } from '../../src/drivers/store-postgres/index.js';
import { type LogVerdict, verifyLog } from '../../src/journal/index.js';
import type { SequencerOptions } from '../../src/sequencer.js';
import type { PostgresServer } from '../../test/contracts/postgres-server.js';
import type { Ledger } from './ledger.js';
import type { Partner } from './partner.js';

export interface Judged {
  readonly accepted: number;
  readonly refused: number;
  /** Senders that never heard, and how many of their messages were taken. */
  readonly unknown: number;
  readonly unknownTaken: number;
  readonly delivered: number;
  readonly notFinal: readonly string[];
  readonly effects: number;
  readonly duplicates: readonly string[];
  readonly lost: readonly string[];
  readonly handedTwice: number;
  readonly calledTwice: number;
  readonly broken: readonly string[];
  readonly journal: LogVerdict;
}

interface Row {
  readonly message_id: string;
  readonly exchange: string;
  readonly kind: string;
  readonly sender: string;
  readonly recipient: string;
  readonly road: 'push' | 'pull';
  readonly state: string;
  readonly cause: string | null;
}

export interface JudgeParts {
  readonly postgres: PostgresServer;
  readonly ledger: Ledger;
  readonly partner: Partner;
  /** The journal's key, and the heads that were shown while it ran. */
  readonly vkey: string;
  readonly heads: readonly string[];
  readonly sequencer: SequencerOptions;
}

const FINAL = new Set(['delivered', 'not-accepted', 'failed', 'refused', 'expired', 'cancelled']);

/** Deliveries that are not at their end yet. */
export async function unsettled(postgres: PostgresServer): Promise<number> {
  const states = [...FINAL].map((state) => `'${state}'`).join(', ');
  const [row] = await postgres.query(`SELECT count(*)::int AS n FROM gateway.delivery WHERE state NOT IN (${states})`);
  return Number(row?.n);
}

export async function judge(parts: JudgeParts): Promise<Judged> {
  const { postgres, ledger, partner } = parts;
  const rows = (await postgres.query(
    `SELECT m.message_id, m.exchange, m.kind, m.sender, d.recipient, d.road, d.state, d.cause
       FROM gateway.message m LEFT JOIN gateway.delivery d USING (message_id) ORDER BY m.id`,
  )) as unknown as Row[];
  const leaves = await postgres.query(
    `SELECT l.message_id, l.kind, count(*)::int AS n FROM gateway.log JOIN gateway.leaf l ON l.month = log.month AND l.id = log.leaf
      WHERE l.kind IN ('accepted', 'acknowledged') GROUP BY 1, 2`,
  );
  const counted = new Map(leaves.map((leaf) => [`${leaf.kind} ${leaf.message_id}`, Number(leaf.n)]));
  const stored = new Map(rows.map((row) => [row.message_id, row]));
  const effects = partner.effects();
  const effectsOf = Map.groupBy(effects, ([, messageId]) => messageId);
  const sent = [...ledger.sent.values()];
  const broken = [...ledger.problems];
  const lost: string[] = [];
  const duplicates: string[] = [];

  for (const one of sent) {
    const row = stored.get(one.messageId);
    if (one.state === 'accepted' && row === undefined) lost.push(`${one.messageId}: accepted and not in the store`);
    if (one.state === 'refused') broken.push(`${one.messageId} of ${one.sender} was refused: ${one.why}`);
  }
  for (const row of rows) {
    const name = `${row.kind} ${row.message_id} of ${row.sender} to ${row.recipient}`;
    const record = counted.get(`accepted ${row.message_id}`) ?? 0;
    if (record !== 1) broken.push(`${name} has ${record} records of its acceptance`);
    if (row.state === 'failed' || row.state === 'refused' || row.state === 'expired')
      broken.push(`${name} is ${row.state}: ${row.cause}`);
    if (row.road === 'push') judgePush(row, name);
    else if (row.state === 'delivered') judgePull(row, name);
  }
  function judgePush(row: Row, name: string): void {
    const done = effectsOf.get(row.message_id)?.length ?? 0;
    const packageId = ledger.sent.get(row.message_id)?.packageId;
    if (row.state === 'delivered' && done === 0) lost.push(`${name}: delivered without an effect`);
    if (done > 1) duplicates.push(`${name}: ${done} effects`);
    if (packageId !== undefined && done > 0 && effects.get(packageId) !== row.message_id)
      duplicates.push(`${name}: its package took effect under ${effects.get(packageId)}`);
    const answers = rows.filter((other) => other.exchange === row.message_id && other.kind === 'response').length;
    if (row.state === 'delivered' && answers !== 1) broken.push(`${name}: ${answers} answers`);
  }
  function judgePull(row: Row, name: string): void {
    const times = ledger.handed.get(`${row.recipient} ${row.message_id}`)?.times ?? 0;
    if (times === 0) lost.push(`${name}: confirmed and never seen by its recipient`);
    const acks = counted.get(`acknowledged ${row.message_id}`) ?? 0;
    if (acks !== 1) broken.push(`${name}: ${acks} records of its Ack`);
  }
  for (const [packageId, messageId] of effects)
    if (!stored.has(messageId)) broken.push(`package ${packageId} took effect, and ${messageId} was never accepted`);

  const journal = await verified(parts);
  if (!journal.ok) broken.push(`the journal does not verify: ${journal.where}: ${journal.wrong}`);
  return {
    accepted: sent.filter((one) => one.state === 'accepted').length,
    refused: sent.filter((one) => one.state === 'refused').length + sum(ledger.refusals.values()),
    unknown: sent.filter((one) => one.state === 'unknown').length,
    unknownTaken: sent.filter((one) => one.state === 'unknown' && stored.has(one.messageId)).length,
    delivered: rows.filter((row) => row.state === 'delivered').length,
    notFinal: rows
      .filter((row) => !FINAL.has(row.state))
      .map((row) => `${row.state} ${row.road} ${row.message_id} to ${row.recipient}: ${row.cause ?? ''}`),
    effects: effects.size,
    duplicates,
    lost,
    handedTwice: [...ledger.handed.values()].filter(({ times }) => times > 1).length,
    calledTwice: [...partner.calls.values()].filter((calls) => calls > 1).length,
    broken,
    journal,
  };
}

/** The gateway's own verifier over every record, with every head that was shown as a prefix. */
async function verified({ postgres, vkey, heads, sequencer }: JudgeParts): Promise<LogVerdict> {
  const store = await openPostgresStore({
    url: postgres.url,
    sequencerModule: new URL('../../src/sequencer.js', import.meta.url).href,
    sequencerOptions: sequencer,
    onFatal: (error) => console.error(error),
  });
  try {
    const note = (await store.checkpoint())?.note;
    const source = {
      checkpoint: async () => note,
      leaves: (from: number, to: number) => store.leaves(from, to),
      hashes: (level: number, from: number, to: number) => store.hashes(level, from, to),
      keepsLevel: () => true,
    };
    return await verifyLog(source, { vkey, held: heads });
  } finally {
    await store.close();
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0);
}
