import { isFailure, type Sent } from '../client/index.js';
import { post } from '../client/post.js';
import { readMetadata } from '../client/read-answer.js';
import { endpointPath, NAMESPACES } from '../envelope/index.js';
import type { Version } from '../message/index.js';
import type { Context } from './context.js';
import { EXIT, type Problem, problem } from './exit-codes.js';
import { problemOf } from './participant.js';

const TIMEOUT_MS = 60_000;

/** Posts an envelope as it is and reads what became of it. */
export async function postEnvelope(
  body: Uint8Array,
  contentType: string,
  version: Version,
  context: Context,
): Promise<Pick<Sent, 'messageId' | 'receiptUrl'> | Problem> {
  const road = { url: context.api.url + endpointPath(version), fetch, timeout: TIMEOUT_MS };
  const answer = await post(road, { contentType, body: Buffer.from(body) }, version);
  if (isFailure(answer)) return problemOf(answer, context);
  const { tree, wrapper, headers } = answer;
  const metadata = tree.child(wrapper, NAMESPACES[version].types, 'MessageMetadata');
  const messageId = metadata === undefined ? undefined : readMetadata(tree, metadata, version).messageId;
  if (messageId === undefined) return problem(EXIT.usage, context.texts.notASend(tree.localNameOf(wrapper)));
  const receiptUrl = headers.get('smev-journal-receipt');
  return { messageId, ...(receiptUrl !== null && { receiptUrl }) };
}
