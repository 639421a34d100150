import type { Participant } from '../participants/index.js';
import type { NewMessage } from '../ports/index.js';
import type { Routed } from './known.js';

/**
 * To whom a request went, as its message keeps it: `recipient` where it is one participant; else in `meta`, where
 * `recipients` are the mnemonics as a JSON array, and `broadcast` says that each of them took it without an answer.
 */
type Destination = Pick<NewMessage, 'recipient' | 'meta'>;

export function destinationOf({ recipients, broadcast }: Pick<Routed, 'recipients' | 'broadcast'>): Destination {
  if (broadcast === true) return { meta: { broadcast: 'true' } };
  const [only, ...others] = recipients;
  if (only !== undefined && others.length === 0) return { recipient: only.mnemonic, meta: {} };
  return { meta: { recipients: JSON.stringify(recipients.map((r) => r.mnemonic)) } };
}

export function isBroadcast({ meta }: Pick<NewMessage, 'meta'>): boolean {
  return meta.broadcast !== undefined;
}

/** Whether each of several recipients answers for itself. */
export function isForSeveral({ meta }: Pick<NewMessage, 'meta'>): boolean {
  return meta.recipients !== undefined;
}

/** Mnemonics of those who may answer. */
export function answerers({ recipient, meta }: Destination): readonly string[] {
  if (recipient !== undefined) return [recipient];
  // Only destinationOf writes it.
  return meta.recipients === undefined ? [] : (JSON.parse(meta.recipients) as string[]);
}

/** The one participant a message is for, as MessageMetadata has it; absent for several. */
export function onlyOne(recipients: readonly Participant[], broadcast?: boolean): Participant | undefined {
  return broadcast !== true && recipients.length === 1 ? recipients[0] : undefined;
}
