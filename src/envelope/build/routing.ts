import type { RoutingInstructions, RoutingStatus, RoutingValues, ValueStatuses } from '../routing.js';
import { NAMESPACES } from '../versions.js';
import { attributeText, legible, textElement, wrapped } from './markup.js';

/** Absent values are none. */
export interface RoutingToSend extends Partial<RoutingValues> {
  readonly records?: readonly (Partial<RoutingValues> & { readonly recordId: number; readonly useGeneral?: boolean })[];
}

/** rout:RoutingInformation with the Id it is signed under. */
export function routingInformation(messageId: RoutingInstructions['messageId'], routing: RoutingToSend, id: string) {
  const records = routing.records?.map((record) =>
    wrapped(
      'rout:RegistryRecordRouting',
      textElement('rout:RecordId', record.recordId) +
        textElement('rout:UseGeneralRouting', String(record.useGeneral ?? false)) +
        values(record),
    ),
  );
  return element(
    'RoutingInformation',
    textElement('rout:MessageID', messageId) + values(routing) + wrapped('rout:RegistryRouting', records?.join('')),
    attributeText('Id', id),
  );
}

/** rout:Routing: the instructions as they were signed, and the ds:Signature over them. */
export function routingElement(information: string, signature: string): string {
  return element('Routing', information + wrapped('rout:RoutingSignature', signature));
}

/** rout:RoutingStatus. */
export function routingStatusElement(status: RoutingStatus): string {
  const records = status.records.map((record) =>
    wrapped(
      'rout:RegistryRoutingStatus',
      textElement('rout:RecordId', record.recordId) +
        textElement('rout:RoutingStatusCode', record.code) +
        statuses(record),
    ),
  );
  return element('RoutingStatus', statuses(status) + records.join(''));
}

function values({ dynamic = [], identifiers = [] }: Partial<RoutingValues>): string {
  const list = (name: string, local: string, texts: readonly string[]) =>
    texts.length === 0 ? '' : wrapped(name, texts.map((text) => textElement(local, text)).join(''));
  return (
    list('rout:DynamicRouting', 'rout:DynamicValue', dynamic) +
    list('rout:IdentifierRouting', 'rout:IdentifierValue', identifiers)
  );
}

function statuses({ dynamic, identifiers }: ValueStatuses): string {
  const list = (name: string, local: string, items: ValueStatuses['dynamic']) =>
    items.map(({ value, code }) =>
      wrapped(name, textElement(local, legible(value)) + textElement('rout:RoutingStatusCode', code)),
    );
  return [
    ...list('rout:DynamicRoutingStatus', 'rout:DynamicValue', dynamic),
    ...list('rout:IdentifierRoutingStatus', 'rout:IdentifierValue', identifiers),
  ].join('');
}

function element(local: string, content: string, attributes = ''): string {
  return `<rout:${local} xmlns:rout="${NAMESPACES['1.3'].routing}"${attributes}>${content}</rout:${local}>`;
}
