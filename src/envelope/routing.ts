import type { XmlElement, XmlTree } from '../xml/index.js';
import { collapse } from './schema/lexical.js';
import { NAMESPACES } from './versions.js';

/** RoutingStatusCodeType: what came of one instruction (types/routing/1.3). */
export const ROUTING_CODES = [
  'success',
  'recipientNotFound',
  'invalidRegistryRecordId',
  'certificateInvalid',
  'signatureInvalid',
  'generalRoutingNotFound',
  'personalAccessDenied',
] as const;
export type RoutingCode = (typeof ROUTING_CODES)[number];

/** Values to seek recipients by: DynamicValue and IdentifierValue, exactly as they stand. */
export interface RoutingValues {
  readonly dynamic: readonly string[];
  readonly identifiers: readonly string[];
}

/** RegistryRecordRouting. */
export interface RecordRouting extends RoutingValues {
  readonly recordId: number;
  /** The general values of the message hold for this record, too. */
  readonly useGeneral: boolean;
}

/** RoutingInformation; its own values are the general ones. */
export interface RoutingInstructions extends RoutingValues {
  readonly messageId: string;
  /** RegistryRouting; absent where the message as a whole is routed. */
  readonly records?: readonly RecordRouting[];
}

/** rout:Routing as read: nothing of it holds before the signature in `signatureBlock` over `information` verified. */
export interface Routing extends RoutingInstructions {
  readonly information: XmlElement;
  readonly signatureBlock: XmlElement;
}

export interface ValueStatus {
  readonly value: string;
  readonly code: RoutingCode;
}

/** What came of each value. */
export interface ValueStatuses {
  readonly dynamic: readonly ValueStatus[];
  readonly identifiers: readonly ValueStatus[];
}

export interface RecordStatus extends ValueStatuses {
  readonly recordId: number;
  readonly code: RoutingCode;
}

/** RoutingStatus: the general values, then the records. */
export interface RoutingStatus extends ValueStatuses {
  readonly records: readonly RecordStatus[];
}

const ROUTING = NAMESPACES['1.3'].routing!;
const DIRECTIVE = NAMESPACES['1.3'].directive!;

/** Reads a rout:Routing that the envelope's judgement found valid. */
export function readRouting(tree: XmlTree, routing: XmlElement): Routing {
  const at = reader(tree, ROUTING);
  const information = at.child(routing, 'RoutingInformation')!;
  const registry = at.child(information, 'RegistryRouting');
  return {
    information,
    signatureBlock: at.child(routing, 'RoutingSignature')!,
    messageId: at.text(information, 'MessageID'),
    ...at.values(information),
    ...(registry === undefined
      ? {}
      : {
          records: at.children(registry, 'RegistryRecordRouting').map((record) => ({
            recordId: Number(at.text(record, 'RecordId')),
            useGeneral: ['true', '1'].includes(collapse(at.text(record, 'UseGeneralRouting'))),
            ...at.values(record),
          })),
        }),
  };
}

/** Reads a rout:RoutingStatus already judged valid. */
export function readRoutingStatus(tree: XmlTree, status: XmlElement): RoutingStatus {
  const at = reader(tree, ROUTING);
  return {
    ...at.statuses(status),
    records: at.children(status, 'RegistryRoutingStatus').map((record) => ({
      recordId: Number(at.text(record, 'RecordId')),
      code: at.code(record),
      ...at.statuses(record),
    })),
  };
}

/** One direct:RegistryRecord: `record` is what RecordSignature signs, `content` what each PersonalSignature does. */
export interface RegistryRecord {
  readonly recordId: number;
  readonly record: XmlElement;
  readonly content: XmlElement;
  readonly signatureBlock?: XmlElement;
  readonly personalSignatures: readonly XmlElement[];
}

/**
 * The records of the one direct:Registry that is the content or a child of it. No schema of ours has judged what stands
 * there, the format's own has: what is not a whole record is passed over.
 */
export function readRegistry(tree: XmlTree, content: XmlElement): readonly RegistryRecord[] {
  const at = reader(tree, DIRECTIVE);
  const registry = at.is(content, 'Registry') ? content : at.child(content, 'Registry');
  if (registry === undefined) return [];
  return at.children(registry, 'RegistryRecord').flatMap((entry) => {
    const id = collapse(at.text(entry, 'RecordId'));
    const record = at.child(entry, 'Record');
    const inside = record && at.child(record, 'RecordContent');
    const signatureBlock = at.child(entry, 'RecordSignature');
    if (!/^[+-]?\d+$/.test(id) || record === undefined || inside === undefined) return [];
    return {
      recordId: Number(id),
      record,
      content: inside,
      personalSignatures: at.children(record, 'PersonalSignature'),
      ...(signatureBlock === undefined ? {} : { signatureBlock }),
    };
  });
}

function reader(tree: XmlTree, namespace: string) {
  const is = (element: XmlElement, local: string) =>
    tree.localNameOf(element) === local && tree.namespaceOf(element) === namespace;
  const child = (element: XmlElement, local: string) => tree.child(element, namespace, local);
  const children = (element: XmlElement, local: string) => tree.children(element).filter((c) => is(c, local));
  const text = (element: XmlElement, local: string) => {
    const found = child(element, local);
    return (found === undefined ? undefined : tree.textOf(found)) ?? '';
  };
  const texts = (element: XmlElement, list: string, local: string) => {
    const found = child(element, list);
    return found === undefined ? [] : children(found, local).map((c) => tree.textOf(c) ?? '');
  };
  // The enumeration is judged.
  const code = (element: XmlElement) => text(element, 'RoutingStatusCode') as RoutingCode;
  const status = (element: XmlElement, list: string, value: string): ValueStatus[] =>
    children(element, list).map((c) => ({ value: text(c, value), code: code(c) }));
  return {
    is,
    child,
    children,
    text,
    code,
    values: (element: XmlElement): RoutingValues => ({
      dynamic: texts(element, 'DynamicRouting', 'DynamicValue'),
      identifiers: texts(element, 'IdentifierRouting', 'IdentifierValue'),
    }),
    statuses: (element: XmlElement): ValueStatuses => ({
      dynamic: status(element, 'DynamicRoutingStatus', 'DynamicValue'),
      identifiers: status(element, 'IdentifierRoutingStatus', 'IdentifierValue'),
    }),
  };
}
