import type { Fault } from '../faults/index.js';
import { runRules } from '../formats/index.js';
import type { Operation } from '../message/index.js';
import type { XRay } from '../signature/index.js';
import { BEFORE_OPERATION, inbound } from './inbound.js';
import type { AnyData, Checked, Identified, Opened, Verified, WithData, WithSignature } from './known.js';
import type { EnvelopeBytes, Verdict } from './outcome.js';
import { ruleContext } from './rule-violations.js';
import { xRayOfCaller, xRayOfPerson } from './signature-x-ray.js';
import { isRefusal, type Stage } from './stage.js';
import { acceptAck } from './stages/accept-ack.js';
import { acceptCount } from './stages/accept-count.js';
import { acceptMessage } from './stages/accept-message.js';
import { acceptPoll } from './stages/accept-poll.js';
import { checkRights } from './stages/check-rights.js';
import { followRouting } from './stages/follow-routing.js';
import { identifyCaller } from './stages/identify-caller.js';
import { judgeCertificate } from './stages/judge-certificate.js';
import { readCallerSignature } from './stages/read-caller-signature.js';
import { verifyCallerSignature } from './stages/verify-caller-signature.js';
import { verifyPersonalSignature } from './stages/verify-personal-signature.js';
import type { World } from './world.js';

const LAST: ReadonlySet<unknown> = new Set([acceptMessage, acceptPoll, acceptAck, acceptCount]);
const OF_SIGNATURE: ReadonlySet<unknown> = new Set([
  readCallerSignature,
  identifyCaller,
  verifyCallerSignature,
  judgeCertificate,
]);
const OF_IDENTITY: ReadonlySet<unknown> = new Set([checkRights, followRouting]);

/** The same table, stopped before anything is accepted, going on past forgivable faults to list them all. Stores nothing. */
export async function preflight(received: EnvelopeBytes, world: World): Promise<Verdict> {
  const faults: Fault[] = [];
  let known: unknown = received;
  let operation: Operation | undefined;
  let stranger = false;
  let opened: Opened | undefined;
  let xRay: XRay | undefined;
  for (const [i, { stage, operations }] of inbound.entries()) {
    if (operation !== undefined && !operations.has(operation)) continue;
    if (LAST.has(stage)) break;
    if (stranger && (OF_SIGNATURE.has(stage) || OF_IDENTITY.has(stage))) continue;
    const next = await (stage as Stage<unknown, unknown>)(known, world);
    if (!isRefusal(next)) known = next;
    else {
      faults.push(next.refused);
      if (opened !== undefined && OF_SIGNATURE.has(stage)) xRay ??= xRayOfCaller(opened, world);
      else if ((stage as unknown) === verifyPersonalSignature) xRay ??= xRayOfPerson(known as WithData<AnyData>, world);
      if (next.forgiven !== undefined) known = next.forgiven;
      else if (OF_SIGNATURE.has(stage)) {
        known = unproven(known as Opened, world);
        stranger = true;
      } else break;
    }
    if (i === BEFORE_OPERATION - 1) {
      opened = known as Opened;
      operation = opened.operation;
    }
  }
  const caller = (known as Partial<Verified>).caller?.participant.mnemonic;
  return {
    verdict: faults.length === 0 ? 'accepted' : 'refused',
    ...(operation === undefined ? {} : { operation }),
    ...(caller === undefined || caller === '' ? {} : { caller }),
    faults,
    ...(faults.some((f) => f.fault === 'InvalidContent') ? {} : findingsOn(known, world)),
    ...(xRay && { xRay }),
  };
}

/** Of documents that were judged and are valid, sent by somebody whose codes are known. */
function findingsOn(known: unknown, world: World): Pick<Verdict, 'findings'> {
  const { documents = [], late, caller, at } = known as Partial<Checked>;
  if (late !== false || caller === undefined || at === undefined || caller.participant.mnemonic === '') return {};
  const context = ruleContext(caller.participant.codes, at, world);
  const findings = documents.flatMap((d) => runRules(d.entry, d.tree, d.element, context));
  return findings.length === 0 ? {} : { findings };
}

/** What would be known had the signature been good: lets an engineer see the faults of content before there is a key. */
function unproven(opened: Opened & Partial<WithSignature & Identified>, { directory }: World): Verified {
  const { tree, envelope } = opened;
  const known = opened.signature === undefined ? undefined : directory.byCertificate(opened.signature.certificate);
  const anybody = directory.snapshot.participants[0]!;
  return {
    version: opened.version,
    operation: opened.operation,
    at: opened.at,
    // A stranger is judged by content only: rows that ask for identity are skipped.
    caller:
      opened.caller ??
      known ??
      ({ participant: { ...anybody, mnemonic: '', codes: [], contentChecks: 'early' } } as never),
    tree,
    element: envelope.signed,
    signature: Buffer.alloc(0),
    signatureName: Buffer.alloc(0),
    digestValue: Buffer.alloc(0),
    certificate: Buffer.alloc(0),
    gost: false,
    unsigned: {
      parts: opened.parts,
      rootSize: opened.rootSize,
      ...(envelope.attachmentContentList === undefined ? {} : { contentList: envelope.attachmentContentList }),
      ...(envelope.routing === undefined ? {} : { routing: envelope.routing }),
    },
  };
}
