import type { StoredMessage } from '../../ports/index.js';
import { type Place, poolOfReaders } from './connect.js';
import { monthOfId } from './month.js';
import { messageReader } from './read-messages.js';
import { readingOf } from './reading.js';

/** What a worker thread must know of the past to judge a message, on a connection of its own. */
export interface ReadOnlyStore {
  /** The message accepted under this id: a repetition has the same digest and sender. */
  firstSeen(messageId: string): Promise<FirstSeen | undefined>;
  /** The request a response answers, with `closedBy` when it has its answer. */
  request(messageId: string): Promise<StoredMessage | undefined>;
  /** Whether the sender's part of the answer to the exchange is accepted (`closes: 'part'`). */
  answered(exchange: string, sender: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface FirstSeen {
  readonly acceptedAt: number;
  readonly digest: Uint8Array;
  readonly sender: string;
}

const FIRST = 'SELECT accepted_at, digest, sender FROM message WHERE month = $1 AND message_id = $2';
const PART = `SELECT 1 AS one FROM message WHERE closes = 'part' AND sender = $3 AND request =
  (SELECT request FROM message WHERE month = $1 AND message_id = $2)`;

/** The schema must exist: the store of the main thread made it. Not authoritative: the writer checks again. */
export function openReadOnly(url: string, schema = 'gateway'): ReadOnlyStore {
  const place: Place = { url, schema };
  const pool = poolOfReaders(place, 1);
  const read = readingOf(pool);
  const { message } = messageReader(read);
  return {
    firstSeen: async (messageId) => {
      const row = await read.one('first-seen', FIRST, [monthOfId(messageId), messageId]);
      return row && { acceptedAt: row.accepted_at, digest: row.digest, sender: row.sender };
    },
    request: async (messageId) => {
      const found = await message(messageId);
      return found?.kind === 'request' ? found : undefined;
    },
    answered: async (exchange, sender) =>
      (await read.one('part', PART, [monthOfId(exchange), exchange, sender])) !== undefined,
    close: () => pool.end(),
  };
}
