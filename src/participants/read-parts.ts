import { words } from './in-words.js';
import { list, oneOf, type Reader, record, text, whole } from './shape.js';
import type {
  AnswerTerm,
  CallPolicy,
  Delegation,
  Participant,
  Quota,
  Right,
  Route,
  RouteMark,
  Subscription,
} from './snapshot.js';

/** Readers of what operators write, in the API and in configuration files. What they mean together is judgeSnapshot's affair. */

export { type Reader, readWhole } from './shape.js';

const NAME = text(500);
const BASIS = text(1_000);
const INSTANT = text(40);
const PEM = text(20_000);

const quota = record<Quota>({}, { messagesPerMinute: whole, attachmentBytesPerDay: whole });
const name = record<Participant['name']>({ ru: NAME, en: NAME });
const term = { from: INSTANT, until: INSTANT };

export const readDelegation = record<Delegation>({ code: NAME, basis: BASIS }, term);
export const readTermAndBasis = record<Omit<Delegation, 'code'>>({ basis: BASIS }, term);
export const readCertificate = record<{ readonly pem: string }>({ pem: PEM });

const delivery = record<CallPolicy>(
  {},
  {
    concurrency: whole,
    perSecond: whole,
    maintenance: list(
      record<NonNullable<CallPolicy['maintenance']>[number]>({ from: NAME, until: NAME }, { days: list(whole) }),
    ),
  },
);

/** Fields of a participant that may be changed one by one: a new field of Participant needs its reader here. */
const described: { readonly [K in keyof Required<Omit<Participant, NotPatched>>]: Reader<unknown> } = {
  name,
  codes: list(NAME),
  nodes: list(NAME),
  quota,
  delivery,
  upgrades: list(NAME),
  mode: oneOf('pull', 'push'),
  contentChecks: oneOf('early', 'smev'),
  capacity: whole,
  answers: oneOf('ecdsa', 'rsa'),
};

type NotPatched = 'mnemonic' | 'certificates' | 'renewed' | 'delegations';

export const readParticipant = withDefaults(
  record<Participant>(
    { mnemonic: NAME, name },
    { ...described, certificates: list(PEM), renewed: list(PEM), delegations: list(readDelegation) },
  ),
);

/** As participants are when nothing else is said: they poll, their content is checked at once. */
function withDefaults(read: Reader<Participant>): Reader<Participant> {
  return (value, place, problems) => {
    const said = read(value, place, problems);
    return said && { ...DEFAULTS, ...said };
  };
}

const DEFAULTS = {
  certificates: [],
  codes: [],
  mode: 'pull',
  contentChecks: 'early',
  capacity: 1000,
  answers: 'ecdsa',
} as const;

/** A change of a participant: `null` takes an optional field away. */
export const readPatch = record<Partial<Participant>>(
  {},
  {
    ...described,
    nodes: orNull(described.nodes),
    quota: orNull(quota),
    delivery: orNull(delivery),
    upgrades: orNull(described.upgrades),
  },
);

function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value, place, problems) => (value === null ? null : read(value, place, problems));
}

export const readRight = record<Right>(
  { participant: NAME, format: NAME },
  {
    ...term,
    operation: oneOf('request', 'broadcast'),
    basis: BASIS,
    purpose: oneOf('required'),
    personal: list(NAME),
  },
);

const readMark: Reader<RouteMark> = (value, place, problems) => {
  const mark = record<{ dynamic?: string; identifier?: string }>({}, { dynamic: NAME, identifier: NAME })(
    value,
    place,
    problems,
  );
  if (mark === undefined || Object.keys(mark).length === 1) return mark as RouteMark | undefined;
  problems.push(words(`${place}: нужно одно из: dynamic, identifier`, `${place}: one of: dynamic, identifier`));
  return undefined;
};

const readAnswerTerm: Reader<AnswerTerm> = (value, place, problems) => {
  const said = record<{ hours?: number; workingDays?: number }>({}, { hours: whole, workingDays: whole })(
    value,
    place,
    problems,
  );
  if (said === undefined || Object.keys(said).length === 1) return said as AnswerTerm | undefined;
  problems.push(words(`${place}: нужно одно из: hours, workingDays`, `${place}: one of: hours, workingDays`));
  return undefined;
};

export const readRoute = record<Route>(
  { format: NAME, recipient: NAME },
  { ...term, by: readMark, basis: BASIS, answerWithin: readAnswerTerm },
);

export const readSubscription = record<Subscription>({ format: NAME, participant: NAME }, { ...term, basis: BASIS });
