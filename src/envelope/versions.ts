import { OPERATIONS, type Operation, VERSIONS, type Version } from '../message/index.js';

const BASE = 'urn://x-artefacts-smev-gov-ru/services/message-exchange';

export const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
export const XOP_NAMESPACE = 'http://www.w3.org/2004/08/xop/include';
export const DSIG_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';

/** Target namespaces of one version of the message-exchange schemas. */
export interface Namespaces {
  readonly service: string;
  readonly types: string;
  readonly basic: string;
  readonly faults: string;
  /** 1.3 only. */
  readonly routing?: string;
  /** 1.3 only. */
  readonly directive?: string;
}

function namespacesOf(version: Version): Namespaces {
  const common = {
    service: `${BASE}/${version}`,
    types: `${BASE}/types/${version}`,
    basic: `${BASE}/types/basic/${version}`,
    faults: `${BASE}/types/faults/${version}`,
  };
  if (version !== '1.3') return common;
  return { ...common, routing: `${BASE}/types/routing/1.3`, directive: `${BASE}/types/directive/1.3` };
}

/** Namespaces by version. */
export const NAMESPACES: Readonly<Record<Version, Namespaces>> = {
  '1.1': namespacesOf('1.1'),
  '1.2': namespacesOf('1.2'),
  '1.3': namespacesOf('1.3'),
};

/** Operations of the version's WSDL: GetIncomingQueueStatistics was removed after 1.1. */
export function operationsOf(version: Version): readonly Operation[] {
  return version === '1.1' ? OPERATIONS : OPERATIONS.filter((name) => name !== 'GetIncomingQueueStatistics');
}

/** Local name of the wrapper a caller sends: the body's root element, by which the operation is chosen. */
export function requestWrapper(operation: Operation): string {
  return `${operation}Request`;
}

/** Local name of the wrapper of the answer; Ack's is `AckResponse`. */
export function answerWrapper(operation: Operation): string {
  return `${operation}Response`;
}

/** The version whose types namespace this is, to tell a caller which address its document belongs to. */
export function versionOfNamespace(namespace: string): Version | undefined {
  return VERSIONS.find((version) => NAMESPACES[version].types === namespace);
}

/** Path of the version's endpoint. */
export function endpointPath(version: Version): string {
  return `/smev/v${version}/ws`;
}

/** Where the element an operation signs is declared, and its name (facts (c): the sibling the caller's signature covers). */
export const SIGNED: Readonly<Record<Operation, { readonly room: 'types' | 'basic'; readonly local: string }>> = {
  SendRequest: { room: 'types', local: 'SenderProvidedRequestData' },
  SendResponse: { room: 'types', local: 'SenderProvidedResponseData' },
  GetRequest: { room: 'basic', local: 'MessageTypeSelector' },
  GetResponse: { room: 'basic', local: 'MessageTypeSelector' },
  GetStatus: { room: 'basic', local: 'Timestamp' },
  Ack: { room: 'basic', local: 'AckTargetMessage' },
  GetIncomingQueueStatistics: { room: 'basic', local: 'Timestamp' },
};

/** Life-cycle names of 1.2 and 1.3 that 1.1 lacks, and the nearest name it has. */
const STATUS_IN_1_1: Readonly<Record<string, string>> = {
  requestIsProcessed: 'underProcessing',
  responseIsQueued: 'responseIsAcceptedBySmev',
  responseIsRejectedBySmev: 'requestIsRejectedBySmev',
  responseIsProcessed: 'responseIsAcceptedBySmev',
  messageIsArchived: 'responseIsDelivered',
  messageIsDelivered: 'responseIsDelivered',
};

/** A value of InteractionStatusType as the version spells it. */
export function statusIn(version: Version, status: string): string {
  return version === '1.1' ? (STATUS_IN_1_1[status] ?? status) : status;
}
