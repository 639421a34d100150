import type { Fault } from '../faults/index.js';
import { sealBody, sealLeaf } from '../journal/index.js';
import type { Operation, Version } from '../message/index.js';
import type { Commit } from '../ports/index.js';
import { soapFault } from './answers.js';
import { BEFORE_OPERATION, inbound } from './inbound.js';
import type { Opened, Verified } from './known.js';
import type { EnvelopeBytes, Outcome, Refused } from './outcome.js';
import { recordTime } from './records.js';
import { signedOctets } from './signed-octets.js';
import { isRefusal, type Refusal } from './stage.js';
import { verifyCallerSignature } from './stages/verify-caller-signature.js';
import type { World } from './world.js';

/** How long the sealed body of a refused message is kept for its sender and the operator. */
const REFUSED_BODY_KEPT = 30 * 24 * 3_600_000;

/** Runs the inbound table on one envelope. Reads the store, writes nothing. */
export async function judge(received: EnvelopeBytes, world: World): Promise<Outcome> {
  let known: unknown = received;
  let operation: Operation | undefined;
  let verified: Verified | undefined;
  for (const [i, { stage, operations }] of inbound.entries()) {
    if (operation !== undefined && !operations.has(operation)) continue;
    const next = await stage(known as never, world);
    if (isRefusal(next)) return refusal(next, received.version, verified, world);
    known = next;
    if (i === BEFORE_OPERATION - 1) operation = (next as Opened).operation;
    // From here on the caller is proven: refusals are its own and go on record.
    if (stage === (verifyCallerSignature as unknown)) verified = next as Verified;
  }
  return known as Outcome;
}

function refusal(
  { refused: fault, repeats }: Refusal<unknown>,
  version: Version,
  verified: Verified | undefined,
  world: World,
): Refused {
  const answer = soapFault(fault, version);
  if (verified === undefined) return { kind: 'refused', fault, version, answer };
  const caller = verified.caller.participant.mnemonic;
  return {
    kind: 'refused',
    fault,
    version,
    answer,
    caller,
    record: refusalRecord(fault, verified, repeats === true, world),
  };
}

/** One leaf, and for sends the sealed body with it. Empty polls and wrong Acks are counted elsewhere, not journalled. */
function refusalRecord(fault: Fault, verified: Verified, repeats: boolean, world: World): Commit {
  const { at, caller, operation } = verified;
  const isSend = operation === 'SendRequest' || operation === 'SendResponse';
  const sealed =
    isSend && !repeats
      ? sealBody(
          [
            { name: 'element', bytes: signedOctets(verified) },
            { name: 'signature', bytes: verified.signature },
          ],
          world.vault,
        )
      : undefined;
  const { leaf } = sealLeaf(
    {
      kind: 'refused',
      time: recordTime(at),
      sender: caller.participant.mnemonic,
      fault: fault.fault,
      config: world.directory.hash,
      ...(sealed === undefined ? {} : { body: sealed.sha256.toString('base64') }),
      hidden: {
        operation,
        description: fault.description.slice(0, 2_000),
        digestValue: verified.digestValue.toString('base64'),
      },
    },
    world.vault,
  );
  if (sealed === undefined) return { leaves: [leaf] };
  const { container, sha256, keys } = sealed;
  return {
    leaves: [leaf],
    body: { bodyId: `refused/${sha256.toString('hex')}`, container, sha256, keys, keepUntil: at + REFUSED_BODY_KEPT },
  };
}
