import { NAMESPACES } from '../versions.js';
import { BOOLEAN, type ComplexType, complex, elementsOf, INT, type SimpleType, type Type, WITH_ID } from './grammar.js';
import type { BasicTypes } from './grammar-basic.js';

const ROUTING_CODES = [
  'success',
  'recipientNotFound',
  'invalidRegistryRecordId',
  'certificateInvalid',
  'signatureInvalid',
  'generalRoutingNotFound',
  'personalAccessDenied',
];

/** Global elements of types/routing/1.3 by local name. */
export function routingElements(basic: BasicTypes): Readonly<Record<string, ComplexType>> {
  const namespace = NAMESPACES['1.3'].routing ?? '';
  const element = elementsOf(namespace);
  const value: SimpleType = { kind: 'simple', base: 'string', name: `{${namespace}}Value`, maxLength: 500 };
  const code: SimpleType = {
    kind: 'simple',
    base: 'string',
    name: `{${namespace}}RoutingStatusCodeType`,
    values: ROUTING_CODES,
  };
  const dynamic = complex([element('DynamicValue', value, 1, 1000)]);
  const identifier = complex([element('IdentifierValue', value, 1, 1000)]);
  const roads = [element('DynamicRouting', dynamic, 0), element('IdentifierRouting', identifier, 0)];
  const record = complex([element('RecordId', INT), element('UseGeneralRouting', BOOLEAN), ...roads]);
  const registry = complex([element('RegistryRecordRouting', record, 1, 1000)]);
  const information = complex(
    [element('MessageID', basic.uuid), ...roads, element('RegistryRouting', registry, 0)],
    WITH_ID,
  );
  const dynamicStatus = complex([element('DynamicValue', value), element('RoutingStatusCode', code)]);
  const identifierStatus = complex([element('IdentifierValue', value), element('RoutingStatusCode', code)]);
  const statuses = [
    element('DynamicRoutingStatus', dynamicStatus, 0, 1000),
    element('IdentifierRoutingStatus', identifierStatus, 0, 1000),
  ];
  const registryStatus = complex([element('RecordId', INT), element('RoutingStatusCode', code), ...statuses]);
  return {
    Routing: complex([element('RoutingInformation', information), element('RoutingSignature', basic.signature)]),
    RoutingInformation: information,
    RegistryRouting: registry,
    RegistryRecordRouting: record,
    DynamicRouting: dynamic,
    IdentifierRouting: identifier,
    RoutingStatus: complex([...statuses, element('RegistryRoutingStatus', registryStatus, 0, 1000)]),
    RegistryRoutingStatus: registryStatus,
    DynamicRoutingStatus: dynamicStatus,
    IdentifierRoutingStatus: identifierStatus,
  };
}

/** Global elements of types/directive/1.3, which stand inside the content of directive formats. */
export function directiveElements(basic: BasicTypes): Readonly<Record<string, Type>> {
  const namespace = NAMESPACES['1.3'].directive ?? '';
  const element = elementsOf(namespace);
  const basicElement = elementsOf(basic.namespace);
  const content = complex([basic.any({ other: namespace })], WITH_ID);
  const record = complex(
    [
      element('RecordContent', content),
      basicElement('AttachmentHeaderList', basic.attachmentHeaders, 0),
      basicElement('RefAttachmentHeaderList', basic.refAttachmentHeaders, 0),
      element('PersonalSignature', basic.signature, 0, 10),
    ],
    WITH_ID,
  );
  const registryRecord = complex([
    element('RecordId', INT),
    element('Record', record),
    element('RecordSignature', basic.signature, 0),
  ]);
  return {
    Registry: complex([element('RegistryRecord', registryRecord, 1, 1000)]),
    RegistryRecord: registryRecord,
    Record: record,
    RecordContent: content,
  };
}
