import type { StoredMessage } from '../../ports/index.js';
import { connectReader } from './connect.js';
import { messageReader } from './read-messages.js';
import { PART } from './rows.js';

/** What a worker thread must know of the past to judge a message: synchronous, on a connection of its own. */
export interface ReadOnlyStore {
  /** The message accepted under this id: a repetition has the same digest and sender. */
  firstSeen(messageId: string): FirstSeen | undefined;
  /** The request a response answers, with `closedBy` when it has its answer. */
  request(messageId: string): StoredMessage | undefined;
  /** Whether the sender's part of the answer to the exchange is accepted (`closes: 'part'`). */
  answered(exchange: string, sender: string): boolean;
  close(): void;
}

export interface FirstSeen {
  readonly acceptedAt: number;
  readonly digest: Uint8Array;
  readonly sender: string;
}

/** The database must exist: the store of the main thread made it. Not authoritative: the writer checks again. */
export function openReadOnly(file: string): ReadOnlyStore {
  const database = connectReader(file);
  const first = database.prepare('SELECT accepted_at, digest, sender FROM message WHERE message_id = ?');
  const { message } = messageReader(database);
  const part = database.prepare(
    'SELECT 1 FROM message WHERE request = (SELECT request FROM message WHERE message_id = ?) AND sender = ? AND closes = ?',
  );
  return {
    firstSeen: (messageId) => {
      const row = first.get(messageId);
      if (row === undefined) return undefined;
      return {
        acceptedAt: row.accepted_at as number,
        digest: row.digest as Uint8Array,
        sender: row.sender as string,
      };
    },
    request: (messageId) => {
      const found = message(messageId);
      return found?.kind === 'request' ? found : undefined;
    },
    answered: (exchange, sender) => part.get(exchange, sender, PART) !== undefined,
    close: () => database.close(),
  };
}
