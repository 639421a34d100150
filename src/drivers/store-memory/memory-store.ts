import type {
  Commit,
  Committed,
  DeliveryFilter,
  ExchangeFilter,
  MailboxPoll,
  Sequencer,
  Store,
  StoredDelivery,
} from '../../ports/index.js';
import { misuseOf } from './misuse.js';
import { emptyTables, isSettled, type Tables } from './tables.js';
import { write } from './write.js';

/** How the next commit fails. The twins reject alike; only the store knows whether the work stayed. */
export type Failure = 'unavailable' | 'not-written' | 'written';

export interface MemoryStore extends Store {
  failNext(how: Failure): void;
  /** Breaches of the contract so far; `close` rejects when there are any, so that a swallowed one fails the test too. */
  readonly misuses: readonly string[];
}

/** An empty store. Its answers come a turn of the event loop later, as a real one's would. */
export function createMemoryStore(sequencer: Sequencer): MemoryStore {
  const tables = emptyTables();
  const misuses: string[] = [];
  let failure: Failure | undefined;
  let closed = false;

  function misused(text: string): never {
    misuses.push(text);
    throw new Error(`store misused: ${text}`);
  }
  function use(): Tables {
    return closed ? misused('it is closed') : tables;
  }
  async function commit(work: Commit): Promise<Committed> {
    use();
    const misuse = misuseOf(work, tables);
    if (misuse !== undefined) misused(misuse);
    const fails = failure;
    failure = undefined;
    if (fails === 'unavailable') return { ok: false, conflict: 'unavailable', detail: 'injected' };
    if (fails === 'not-written') throw new Error('injected: outcome of a write is unknown');
    const committed = write(tables, work, sequencer);
    if (committed.ok && work.leaves.length > 0) sequencer.published(committed.checkpoint.note);
    await new Promise(setImmediate);
    if (fails === 'written') throw new Error('injected: outcome of a write is unknown');
    return committed;
  }
  return {
    misuses,
    failNext: (how) => {
      failure = how;
    },
    commit,
    ...messageQueries(use),
    ...mailboxQueries(use),
    ...sweeperQueries(use),
    ...journalQueries(use),
    saveSnapshot: async (hash, json) => {
      const saved = await commit({ leaves: [], snapshot: { hash, json } });
      if (!saved.ok) throw new Error(`the configuration snapshot was not saved: ${saved.detail}`);
    },
    close: async () => {
      closed = true;
      if (misuses.length > 0) throw new Error(`store misused: ${misuses.join('; ')}`);
    },
  };
}

function messageQueries(use: () => Tables) {
  return {
    message: async (messageId: string) => use().messages.get(messageId),
    body: async (bodyId: string) => use().bodies.get(bodyId),
    messagesOf: async (exchange: string) =>
      [...use().messages.values()].filter((message) => message.exchange === exchange),
    exchanges: async (filter: ExchangeFilter) => {
      const { messages, deliveries } = use();
      const inState = new Set(
        deliveries
          .filter(({ state }) => state === filter.state)
          .map(({ messageId }) => messages.get(messageId)?.exchange),
      );
      const {
        before = Infinity,
        participant,
        format,
        purpose,
        purposeIs,
        overdueAt,
        from = -Infinity,
        to = Infinity,
      } = filter;
      const wanted = purpose?.toLowerCase();
      return [...messages.values()]
        .filter((message) => message.kind === 'request' && message.order < before)
        .filter(({ sender, recipient }) => participant === undefined || [sender, recipient].includes(participant))
        .filter((message) => format === undefined || message.format === format)
        .filter(({ meta, closedBy }) => isOverdue(overdueAt, meta.answerBy, closedBy))
        .filter(({ meta }) => purposeIs === undefined || meta.purpose === purposeIs)
        .filter(({ meta }) => wanted === undefined || meta.purpose?.toLowerCase().includes(wanted) === true)
        .filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < to)
        .filter(({ exchange }) => filter.state === undefined || inState.has(exchange))
        .reverse()
        .slice(0, filter.limit);
    },
    plan: async (id: string) => use().plans.get(id),
    plans: async (limit: number) => [...use().plans.values()].reverse().slice(0, limit),
    artefact: async (hash: string) => use().artefacts.get(hash),
    snapshot: async (otherThan?: string) => {
      const newest = use().snapshots.at(-1);
      return newest === undefined || newest.hash === otherThan ? undefined : { hash: newest.hash, json: newest.json };
    },
    liveSnapshots: async () =>
      use()
        .snapshots.filter(({ revoked }) => !revoked)
        .map(({ hash }) => hash),
  };
}

function mailboxQueries(use: () => Tables) {
  return {
    delivery: async (id: number) => use().deliveries[id - 1],
    deliveriesOf: async (messageId: string) => where(use(), (delivery) => delivery.messageId === messageId).reverse(),
    nextInMailbox: async (poll: MailboxPoll) => {
      const { recipient, mailbox, format, nodeId, now, except } = poll;
      return use().deliveries.find(
        (delivery) =>
          delivery.recipient === recipient &&
          delivery.mailbox === mailbox &&
          delivery.nodeId === nodeId &&
          (format === undefined || delivery.format === format) &&
          delivery.road === 'pull' &&
          (delivery.state === 'queued' || isLeaseOver(delivery, now)) &&
          (delivery.expiresAt ?? Infinity) > now &&
          !except.includes(delivery.id),
      );
    },
    leasedByPoll: async (digest: Uint8Array) =>
      where(use(), ({ pollDigest }) => pollDigest !== undefined && Buffer.compare(pollDigest, digest) === 0).at(-1),
    depth: async (recipient: string, mailbox: string) =>
      where(use(), (other) => other.recipient === recipient && other.mailbox === mailbox && !isSettled(other.state))
        .length,
    queueStatistics: async (recipient: string) => {
      const mine = where(use(), (delivery) => delivery.recipient === recipient && isPending(delivery));
      const groups = Object.entries(
        Object.groupBy(mine, ({ mailbox, format, nodeId }) => JSON.stringify([mailbox, nodeId ?? '', format ?? ''])),
      );
      return groups
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, rows = []]) => {
          const { mailbox, format = '', nodeId } = rows[0]!;
          return { format, ...(nodeId === undefined ? {} : { nodeId }), mailbox, pending: rows.length };
        });
    },
  };
}

function sweeperQueries(use: () => Tables) {
  return {
    dueDeliveries: async (now: number, limit: number, except: readonly string[] = []) =>
      where(
        use(),
        ({ road, state, dueAt, recipient }) =>
          road === 'push' &&
          (state === 'queued' || state === 'in-doubt') &&
          dueAt! <= now &&
          !except.includes(recipient),
      )
        .sort((a, b) => a.dueAt! - b.dueAt! || a.id - b.id)
        .slice(0, limit),
    deliveries: async ({ states, before = Infinity, limit, recipient, from = 0, to = Infinity }: DeliveryFilter) =>
      where(
        use(),
        (d) =>
          states.includes(d.state) &&
          d.id < before &&
          d.recipient === (recipient ?? d.recipient) &&
          d.queuedAt >= from &&
          d.queuedAt < to,
      )
        .reverse()
        .slice(0, limit),
    checkingDeliveries: async (limit: number) => where(use(), ({ state }) => state === 'checking').slice(0, limit),
    overdueDeliveries: async (now: number, limit: number) => {
      const leases = where(use(), (delivery) => isLeaseOver(delivery, now)).sort(
        (a, b) => a.leasedUntil! - b.leasedUntil!,
      );
      const expired = where(
        use(),
        ({ road, state, expiresAt }) => road === 'pull' && state === 'queued' && (expiresAt ?? Infinity) <= now,
      );
      return [...leases, ...expired.sort((a, b) => a.expiresAt! - b.expiresAt!)].slice(0, limit);
    },
  };
}

function journalQueries(use: () => Tables) {
  return {
    recordsOf: async (exchange: string) => use().records.filter((record) => record.exchange === exchange),
    record: async (index: number) => use().records[index],
    recordOf: async (messageId: string, kind: string) =>
      use().records.findLast((record) => record.messageId === messageId && record.kind === kind),
    refusals: async ({ before = Infinity, limit }: { before?: number; limit: number }) =>
      use()
        .records.filter((record) => record.kind === 'refused' && record.index < before)
        .reverse()
        .slice(0, limit),
    leaves: async (from: number, to: number) =>
      use()
        .records.slice(from, to)
        .map(({ bytes }) => bytes),
    hashes: async (level: number, from: number, to: number) => {
      const { hashes } = use();
      const positions = Array.from({ length: Math.max(0, to - from) }, (_, at) => hashes.get(`${level}/${from + at}`));
      return positions.filter((hash) => hash !== undefined);
    },
    checkpoint: async () => use().checkpoint,
  };
}

function isOverdue(at: number | undefined, answerBy: string | undefined, closedBy: string | undefined): boolean {
  return at === undefined || (closedBy === undefined && answerBy !== undefined && Date.parse(answerBy) <= at);
}

function where(tables: Tables, test: (delivery: StoredDelivery) => boolean): StoredDelivery[] {
  return tables.deliveries.filter(test);
}

function isLeaseOver({ state, leasedUntil }: StoredDelivery, now: number): boolean {
  return state === 'leased' && (leasedUntil ?? Infinity) < now;
}

function isPending({ road, state }: StoredDelivery): boolean {
  return road === 'pull' && (state === 'queued' || state === 'leased');
}
