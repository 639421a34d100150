import {
  type DryRun,
  type PartnerOutlook,
  type Plan,
  type SetLine,
  setBytes,
  setHash,
  type Verdict,
} from '../../delivery/index.js';
import type { StoredDelivery } from '../../ports/index.js';
import type { PartnerGates } from '../partner-gates.js';
import { failedDeliveries } from './failure-groups.js';
import { type JudgeParts, judgeDelivery } from './judge-delivery.js';

export interface DryRunParts extends JudgeParts {
  readonly gates: PartnerGates;
}

/** How far a dry run is. */
export interface Judging {
  done: number;
  total: number;
  /** Why it broke off; it can be asked for again. */
  failed?: string;
}

/** Judged at once; the rest of the workers is for live traffic. */
const AT_ONCE = 4;

/** Judges every delivery of the plan's filter as of now. `undefined`: more than a plan may hold. */
export async function judgePlan(
  plan: Plan,
  judging: Judging,
  parts: DryRunParts,
): Promise<{ readonly dryRun: DryRun; readonly bytes: Buffer } | undefined> {
  const { deliveries, whole } = await failedDeliveries(plan.filter, parts.store);
  if (!whole) return undefined;
  judging.total = deliveries.length;
  const oldestFirst = [...deliveries].sort((a, b) => a.id - b.id);
  const lines: SetLine[] = [];
  const samples: Partial<Record<Verdict, { delivery: number; messageId: string; why?: string }>> = {};
  const room = new MailboxRoom(parts);
  const pass = async (from: number): Promise<void> => {
    for (let i = from; i < oldestFirst.length; i += AT_ONCE) {
      const delivery = oldestFirst[i]!;
      const { id, messageId } = delivery;
      const judged = await judgeDelivery(delivery, parts);
      const { verdict, why } = judged.verdict === 'ready' ? await room.judge(delivery) : judged;
      samples[verdict] ??= { delivery: id, messageId, ...(why === undefined ? {} : { why }) };
      lines.push({ delivery: id, messageId, verdict });
      judging.done++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, from) => pass(from)));
  const bytes = setBytes(lines);
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of lines) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const dryRun: DryRun = {
    at: parts.clock.now(),
    config: parts.directory.hash,
    set: setHash(bytes),
    total: lines.length,
    counts,
    samples,
    partners: await outlook(deliveries, parts),
  };
  return { dryRun, bytes };
}

/** Room left in mailboxes, used up by what was judged before. A partner that is called has no mailbox: it is paced. */
class MailboxRoom {
  readonly #parts: DryRunParts;
  readonly #left = new Map<string, Promise<{ left: number }>>();

  constructor(parts: DryRunParts) {
    this.#parts = parts;
  }

  async judge(delivery: StoredDelivery): Promise<{ verdict: Verdict; why?: string }> {
    const { recipient, mailbox, road } = delivery;
    if (road === 'push') return { verdict: 'ready' };
    const key = `${recipient} ${mailbox}`;
    let room = this.#left.get(key);
    if (room === undefined) {
      room = this.#roomOf(delivery);
      this.#left.set(key, room);
    }
    const counter = await room;
    counter.left--;
    return counter.left >= 0 ? { verdict: 'ready' } : { verdict: 'no-room', why: `в очереди ${key} нет места` };
  }

  async #roomOf({ recipient, mailbox }: StoredDelivery): Promise<{ left: number }> {
    const { store, directory } = this.#parts;
    const capacity = directory.participant(recipient)?.capacity ?? 0;
    return { left: capacity - (await store.depth(recipient, mailbox)) };
  }
}

async function outlook(
  deliveries: readonly StoredDelivery[],
  { store, gates, clock }: DryRunParts,
): Promise<PartnerOutlook[]> {
  const counts = new Map<string, { count: number; mailbox: StoredDelivery['mailbox']; isPushed: boolean }>();
  for (const { recipient, mailbox, road } of deliveries) {
    const known = counts.get(recipient);
    counts.set(recipient, { count: (known?.count ?? 0) + 1, mailbox, isPushed: road === 'push' });
  }
  const health = new Map(gates.health(clock.now()).map((h) => [h.partner, h.breaker]));
  return Promise.all(
    [...counts].map(async ([partner, { count, mailbox, isPushed }]) => ({
      partner,
      count,
      ...(isPushed && { breaker: health.get(partner) ?? 'closed' }),
      waiting: await store.depth(partner, mailbox),
    })),
  );
}
