import { sealLeaf } from '../journal/index.js';
import type { HiddenFields, JournalRecord, RecordKind } from '../message/index.js';
import type { KeyVault, NewLeaf, NewMessage, StoredDelivery, StoredMessage } from '../ports/index.js';

/** RFC 3339 UTC with milliseconds: the one form of time in the journal. */
export function recordTime(at: number): string {
  return new Date(at).toISOString();
}

/** The leaf of something that happened to an accepted message. */
export function messageLeaf(
  kind: RecordKind,
  message: NewMessage,
  at: number,
  vault: KeyVault,
  more: { recipient?: string; fault?: string; hidden?: HiddenFields } = {},
): NewLeaf {
  const recipient = more.recipient ?? message.recipient;
  const record: JournalRecord = {
    kind,
    time: recordTime(at),
    messageId: message.messageId,
    exchange: message.exchange,
    sender: message.sender,
    ...(recipient === undefined ? {} : { recipient }),
    ...(message.format === undefined ? {} : { format: message.format }),
    ...(more.fault === undefined ? {} : { fault: more.fault }),
    ...(more.hidden === undefined ? {} : { hidden: more.hidden }),
  };
  return sealLeaf(record, vault).leaf;
}

/** The leaf of a delivery's move; who holds it stands under the commitment. */
export function deliveryLeaf(
  kind: RecordKind,
  message: StoredMessage,
  delivery: StoredDelivery,
  at: number,
  vault: KeyVault,
  hidden: HiddenFields = {},
): NewLeaf {
  return messageLeaf(kind, message, at, vault, {
    recipient: delivery.recipient,
    hidden: {
      delivery: delivery.id,
      attempt: delivery.attempts + 1,
      ...(delivery.nodeId === undefined ? {} : { nodeId: delivery.nodeId }),
      ...hidden,
    },
  });
}
