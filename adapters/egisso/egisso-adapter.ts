import { nameOf } from '../../src/message/index.js';
import type { PartnerAdapter, PartnerDelivery } from '../../src/ports/index.js';
import { asked, type Call, delivered, type PartnerClient, partnerClient, readXml } from '../kit/index.js';
import { isRegistryAnswer } from './answer-shape.js';
import { answerToXml } from './answer-to-xml.js';
import { documentsInFiles } from './documents-in-files.js';
import { FORMATS } from './namespaces.js';
import { packageInAttachments } from './package-in-attachments.js';
import type { RegistryAnswer } from './registry-api.js';
import { statementRequestsFromXml } from './statement-requests-from-xml.js';

export interface EgissoOptions {
  /** Of the registry, without a slash at the end: `http://host:port`. */
  readonly url: string;
  /** Mnemonic of the partner served. */
  readonly partner: string;
  /** Instead of the built-in one. */
  readonly fetch?: typeof fetch;
  /** Patience with one call, ms; 30 000 when absent. */
  readonly timeout?: number;
}

/** How one kind of request is carried to the registry. */
type Carry = (
  delivery: PartnerDelivery,
  registry: PartnerClient<RegistryAnswer>,
  signal: AbortSignal,
) => Promise<Call<RegistryAnswer>>;

const CARRIED: ReadonlyMap<string, Carry> = new Map([
  [nameOf({ namespace: FORMATS.carrier103, local: 'request' }), carryPackage],
  [nameOf({ namespace: FORMATS.carrier104, local: 'request' }), carryPackage],
  [nameOf({ namespace: FORMATS.statements, local: 'requestPackage' }), carryStatements],
]);

/** Serves 10.10.I 1.0.3 and 1.0.4 with a 10.06.S 1.1.0 attachment or file in the store, and 10.13.I 2.0.0. */
export function egissoAdapter(options: EgissoOptions): PartnerAdapter {
  const { url, timeout, fetch } = options;
  const registry = partnerClient({ url, name: 'реестр', isAnswer: isRegistryAnswer, timeout, fetch });
  return {
    partner: options.partner,
    async deliver(delivery, signal) {
      const carry = CARRIED.get(nameOf(delivery.format));
      if (!carry) {
        const description = `Вид сведений ${nameOf(delivery.format)} реестром не обслуживается`;
        return { kind: 'rejected', code: 'UNKNOWN_REQUEST_DESCRIPTION', description };
      }
      return delivered(await carry(delivery, registry, signal), answerToXml);
    },
    async ask(messageId, signal) {
      return asked(await registry.message(messageId, signal), answerToXml);
    },
  };
}

async function carryPackage(
  delivery: PartnerDelivery,
  registry: PartnerClient<RegistryAnswer>,
  signal: AbortSignal,
): Promise<Call<RegistryAnswer>> {
  const documents = await documentsInFiles(delivery.files);
  // No fault of the registry: it is not called again for that, and stays open to others.
  if ('unreadable' in documents) return { kind: 'refused', cause: documents.unreadable };
  const announced = packageInAttachments([...delivery.attachments, ...documents]);
  const body = { ...messageOf(delivery), senderCodes: delivery.senderCodes, ...announced };
  return registry.post('/packages', body, signal);
}

function carryStatements(
  delivery: PartnerDelivery,
  registry: PartnerClient<RegistryAnswer>,
  signal: AbortSignal,
): Promise<Call<RegistryAnswer>> {
  const body = { ...messageOf(delivery), ...statementRequestsFromXml(readXml(delivery.content)) };
  return registry.post('/statements', body, signal);
}

/** The messageId is the idempotency key; the format comes back with the answer when the message is asked about. */
function messageOf({ messageId, format, acceptedAt, findings, test }: PartnerDelivery) {
  return { messageId, format: format.namespace, receivedAt: acceptedAt, findings, test };
}
