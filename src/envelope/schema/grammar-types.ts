import type { Operation, Version } from '../../message/index.js';
import { NAMESPACES, operationsOf, SIGNED } from '../versions.js';
import {
  type ComplexType,
  complex,
  DATE_TIME,
  type ElementParticle,
  elementsOf,
  type Grammar,
  INT,
  type SimpleType,
  STRING,
  type Type,
  WITH_ID,
} from './grammar.js';
import { type BasicTypes, basicElements, basicTypes } from './grammar-basic.js';
import { faultTypes } from './grammar-faults.js';
import { directiveElements, routingElements } from './grammar-routing.js';

/** What a version's schemas say of the documents callers send. */
export interface CallerGrammar extends Grammar {
  readonly wrappers: ReadonlyMap<Operation, ComplexType>;
  /** Type of the element the operation signs. */
  signed(operation: Operation): Type;
  /** AttachmentContentList with the octets unjudged. */
  readonly attachmentReferences: ComplexType;
}

function grammarOf(version: Version): CallerGrammar {
  const names = NAMESPACES[version];
  const basic = basicTypes(version);
  const elements = new Map<string, Type>();
  const add = (namespace: string | undefined, types: Readonly<Record<string, Type>>) => {
    for (const [local, type] of Object.entries(types)) elements.set(`{${namespace}}${local}`, type);
  };
  const fromBasic = basicElements(basic, version);
  const routing = version === '1.3' ? routingElements(basic) : undefined;
  add(names.basic, fromBasic);
  add(names.types, typesElements(version, basic, fromBasic, routing));
  if (routing !== undefined) {
    add(names.routing, routing);
    add(names.directive, directiveElements(basic));
  }
  const types = faultTypes(version, basic);
  for (const type of [
    basic.uuid,
    basic.status,
    basic.signature,
    basic.empty,
    basic.smevFault,
    STRING,
    DATE_TIME,
    INT,
  ]) {
    types.set(type.name ?? '', type);
  }
  for (const length of [10, 50, 100, 200, 500, 1500, 4000])
    types.set(basic.string(length).name ?? '', basic.string(length));
  const wrappers = new Map(operationsOf(version).map((name) => [name, wrapperOf(name, version, basic, routing)]));
  const signed = (operation: Operation) => {
    const { room, local } = SIGNED[operation];
    return elements.get(`{${names[room]}}${local}`) ?? 'opaque';
  };
  const namespaces = new Set(Object.values(names));
  return { elements, types, namespaces, wrappers, signed, attachmentReferences: basic.attachmentReferences };
}

/** The wrapper without what other stages judge: the signed element, the signature block, the attachments. */
function wrapperOf(
  operation: Operation,
  version: Version,
  basic: BasicTypes,
  routing: Readonly<Record<string, ComplexType>> | undefined,
): ComplexType {
  const names = NAMESPACES[version];
  const element = elementsOf(names.types);
  const { room, local } = SIGNED[operation];
  const content: ElementParticle[] = [elementsOf(names[room])(local, 'opaque')];
  if (operation === 'GetIncomingQueueStatistics') content.unshift(element('NodeID', basic.string(50), 0));
  const isSend = operation === 'SendRequest' || operation === 'SendResponse';
  if (isSend) content.push(elementsOf(names.basic)('AttachmentContentList', 'opaque', 0));
  content.push(element('CallerInformationSystemSignature', 'opaque', 0));
  if (operation === 'SendRequest' && routing !== undefined) {
    content.push(elementsOf(names.routing ?? '')('Routing', routing.Routing ?? 'opaque', 0));
  }
  return complex(content);
}

function typesElements(
  version: Version,
  basic: BasicTypes,
  fromBasic: Readonly<Record<string, Type>>,
  routing: Readonly<Record<string, Type>> | undefined,
): Readonly<Record<string, Type>> {
  const names = NAMESPACES[version];
  const element = elementsOf(names.types);
  const basicElement = (local: string, min = 1) => elementsOf(names.basic)(local, fromBasic[local] ?? 'opaque', min);
  const delivered = [
    basicElement('MessagePrimaryContent'),
    element('PersonalSignature', basic.signature, 0),
    basicElement('AttachmentHeaderList', 0),
    basicElement('RefAttachmentHeaderList', 0),
  ];
  const request = complex(
    [
      element('MessageID', basic.uuid),
      element('ReferenceMessageID', basic.uuid, 0),
      element('TransactionCode', basic.string(1500), 0),
      element('NodeID', basic.string(50), 0),
      element('EOL', DATE_TIME, 0),
      ...delivered,
      element('BusinessProcessMetadata', complex([basic.any({ other: names.types }, 0, Number.POSITIVE_INFINITY)]), 0),
      element('TestMessage', basic.empty, 0),
    ],
    WITH_ID,
  );
  const status = complex([
    element('OriginalMessageId', basic.uuid),
    element('StatusCategory', basic.status),
    element('StatusDetails', basic.string(500), 0),
    ...(routing === undefined
      ? []
      : [elementsOf(names.routing ?? '')('RoutingStatus', routing.RoutingStatus ?? 'opaque', 0)]),
    element('SmevFault', basic.smevFault, 0),
  ]);
  return {
    SenderProvidedRequestData: request,
    SenderProvidedResponseData: responseType(version, basic, delivered, status),
    AsyncProcessingStatus: status,
    AsyncProcessingStatusData: complex([element('AsyncProcessingStatus', status)], WITH_ID),
  };
}

function responseType(
  version: Version,
  basic: BasicTypes,
  delivered: readonly ElementParticle[],
  status: ComplexType,
): ComplexType {
  const { types } = NAMESPACES[version];
  const element = elementsOf(types);
  const rejectCode: SimpleType = {
    kind: 'simple',
    base: 'string',
    name: `{${types}}RejectCode`,
    values: ['ACCESS_DENIED', 'NO_DATA', 'UNKNOWN_REQUEST_DESCRIPTION', 'FAILURE'],
  };
  const rejected = complex([
    element('RejectionReasonCode', rejectCode),
    element('RejectionReasonDescription', basic.string(4000)),
  ]);
  const parameter = complex([element('Key', STRING), element('Value', STRING)]);
  const requestStatus = complex([
    element('StatusCode', INT),
    element('StatusParameter', parameter, 0, Number.POSITIVE_INFINITY),
    element('StatusDescription', basic.string(4000)),
  ]);
  return complex(
    [
      element('MessageID', basic.uuid),
      element('To', basic.string(4000)),
      {
        particle: 'choice',
        branches: [
          delivered,
          [element('RequestRejected', rejected, 1, Number.POSITIVE_INFINITY)],
          [element('RequestStatus', requestStatus)],
          [element('AsyncProcessingStatus', status)],
        ],
      },
    ],
    WITH_ID,
  );
}

/** The grammar of each version, built once. */
export const GRAMMARS: Readonly<Record<Version, CallerGrammar>> = {
  '1.1': grammarOf('1.1'),
  '1.2': grammarOf('1.2'),
  '1.3': grammarOf('1.3'),
};
