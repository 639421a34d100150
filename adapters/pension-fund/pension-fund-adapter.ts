import { nameOf } from '../../src/message/index.js';
import type { PartnerAdapter } from '../../src/ports/index.js';
import { asked, delivered, type Node, partnerClient, readXml } from '../kit/index.js';
import { isFundAnswer } from './answer-shape.js';
import { answerToXml } from './answer-to-xml.js';
import { FORMATS } from './namespaces.js';
import {
  byDataFromXml,
  byParticularsFromXml,
  experienceFromXml,
  paymentsFromXml,
  validationFromXml,
} from './question-from-xml.js';

export interface PensionFundOptions {
  /** Of the fund, without a slash at the end: `http://host:port`. */
  readonly url: string;
  /** Mnemonic of the partner served. */
  readonly partner: string;
  /** Instead of the built-in one. */
  readonly fetch?: typeof fetch;
  /** Patience with one call, ms; 30 000 when absent. */
  readonly timeout?: number;
}

/** Where one kind of request goes, and how it is read. */
interface Carried {
  readonly path: string;
  readonly about: (request: Node) => object;
}

const CARRIED: ReadonlyMap<string, Carried> = new Map([
  [request(FORMATS.byData, 'SnilsByDataRequest'), { path: '/accounts/by-data', about: byDataFromXml }],
  [
    request(FORMATS.byParticulars, 'SnilsByAdditionalDataRequest'),
    { path: '/accounts/by-particulars', about: byParticularsFromXml },
  ],
  [request(FORMATS.validation, 'SnilsValidationRequest'), { path: '/accounts/check', about: validationFromXml }],
  [request(FORMATS.experience, 'WorkExperienceRequest'), { path: '/experience', about: experienceFromXml }],
  [request(FORMATS.payments, 'BapForPeriodRequest'), { path: '/payments', about: paymentsFromXml }],
]);

/** Serves snils-by-data 1.1.2, snils-by-additionalData 1.0.1, snils-validation 1.0.1, work-experience 1.0.4, bap-for-period 1.0.1. */
export function pensionFundAdapter({ url, partner, fetch, timeout }: PensionFundOptions): PartnerAdapter {
  const fund = partnerClient({ url, name: 'фонд', isAnswer: isFundAnswer, fetch, timeout });
  return {
    partner,
    async deliver({ messageId, format, content, test }, signal) {
      const carried = CARRIED.get(nameOf(format));
      if (!carried) {
        const description = `Вид сведений ${nameOf(format)} фондом не обслуживается`;
        return { kind: 'rejected', code: 'UNKNOWN_REQUEST_DESCRIPTION', description };
      }
      // The messageId is the idempotency key; the format comes back with the answer when the message is asked about.
      const body = { messageId, format: format.namespace, test, about: carried.about(readXml(content)) };
      return delivered(await fund.post(carried.path, body, signal), answerToXml);
    },
    async ask(messageId, signal) {
      return asked(await fund.message(messageId, signal), answerToXml);
    },
  };
}

function request(namespace: string, local: string): string {
  return nameOf({ namespace, local });
}
