import type { RefAttachmentHeader, Rejection, RequestStatus, RoutingToSend } from '../envelope/index.js';
import { fault } from '../faults/index.js';
import type { Attachment, AttachmentRoad } from '../message/index.js';
import { canonicalize, isXmlProblem, parseXml } from '../xml/index.js';
import type { FaultAnswer } from './answers.js';
import { refusedHere } from './refused-here.js';

/** Business content as a caller has it. */
interface ContentToSend {
  /** One XML document; its canonical form is sent, so a declaration and comments do no harm. */
  readonly content: string | Uint8Array;
  readonly attachments?: readonly Attachment[];
  /** How attachment content travels; MTOM when absent. */
  readonly road?: AttachmentRoad;
  /** A ds:Signature over the content's root (ЭП-СП). */
  readonly personalSignature?: string;
  /** Attachments already in the file store. */
  readonly refAttachmentHeaders?: readonly RefAttachmentHeader[];
}

export interface RequestToSend extends ContentToSend {
  /** Given when a message is sent again; new when absent. */
  readonly messageId?: string;
  readonly referenceMessageId?: string;
  readonly transactionCode?: string;
  readonly nodeId?: string;
  /** ms since 1970. */
  readonly eol?: number;
  /** TestMessage: the provider answers fully and changes no state. */
  readonly test?: boolean;
  /** rout:Routing (1.3): whom to send it to, signed apart. */
  readonly routing?: RoutingToSend;
}

/** `to` is the request's replyTo, unchanged. */
export type ResponseToSend = { readonly messageId?: string; readonly to: string } & (
  | ContentToSend
  | { readonly rejected: readonly Rejection[] }
  | { readonly status: RequestStatus }
);

/** Canonical text of the content's root element: it can be embedded anywhere without a change. */
export function canonicalContent(content: string | Uint8Array): string | FaultAnswer {
  const tree = parseXml(typeof content === 'string' ? Buffer.from(content) : content);
  if (!isXmlProblem(tree)) return canonicalize(tree, tree.root).toString();
  const { line, column, text, textEn } = tree;
  return refusedHere(
    fault('InvalidContent', `Содержимое не является документом XML: строка ${line}, столбец ${column}: ${text}`, {
      violations: [{ line, column, text, textEn }],
    }),
  );
}
