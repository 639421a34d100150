import { canMove } from '../../message/index.js';
import type { Commit, NewDelivery } from '../../ports/index.js';
import type { Tables } from './tables.js';

const LARGEST_LEAF = 65_535;

/** What no caller may ask of a store, whatever its state: the first breach found, in words for the failing test. */
export function misuseOf(work: Commit, tables: Tables): string | undefined {
  return (
    aboutMessage(work, tables) ?? aboutDeliveries(work, tables) ?? aboutMoves(work, tables) ?? aboutRest(work, tables)
  );
}

function aboutMessage({ message, body, leaves }: Commit, tables: Tables): string | undefined {
  if (body !== undefined && tables.bodies.has(body.bodyId)) return `body ${body.bodyId} is written twice`;
  if (message === undefined) return undefined;
  const name = `message ${message.messageId}`;
  if (leaves.length === 0) return `${name} is committed without a leaf`;
  if (body?.bodyId !== message.bodyId && !tables.bodies.has(message.bodyId)) return `${name} has no body`;
  const begins = message.exchange === message.messageId;
  if (begins !== (message.kind === 'request')) return `${name} is a ${message.kind} of exchange ${message.exchange}`;
  if (!begins && !tables.messages.has(message.exchange)) return `${name} belongs to an unknown exchange`;
  return undefined;
}

function aboutDeliveries({ message, deliveries = [] }: Commit, tables: Tables): string | undefined {
  for (const { messageId, recipient, state, road, dueAt, cause, replays } of deliveries) {
    const name = `delivery of ${messageId}`;
    if (messageId !== message?.messageId && !tables.messages.has(messageId)) return `${name}, which was never accepted`;
    const old = replays === undefined ? undefined : tables.deliveries[replays - 1];
    if (old !== undefined && (old.messageId !== messageId || old.recipient !== recipient))
      return `${name} replays a delivery of another one`;
    const fails = state === 'failed' && cause !== undefined;
    if (!fails && state !== 'checking' && state !== 'queued') return `${name} begins as ${state}`;
    if (road === 'pull' && dueAt !== undefined) return `${name} is polled and has a due time`;
  }
  return undefined;
}

function aboutMoves({ moves = [] }: Commit, tables: Tables): string | undefined {
  for (const { delivery, from, to, leasedUntil, pollDigest } of moves) {
    const name = `move of delivery ${delivery} to ${to}`;
    const wrong = from.find((state) => !canMove(state, to));
    if (wrong !== undefined) return `${name}: there is no arrow from ${wrong}`;
    if (to !== 'leased') continue;
    if (leasedUntil === undefined || pollDigest === undefined) return `${name} names no end or no poll`;
    if (roadOf(tables, delivery) === 'push') return `${name}, which is pushed`;
  }
  return undefined;
}

function aboutRest({ leaves, snapshot }: Commit, tables: Tables): string | undefined {
  const long = leaves.find((leaf) => leaf.bytes.length > LARGEST_LEAF);
  if (long !== undefined) return `a leaf of ${long.bytes.length} bytes; a log entry holds ${LARGEST_LEAF}`;
  const known = tables.snapshots.find((other) => other.hash === snapshot?.hash);
  if (known !== undefined && known.json !== snapshot?.json) return `snapshot ${known.hash} exists with other content`;
  return undefined;
}

function roadOf(tables: Tables, id: number): NewDelivery['road'] | undefined {
  return tables.deliveries[id - 1]?.road;
}
