import { hash } from 'node:crypto';
import { type Mailbox, nameOf, type Operation } from '../../message/index.js';
import type { PollKnown } from '../known.js';
import type { Polled } from '../outcome.js';
import type { World } from '../world.js';

const MAILBOX: Readonly<Partial<Record<Operation, Mailbox>>> = {
  GetRequest: 'requests',
  GetResponse: 'responses',
  GetStatus: 'statuses',
};

/** What the mailbox is asked for. Its signature names the poll: signed again, it is another one. */
export function acceptPoll(known: PollKnown, { directory }: World): Polled {
  const { data, version, caller } = known;
  const selector = data.kind === 'selector' ? data : undefined;
  return {
    kind: 'polled',
    version,
    operation: known.operation as Polled['operation'],
    caller: caller.participant.mnemonic,
    mailbox: MAILBOX[known.operation]!,
    ...(selector?.type === undefined ? {} : { format: nameOf(selector.type) }),
    ...(selector?.nodeId === undefined ? {} : { nodeId: selector.nodeId }),
    gost: known.gost,
    timestamp: data.timestamp,
    pollDigest: hash('sha256', known.signatureName, 'buffer'),
    config: directory.hash,
  };
}
