import { type Fault, fault } from '../faults/index.js';
import type { Operation, Version } from '../message/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import { GRAMMARS } from './grammar-types.js';
import { judge } from './judge.js';
import { collapse, moscow, type OffsetAt, readBase64, readDateTime } from './lexical.js';
import { readResponse } from './response.js';
import type {
  AckTarget,
  ArchiveFile,
  AttachmentHeader,
  Delivered,
  RefAttachmentHeader,
  RequestData,
  Selector,
  SignedData,
  SignedTimestamp,
} from './signed.js';
import { NAMESPACES, type Namespaces } from './versions.js';

/** What the signed element of each operation says. */
export interface SignedBy {
  readonly SendRequest: RequestData;
  readonly SendResponse: Extract<SignedData, { to: string }>;
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

/** An element already judged valid, so that what the schema requires is there. */
export interface Place {
  readonly tree: XmlTree;
  readonly element: XmlElement;
  readonly names: Namespaces;
  readonly offsetAt: OffsetAt;
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

/** MessagePrimaryContent and what follows it in requests and responses alike. */
export function readDelivered({ tree, element, names }: Place): Delivered {
  const primary = tree.child(element, names.basic, 'MessagePrimaryContent')!;
  const content = tree.children(primary)[0]!;
  const list = (local: string) => {
    const found = tree.child(element, names.basic, local);
    return found === undefined ? [] : tree.children(found);
  };
  return {
    content,
    contentName: { namespace: tree.namespaceOf(content), local: tree.localNameOf(content) },
    ...optional('personalSignature', tree.child(element, names.types, 'PersonalSignature')),
    attachmentHeaders: list('AttachmentHeaderList').map((header) => readHeader(tree, header, names.basic)),
    refAttachmentHeaders: list('RefAttachmentHeaderList').map((header) => readRefHeader(tree, header, names.basic)),
  };
}

function readHeader(tree: XmlTree, header: XmlElement, basic: string): AttachmentHeader {
  return { contentId: textOf(tree, header, basic, 'contentId') ?? '', ...readHeaderTail(tree, header, basic) };
}

function readRefHeader(tree: XmlTree, header: XmlElement, basic: string): RefAttachmentHeader {
  return {
    uuid: textOf(tree, header, basic, 'uuid') ?? '',
    hash: textOf(tree, header, basic, 'Hash') ?? '',
    ...optional('fileName', textOf(tree, header, basic, 'FileName')),
    ...readHeaderTail(tree, header, basic),
  };
}

function readHeaderTail(tree: XmlTree, header: XmlElement, basic: string): Omit<AttachmentHeader, 'contentId'> {
  const pkcs7 = textOf(tree, header, basic, 'SignaturePKCS7');
  const archive = tree.child(header, basic, 'Archive');
  const readFile = (file: XmlElement): ArchiveFile => ({
    name: textOf(tree, file, basic, 'Name') ?? '',
    namespaceUri: textOf(tree, file, basic, 'NamespaceUri') ?? '',
  });
  return {
    mimeType: textOf(tree, header, basic, 'MimeType') ?? '',
    ...optional('namespaceUri', textOf(tree, header, basic, 'NamespaceUri')),
    ...optional('pkcs7', pkcs7 === undefined ? undefined : readBase64(pkcs7)),
    ...optional('archive', archive === undefined ? undefined : tree.children(archive).map(readFile)),
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

export function idOf({ tree, element }: Place): string | undefined {
  const id = tree.attribute(element, 'Id');
  return id === undefined ? undefined : collapse(id);
}

/** Text of a child in the types namespace. */
export function textAt({ tree, element, names }: Place, local: string): string | undefined {
  return textOf(tree, element, names.types, local);
}

export function textOf(tree: XmlTree, element: XmlElement, namespace: string, local: string): string | undefined {
  const child = tree.child(element, namespace, local);
  return child === undefined ? undefined : tree.textOf(child);
}

/** `{name: value}`, or nothing when there is no value: absent is absent, never undefined. */
export function optional<K extends string, V>(name: K, value: V | undefined): { [N in K]?: V } {
  // One computed key of type K is exactly this shape; TypeScript widens it to string.
  return value === undefined ? {} : ({ [name]: value } as { [N in K]?: V });
}
