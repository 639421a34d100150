import type { Version } from '../../message/index.js';
import { moscow, type OffsetAt, writeDateTime } from '../schema/lexical.js';
import { statusIn } from '../versions.js';
import { attributeText, textElement, wrapped } from './markup.js';
import { typesElement } from './operation.js';

export interface Party {
  readonly mnemonic: string;
  /** HumanReadableName; the mnemonic where the version requires a name and there is none. */
  readonly name?: string;
}

/** MessageMetadata. Times in ms since 1970. */
export interface Metadata {
  readonly id: string;
  readonly messageId: string;
  readonly type: 'REQUEST' | 'BROADCAST' | 'RESPONSE';
  readonly sender: Party;
  readonly sendingTimestamp: number;
  readonly recipient?: Party | undefined;
  readonly deliveryTimestamp?: number | undefined;
  /** As 1.3 spells it: requestIsQueued in send answers, messageIsDelivered in messages handed out. */
  readonly status: string;
  /** 1.1 only: DestinationName, DetectedContentTypeName. */
  readonly destinationName?: string;
  readonly contentTypeName?: string;
}

/** MessageMetadata as text with its own namespace declarations: signed alone in send answers. */
export function messageMetadata(version: Version, metadata: Metadata, offsetAt: OffsetAt = moscow): string {
  const { deliveryTimestamp } = metadata;
  const isFirst = version === '1.1';
  const delivery = deliveryTimestamp === undefined ? undefined : writeDateTime(deliveryTimestamp, offsetAt);
  const supplement =
    textElement('ns2:DetectedContentTypeName', metadata.contentTypeName?.slice(0, 500)) +
    textElement('ns2:InteractionType', 'NotDetected');
  const content = [
    textElement('ns2:MessageId', metadata.messageId),
    textElement('ns2:MessageType', metadata.type),
    wrapped('ns2:Sender', party(version, metadata.sender)),
    textElement('ns2:SendingTimestamp', writeDateTime(metadata.sendingTimestamp, offsetAt)),
    isFirst ? textElement('ns2:DestinationName', (metadata.destinationName ?? 'unknown').slice(0, 500)) : '',
    wrapped('ns2:Recipient', metadata.recipient && party(version, metadata.recipient)),
    isFirst ? wrapped('ns2:SupplementaryData', supplement) : '',
    textElement('ns2:DeliveryTimestamp', delivery),
    textElement('ns2:Status', statusIn(version, metadata.status)),
  ];
  return typesElement(version, 'MessageMetadata', content.join(''), attributeText('Id', metadata.id));
}

/** 1.2 has the mnemonic only; 1.1 and 1.3 require the name beside it. */
function party(version: Version, { mnemonic, name }: Party): string {
  const readable = version === '1.2' ? undefined : (name ?? mnemonic).slice(0, 500);
  return textElement('ns2:Mnemonic', mnemonic) + textElement('ns2:HumanReadableName', readable);
}
