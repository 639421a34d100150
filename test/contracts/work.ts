import type { Commit, Committed, NewDelivery, NewLeaf, NewMessage, Store } from '../../src/ports/index.js';

/** Makers of valid work for the store's contract: ids count up from 1, so a failing run reads the same twice. */
export const NOW = 1_700_000_000_000;
export const FORMAT = '{urn:example:benefit}Request';

let made = 0;

export function newId(): string {
  made++;
  return `${made.toString(16).padStart(8, '0')}-0000-11ee-8000-00000000c0de`;
}

export function leaf(kind: string, message?: { messageId: string; exchange: string }): NewLeaf {
  const about = message === undefined ? {} : { messageId: message.messageId, exchange: message.exchange };
  made++;
  return { bytes: bytes(`leaf ${made}`), opening: bytes(`opening ${made}`), kind, time: NOW, ...about };
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A request from REG001 to EGISSO with its body, its delivery and its `accepted` leaf. */
export function request(message: Partial<NewMessage> = {}, delivery: Partial<NewDelivery> = {}): RequestWork {
  const messageId = message.messageId ?? newId();
  const full: NewMessage = {
    messageId,
    exchange: messageId,
    kind: 'request',
    version: '1.2',
    sender: 'REG001',
    recipient: 'EGISSO',
    format: FORMAT,
    acceptedAt: NOW,
    test: false,
    bodyId: `body-${messageId}`,
    config: 'cfg',
    road: 'inline',
    digest: bytes(`digest ${messageId}`),
    meta: { NodeID: 'n1' },
    receiptToken: `token-${messageId}`,
    ...message,
  };
  return {
    message: full,
    body: body(full),
    deliveries: [deliveryOf(full, delivery)],
    leaves: [leaf('accepted', full)],
  };
}

export interface RequestWork extends Commit {
  readonly message: NewMessage;
  readonly deliveries: readonly NewDelivery[];
}

/** The answer of EGISSO that closes the exchange. */
export function response(to: NewMessage, message: Partial<NewMessage> = {}): RequestWork {
  const about = { exchange: to.messageId, kind: 'response' as const, sender: 'EGISSO', recipient: to.sender };
  return request({ ...about, closes: true, ...message }, { mailbox: 'responses' });
}

export function deliveryOf(message: NewMessage, delivery: Partial<NewDelivery> = {}): NewDelivery {
  return {
    messageId: message.messageId,
    recipient: message.recipient ?? 'EGISSO',
    mailbox: 'requests',
    road: 'pull',
    state: 'queued',
    ...(message.format === undefined ? {} : { format: message.format }),
    queuedAt: NOW,
    ...delivery,
  };
}

function body(message: NewMessage): NonNullable<Commit['body']> {
  const key = { slot: 0, epoch: 1, wrapped: bytes('wrapped') };
  return { bodyId: message.bodyId, container: bytes('sealed'), sha256: bytes('sha256'), keys: [key] };
}

/** Commits, and fails the test when the store does not take it. */
export async function commitOk(store: Store, work: Commit): Promise<Extract<Committed, { ok: true }>> {
  const committed = await store.commit(work);
  if (!committed.ok) throw new Error(`not committed: ${committed.conflict} ${committed.detail}`);
  return committed;
}

/** Commits a request and returns it with the id of its delivery. */
export async function accept(store: Store, message: Partial<NewMessage> = {}, delivery: Partial<NewDelivery> = {}) {
  const work = request(message, delivery);
  const { deliveries } = await commitOk(store, work);
  return { message: work.message, delivery: deliveries[0]! };
}

/** Hands a queued delivery out to a poll. */
export async function lease(
  store: Store,
  delivery: number,
  leasedUntil: number,
  poll = `poll ${delivery}`,
): Promise<void> {
  const move = { delivery, from: ['queued', 'leased'], to: 'leased', leasedUntil, pollDigest: bytes(poll) } as const;
  await commitOk(store, { moves: [move], leaves: [leaf('leased')] });
}
