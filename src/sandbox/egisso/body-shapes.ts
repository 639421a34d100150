import type { PackageElement } from './api.js';
import { flag, mismatch, type Shape, text } from './shapes.js';

const person: Shape = {
  fields: {
    snils: text,
    familyName: text,
    firstName: text,
    'patronymic?': text,
    gender: text,
    birthDate: text,
  },
};

const assignment: Shape = {
  fields: {
    form: text,
    amount: text,
    'measuryCode?': text,
    'okeiCode?': text,
    'equivalentAmount?': text,
    'monetization?': flag,
    'content?': text,
    'comment?': text,
  },
};

const fact: Shape = {
  fields: {
    oszCode: text,
    receiver: person,
    reasonPersons: [{ fields: { person, 'kinshipTypeCode?': text } }],
    lmszId: text,
    'lmszProviderCode?': text,
    categoryId: text,
    decisionDate: text,
    dateStart: text,
    'dateFinish?': text,
    criteria: { fields: { used: flag, codes: [text] } },
    assignment,
  },
};

const modification = { uuid: text, factUuid: text, 'providerCode?': text };
const termination: Shape = { fields: { ...modification, dateFinish: text, 'amount?': text, 'quantity?': text } };

const ELEMENTS: Readonly<Record<PackageElement['kind'], Shape>> = {
  fact: { fields: { uuid: text, fact } },
  alterationBasedOnRecalculation: { fields: { ...modification, amount: text } },
  alterationBasedOnDeathOrMovingRecalculation: { fields: { ...modification, amount: text, dateFinish: text } },
  alterationBasedOnPreviousErrors: { fields: { ...modification, fact } },
  terminationBasedOnRecalculation: termination,
  terminationBasedOnIneligibility: termination,
  terminationBasedOnEndOfRight: termination,
  terminationBasedOnEndOfValidityPeriod: termination,
  terminationBasedOnRecipientRefusal: termination,
  duplicatesInvalidation: { fields: modification },
  errorsInvalidation: { fields: modification },
};

/** An element is judged by the shape of its own kind. */
const element: Shape = (value) => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const kind = value.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(ELEMENTS, kind)) return false;
  return mismatch(value, ELEMENTS[kind as PackageElement['kind']]) === undefined; // hasOwn just said so
};

const instant: Shape = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const findings: Shape = [
  { fields: { record: text, type: (value) => value === 1 || value === 2, 'code?': text, report: text } },
];
const message = { messageId: text, format: text, receivedAt: instant, findings, test: flag };

export const packageShape: Shape = {
  fields: { ...message, senderCodes: [text], packageId: text, elements: [element] },
};
export const unreadableShape: Shape = { fields: { ...message, unreadable: [text] } };
export const statementsShape: Shape = {
  fields: {
    ...message,
    packageUid: text,
    requests: [
      {
        fields: {
          requestUid: text,
          snils: text,
          assignments: { fields: { include: flag, 'form?': text, 'mszCodes?': [text] } },
          obligations: flag,
          assignees: flag,
          job: flag,
          beginDate: text,
          endDate: text,
        },
      },
    ],
  },
};
