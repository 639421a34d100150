import type { Violation } from '../message/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import { readDelivered } from './delivered.js';
import { idOf, optional, type Place, textAt, textOf } from './place.js';
import { readRoutingStatus } from './routing.js';
import { collapse } from './schema/lexical.js';
import type { AsyncFault, AsyncStatus, RejectionCode, RequestStatus, ResponseData } from './signed.js';
import { XSI_NAMESPACE } from './versions.js';

/** Reads a SenderProvidedResponseData already judged valid. */
export function readResponse(place: Place): ResponseData {
  const { tree, element, names } = place;
  const head = {
    ...optional('id', idOf(place)),
    messageId: textAt(place, 'MessageID') ?? '',
    to: textAt(place, 'To') ?? '',
  };
  const status = tree.child(element, names.types, 'RequestStatus');
  if (status !== undefined) return { ...head, kind: 'status', status: readStatus(tree, status, names.types) };
  const asyncStatus = tree.child(element, names.types, 'AsyncProcessingStatus');
  if (asyncStatus !== undefined) {
    return { ...head, kind: 'async-status', asyncStatus: readAsyncStatus({ ...place, element: asyncStatus }) };
  }
  const rejected = tree.children(element).filter((child) => tree.localNameOf(child) === 'RequestRejected');
  if (rejected.length === 0) return { ...head, kind: 'response', ...readDelivered(place) };
  return {
    ...head,
    kind: 'rejection',
    rejected: rejected.map((child) => ({
      // The enumeration is judged.
      code: textOf(tree, child, names.types, 'RejectionReasonCode') as RejectionCode,
      description: textOf(tree, child, names.types, 'RejectionReasonDescription') ?? '',
    })),
  };
}

function readStatus(tree: XmlTree, element: XmlElement, types: string): RequestStatus {
  const parameters = tree.children(element).filter((child) => tree.localNameOf(child) === 'StatusParameter');
  return {
    code: Number(textOf(tree, element, types, 'StatusCode')),
    description: textOf(tree, element, types, 'StatusDescription') ?? '',
    parameters: parameters.map((child) => ({
      key: textOf(tree, child, types, 'Key') ?? '',
      value: textOf(tree, child, types, 'Value') ?? '',
    })),
  };
}

/** Reads AsyncProcessingStatus; `place.element` is it. */
export function readAsyncStatus(place: Place): AsyncStatus {
  const { tree, element, names } = place;
  const smevFault = tree.child(element, names.types, 'SmevFault');
  const routing = names.routing === undefined ? undefined : tree.child(element, names.routing, 'RoutingStatus');
  return {
    originalMessageId: textAt(place, 'OriginalMessageId') ?? '',
    category: textAt(place, 'StatusCategory') ?? '',
    ...optional('details', textAt(place, 'StatusDetails')),
    ...optional('routing', routing === undefined ? undefined : readRoutingStatus(tree, routing)),
    ...optional('fault', smevFault === undefined ? undefined : readAsyncFault({ ...place, element: smevFault })),
  };
}

function readAsyncFault({ tree, element, names }: Place): AsyncFault {
  const type = tree.attribute(element, 'type', XSI_NAMESPACE);
  const own = tree.children(element).filter((child) => tree.namespaceOf(child) === names.faults);
  const errors = own.filter((child) => tree.localNameOf(child) === 'ValidationError');
  const extra = own.filter((child) => !errors.includes(child));
  return {
    ...optional('name', type === undefined ? undefined : collapse(type).replace(/^.*:/, '')),
    ...optional('code', textOf(tree, element, names.basic, 'Code')),
    ...optional('description', textOf(tree, element, names.basic, 'Description')),
    violations: errors.map((child) => readViolation(tree, child)),
    extra: Object.fromEntries(extra.map((child) => [tree.localNameOf(child), tree.textOf(child) ?? ''])),
  };
}

/** A ValidationError; errorPosition is a line, or -1. */
export function readViolation(tree: XmlTree, error: XmlElement): Violation {
  const line = Number(tree.attribute(error, 'errorPosition') ?? -1);
  return { ...optional('line', line > 0 ? line : undefined), text: tree.textOf(error) ?? '' };
}
