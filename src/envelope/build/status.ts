import type { Fault } from '../../faults/index.js';
import type { Version } from '../../message/index.js';
import type { RoutingStatus } from '../routing.js';
import type { AsyncFault } from '../signed.js';
import { statusIn } from '../versions.js';
import { smevFaultElement } from './fault.js';
import { attributeText, legible, textElement } from './markup.js';
import { typesElement } from './operation.js';
import { routingStatusElement } from './routing.js';

/** AsyncProcessingStatus, the gateway's own word on a message it took: through GetStatus or inside a response. */
export interface StatusText {
  readonly originalMessageId: string;
  /** As 1.3 spells it. */
  readonly category: string;
  readonly details?: string;
  /** What came of rout:Routing; 1.1 and 1.2 have no place for it, so `details` says it in words. */
  readonly routing?: RoutingStatus;
  /** One of ours, or one as it was read. */
  readonly fault?: Fault | AsyncFault;
  /** Code of a fault of ours: where in the gateway it arose. */
  readonly code?: string;
}

/** The element itself, for SenderProvidedResponseData. */
export function asyncStatus(version: Version, status: StatusText): string {
  const content = [
    textElement('ns2:OriginalMessageId', status.originalMessageId),
    textElement('ns2:StatusCategory', statusIn(version, status.category)),
    textElement('ns2:StatusDetails', clip(status.details && legible(status.details), 500)),
    status.routing === undefined || version !== '1.3' ? '' : routingStatusElement(status.routing),
    status.fault === undefined ? '' : smevFaultElement(status.fault, version, status.code ?? 'gateway'),
  ];
  return typesElement(version, 'AsyncProcessingStatus', content.join(''));
}

/** AsyncProcessingStatusData with the Id the gateway signs it under, for GetStatus. */
export function asyncStatusData(version: Version, status: StatusText, id: string): string {
  return typesElement(version, 'AsyncProcessingStatusData', asyncStatus(version, status), attributeText('Id', id));
}

/** By code points, so that no character is cut in two. */
function clip(text: string | undefined, length: number): string | undefined {
  return text === undefined || text.length <= length ? text : [...text].slice(0, length).join('');
}
