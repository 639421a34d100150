import { type Fault, fault } from '../faults/index.js';
import type { Operation, Version } from '../message/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import { readDelivered } from './delivered.js';
import { idOf, optional, type Place, textAt, textOf } from './place.js';
import { readAsyncStatus, readResponse } from './response.js';
import { GRAMMARS } from './schema/grammar-types.js';
import { judge } from './schema/judge.js';
import { collapse, moscow, type OffsetAt, readDateTime } from './schema/lexical.js';
import type { AckTarget, AsyncStatus, RequestData, ResponseData, Selector, SignedTimestamp } from './signed.js';
import { NAMESPACES } from './versions.js';

/** What the signed element of each operation says. */
export interface SignedBy {
  readonly SendRequest: RequestData;
  readonly SendResponse: ResponseData;
  readonly GetRequest: Selector;
  readonly GetResponse: Selector;
  readonly GetStatus: SignedTimestamp;
  readonly Ack: AckTarget;
  readonly GetIncomingQueueStatistics: SignedTimestamp;
}

/**
 * Judges the signed element as the version's schema does and reads it. Every violation is told, positioned in `tree`.
 * Times without a zone are read in the zone of `offsetAt`.
 */
export function readSigned<O extends Operation>(
  tree: XmlTree,
  element: XmlElement,
  version: Version,
  operation: O,
  offsetAt: OffsetAt = moscow,
): SignedBy[O] | Fault {
  const grammar = GRAMMARS[version];
  const violations = judge(tree, element, grammar.signed(operation), grammar);
  if (violations.length > 0) {
    const name = tree.qualifiedNameOf(element);
    return fault(
      'InvalidContent',
      `Элемент ${name} не соответствует схеме СМЭВ ${version}: нарушений ${violations.length}`,
      { violations },
    );
  }
  const place: Place = { tree, element, names: NAMESPACES[version], offsetAt };
  // The reader of an operation returns that operation's type: the table is keyed by it.
  return READERS[operation](place) as SignedBy[O];
}

/** Reads the AsyncProcessingStatus of a GetStatus answer, judged by the same schema. */
export function readAsyncProcessingStatus(tree: XmlTree, element: XmlElement, version: Version): AsyncStatus | Fault {
  const grammar = GRAMMARS[version];
  const names = NAMESPACES[version];
  const type = grammar.elements.get(`{${names.types}}AsyncProcessingStatus`) ?? 'opaque';
  const violations = judge(tree, element, type, grammar);
  if (violations.length === 0) return readAsyncStatus({ tree, element, names, offsetAt: moscow });
  return fault('InvalidContent', `AsyncProcessingStatus не соответствует схеме СМЭВ ${version}`, { violations });
}

const READERS: { readonly [O in Operation]: (place: Place) => SignedBy[O] } = {
  SendRequest: readRequest,
  SendResponse: readResponse,
  GetRequest: readSelector,
  GetResponse: readSelector,
  GetStatus: readTimestamp,
  Ack: readAck,
  GetIncomingQueueStatistics: readTimestamp,
};

function readRequest(place: Place): RequestData {
  const { tree, element, names } = place;
  const eol = textAt(place, 'EOL');
  const metadata = tree.child(element, names.types, 'BusinessProcessMetadata');
  return {
    kind: 'request',
    ...optional('id', idOf(place)),
    messageId: textAt(place, 'MessageID') ?? '',
    ...optional('referenceMessageId', textAt(place, 'ReferenceMessageID')),
    ...optional('transactionCode', textAt(place, 'TransactionCode')),
    ...optional('nodeId', textAt(place, 'NodeID')),
    ...optional('eol', eol === undefined ? undefined : readDateTime(eol, place.offsetAt)),
    ...readDelivered(place),
    ...optional('businessProcessMetadata', metadata),
    test: tree.child(element, names.types, 'TestMessage') !== undefined,
  };
}

function readSelector(place: Place): Selector {
  const { tree, element, names } = place;
  const namespace = textOf(tree, element, names.basic, 'NamespaceURI');
  const local = textOf(tree, element, names.basic, 'RootElementLocalName');
  const timestamp = textOf(tree, element, names.basic, 'Timestamp') ?? '';
  return {
    kind: 'selector',
    ...optional('id', idOf(place)),
    ...(namespace === undefined || local === undefined
      ? {}
      : { type: { namespace: collapse(namespace), local: collapse(local) } }),
    timestamp: readDateTime(timestamp, place.offsetAt) ?? Number.NaN,
    ...optional('nodeId', textOf(tree, element, names.basic, 'NodeID')),
  };
}

function readAck(place: Place): AckTarget {
  const { tree, element } = place;
  const accepted = collapse(tree.attribute(element, 'accepted') ?? 'true');
  return {
    kind: 'ack',
    id: idOf(place) ?? '',
    messageId: tree.textOf(element) ?? '',
    accepted: accepted === 'true' || accepted === '1',
  };
}

function readTimestamp(place: Place): SignedTimestamp {
  return {
    kind: 'timestamp',
    ...optional('id', idOf(place)),
    timestamp: readDateTime(place.tree.textOf(place.element) ?? '', place.offsetAt) ?? Number.NaN,
  };
}
