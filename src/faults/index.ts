/**
 * The fault table: every refusal the gateway can give, as data.
 * May import: message. Start at FAULTS; `fault()` makes one; exits (SOAP, retry, CLI) read the table and nothing else does.
 */
import type { Operation, Violation } from '../message/index.js';

/** SignatureVerificationFault's own enumeration (types/faults). */
export type SignatureFaultDetail =
  | 'PoorSOAPEnvelopeFormat'
  | 'NoSignatureFound'
  | 'IncorrectSignatureTarget'
  | 'SignatureIsInvalid'
  | 'CertificateIsNotFound'
  | 'CertificateIsExpired';

interface FaultRow {
  /** Number in `SMEV-NNN`; those in `known` are seen in real messages, the others are ours. */
  readonly number: number;
  readonly known: boolean;
  readonly erred: 'sender' | 'receiver' | 'gateway';
  /** Whether the same message may be sent again, and when. */
  readonly retry: 'no' | 'later' | 'new-id';
  /** Exit code of the command line (interface.md): 1 the thing asked about is bad, 3 the gateway cannot serve. */
  readonly exit: 1 | 3;
  readonly raisedBy: readonly Operation[];
  /** What it means, for docs/faults.md: Russian, English. */
  readonly ru: string;
  readonly en: string;
}

const SENDS = ['SendRequest', 'SendResponse'] as const;
const POLLS = ['GetRequest', 'GetResponse', 'GetStatus'] as const;
const ALL = [...SENDS, ...POLLS, 'Ack', 'GetIncomingQueueStatistics'] as const;

/** Names as in types/faults of the standard; one row a code. */
export const FAULTS = {
  InvalidContent: {
    number: 403,
    known: true,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ALL,
    ru: 'Сообщение не читается или не соответствует схеме; каждое нарушение названо отдельно',
    en: 'The message cannot be read or breaks a schema; every violation is named',
  },
  SignatureVerificationFault: {
    number: 100,
    known: true,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ALL,
    ru: 'Подпись ЭП-ОВ не прошла проверку',
    en: 'The signature of the caller does not verify',
  },
  SenderIsNotRegistered: {
    number: 101,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ALL,
    ru: 'Сертификат не принадлежит ни одному зарегистрированному участнику',
    en: 'The certificate belongs to no registered participant',
  },
  AttachmentContentMiscoordination: {
    number: 201,
    known: true,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Заголовки вложений и их содержимое не составляют пар',
    en: 'Attachment headers and contents do not pair',
  },
  AttachmentSizeLimitExceeded: {
    number: 202,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Вложения больше допустимого',
    en: 'The attachments are larger than permitted',
  },
  QuoteLimitExceeded: {
    number: 203,
    known: false,
    erred: 'sender',
    retry: 'later',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Исчерпана квота участника на вложения',
    en: 'The quota of attachments is used up',
  },
  InvalidMessageIdFormat: {
    number: 300,
    known: true,
    erred: 'sender',
    retry: 'new-id',
    exit: 1,
    raisedBy: SENDS,
    ru: 'MessageID не является UUID версии 1 (RFC 4122)',
    en: 'MessageID is not a version 1 UUID (RFC 4122)',
  },
  MessageIsAlreadySent: {
    number: 301,
    known: true,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Сообщение с таким MessageID уже принято',
    en: 'A message with this MessageID was accepted before',
  },
  StaleMessageId: {
    number: 302,
    known: false,
    erred: 'sender',
    retry: 'new-id',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Время внутри MessageID слишком далеко от часов шлюза',
    en: 'The time inside the MessageID is too far from the clock of the gateway',
  },
  EndOfLifeReached: {
    number: 303,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['SendRequest'],
    ru: 'Срок жизни сообщения (EOL) истёк',
    en: 'The life of the message (EOL) is over',
  },
  TransactionCodeInvalid: {
    number: 304,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['SendRequest'],
    ru: 'Код транзакции неверен',
    en: 'The transaction code is not valid',
  },
  BusinessDataTypeIsNotSupported: {
    number: 401,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Вид сведений не зарегистрирован или выведен из действия',
    en: 'The format is not registered, or retired',
  },
  IncorrectResponseContentType: {
    number: 402,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['SendResponse'],
    ru: 'Содержимое не является ответом на этот запрос',
    en: 'The content is not an answer of this format',
  },
  AccessDenied: {
    number: 404,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['SendRequest'],
    ru: 'Участнику не предоставлено право на этот вид сведений',
    en: 'The participant has no right to this format',
  },
  PersonalAccessDenied: {
    number: 405,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['SendRequest'],
    ru: 'Владельцу личного сертификата не предоставлено право',
    en: 'The holder of the personal certificate has no right',
  },
  RecipientIsNotFound: {
    number: 406,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: SENDS,
    ru: 'Получатель не найден',
    en: 'The recipient is not found',
  },
  UnknownMessageType: {
    number: 500,
    known: false,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['GetRequest', 'GetResponse', 'GetStatus'],
    ru: 'Очередь запрошенного вида сообщений участнику не принадлежит',
    en: 'The caller has no queue of this type',
  },
  TargetMessageIsNotFound: {
    number: 501,
    known: true,
    erred: 'sender',
    retry: 'no',
    exit: 1,
    raisedBy: ['Ack'],
    ru: 'Сообщение не найдено среди неподтверждённых',
    en: 'The message is not among the unacknowledged ones',
  },
  DestinationOverflow: {
    number: 600,
    known: true,
    erred: 'receiver',
    retry: 'later',
    exit: 3,
    raisedBy: SENDS,
    ru: 'Очередь получателя переполнена',
    en: 'The queue of the recipient is full',
  },
  SMEVFailure: {
    number: 900,
    known: false,
    erred: 'gateway',
    retry: 'later',
    exit: 3,
    raisedBy: ALL,
    ru: 'Внутренний сбой шлюза; отправляйте сообщение повторно с тем же MessageID',
    en: 'The gateway failed inside; send the message again under the same MessageID',
  },
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof FAULTS;

/** An expected failure, returned as a value. `description` is for the caller, `operator` for us: never mix them. */
export interface Fault {
  readonly fault: FaultCode;
  /** Russian text for the caller: what is wrong, where, what to do; never another person's data. */
  readonly description: string;
  /** Details for the log and the journal's hidden part only. */
  readonly operator?: string;
  readonly signature?: SignatureFaultDetail;
  /** InvalidContent: every violation, not only the first. */
  readonly violations?: readonly Violation[];
  /** Extra elements the standard defines for this fault, in schema order, name → value. */
  readonly extra?: Readonly<Record<string, string | number>>;
}

export function fault(code: FaultCode, description: string, more: Omit<Fault, 'fault' | 'description'> = {}): Fault {
  return { fault: code, description, ...more };
}

export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'fault' in value && 'description' in value;
}

/** `SMEV-NNN:<text>`, the form of Description on the wire. */
export function describe(f: Fault): string {
  return `SMEV-${FAULTS[f.fault].number}:${f.description}`;
}

/** Fixed outward text of an internal failure: everything else goes to the log. */
export function smevFailure(operator: string): Fault {
  return fault('SMEVFailure', 'Внутренняя ошибка. Отправьте сообщение повторно с тем же MessageID.', { operator });
}
