import type { Operation } from '../message/index.js';
import { type Row, row } from './stage.js';
import { acceptAck } from './stages/accept-ack.js';
import { acceptCount } from './stages/accept-count.js';
import { acceptMessage } from './stages/accept-message.js';
import { acceptPoll } from './stages/accept-poll.js';
import { checkContent } from './stages/check-content.js';
import { checkNode } from './stages/check-node.js';
import { checkPollFreshness } from './stages/check-poll-freshness.js';
import { checkPurpose } from './stages/check-purpose.js';
import { checkRights } from './stages/check-rights.js';
import { followRouting } from './stages/follow-routing.js';
import { identifyCaller } from './stages/identify-caller.js';
import { judgeCertificate } from './stages/judge-certificate.js';
import { openEnvelope } from './stages/open-envelope.js';
import { pairAttachmentContents } from './stages/pair-attachment-contents.js';
import { parseMessage } from './stages/parse-message.js';
import { readCallerSignature } from './stages/read-caller-signature.js';
import { readSignedElement } from './stages/read-signed-element.js';
import { rejectDuplicate } from './stages/reject-duplicate.js';
import { rejectStale } from './stages/reject-stale.js';
import { resolveRequest } from './stages/resolve-request.js';
import { resolveRoute } from './stages/resolve-route.js';
import { resolveSelector } from './stages/resolve-selector.js';
import { verifyAttachmentSignatures } from './stages/verify-attachment-signatures.js';
import { verifyCallerSignature } from './stages/verify-caller-signature.js';
import { verifyPersonalSignature } from './stages/verify-personal-signature.js';

/** The order of checks, once. Rows are stages, columns operations; an empty cell is a decision. */
export const inbound: readonly Row[] = [
  //                          SendRequest SendResponse Get… GetStatus Ack Statistics
  row(parseMessage, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(openEnvelope, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(readCallerSignature, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(identifyCaller, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(verifyCallerSignature, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(judgeCertificate, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(readSignedElement, 'x', 'x', 'x', 'x', 'x', 'x'),
  row(checkPollFreshness, ' ', ' ', 'x', 'x', ' ', 'x'),
  row(checkNode, 'x', ' ', 'x', ' ', ' ', ' '),
  row(rejectDuplicate, 'x', 'x', ' ', ' ', ' ', ' '),
  row(rejectStale, 'x', 'x', ' ', ' ', ' ', ' '),
  row(resolveRoute, 'x', ' ', ' ', ' ', ' ', ' '),
  row(checkRights, 'x', ' ', ' ', ' ', ' ', ' '),
  row(resolveRequest, ' ', 'x', ' ', ' ', ' ', ' '),
  row(verifyPersonalSignature, 'x', 'x', ' ', ' ', ' ', ' '),
  row(followRouting, 'x', ' ', ' ', ' ', ' ', ' '),
  row(pairAttachmentContents, 'x', 'x', ' ', ' ', ' ', ' '),
  row(verifyAttachmentSignatures, 'x', 'x', ' ', ' ', ' ', ' '),
  row(checkContent, 'x', 'x', ' ', ' ', ' ', ' '),
  row(checkPurpose, 'x', ' ', ' ', ' ', ' ', ' '),
  row(acceptMessage, 'x', 'x', ' ', ' ', ' ', ' '),
  row(resolveSelector, ' ', ' ', 'x', ' ', ' ', ' '),
  row(acceptPoll, ' ', ' ', 'x', 'x', ' ', ' '),
  row(acceptAck, ' ', ' ', ' ', ' ', 'x', ' '),
  row(acceptCount, ' ', ' ', ' ', ' ', ' ', 'x'),
];

/** The first two rows run before the operation is known. */
export const BEFORE_OPERATION = 2;

export function stagesFor(operation: Operation): readonly Row[] {
  return inbound.slice(BEFORE_OPERATION).filter((r) => r.operations.has(operation));
}
