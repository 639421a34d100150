import { type AmountShape, type BodyShape, type DateShape, type PersonFields, under } from './shape.js';

/** prsn-info 1.0.x, with the identity documents of basic 1.0.x. */
const PERSON_1: PersonFields = {
  snils: 'SNILS',
  family: 'FamilyName',
  first: 'FirstName',
  patronymic: 'Patronymic',
  sex: 'Gender',
  birth: 'BirthDate',
  issued: '//IssueDate',
  passport: 'IdentityDoc/PassportRF',
  birthCertificate: 'IdentityDoc/BirthCertificate',
};

/** Persons of the 2.x types. */
const PERSON_2: PersonFields = {
  snils: 'snils',
  family: 'fio/surname',
  first: 'fio/forename',
  patronymic: 'fio/patronymic',
  sex: 'gender',
  birth: 'birthDate',
};

const DECISION: DateShape = {
  path: 'decisionDate',
  name: 'Дата решения о назначении',
  of: 'даты решения о назначении',
  limit: 'year',
};
const FINISH: DateShape = {
  path: 'dateFinish',
  name: 'Дата окончания действия назначения',
  of: 'даты окончания действия назначения',
};

/** Ends may lie far ahead: the operator's samples reach over ten years. */
const DATES: readonly DateShape[] = [
  DECISION,
  {
    path: 'dateStart',
    name: 'Дата начала действия назначения',
    of: 'даты начала действия назначения',
    limit: 'year',
  },
  FINISH,
  {
    at: 'documents/document',
    path: 'startDate',
    name: 'Дата начала действия документа',
    of: 'даты начала действия документа',
  },
  {
    at: 'documents/document',
    path: 'finishDate',
    name: 'Дата окончания действия документа',
    of: 'даты окончания действия документа',
  },
];

const FORMS_IN_KIND = ['naturalForm', 'exemptionForm', 'serviceForm'];

/** What 10.06.S and 10.36.S write alike. */
const ASSIGNMENT: BodyShape = {
  dates: DATES,
  periods: [
    { from: 'dateStart', to: 'dateFinish' },
    // A decision may come after the end it sets only when it pays for the past: unusual, not impossible.
    { from: 'decisionDate', to: 'dateFinish', type: 2 },
    { at: 'documents/document', from: 'startDate', to: 'finishDate' },
  ],
  decision: 'decisionDate',
  amounts: [
    { path: 'assignmentInfo/monetaryForm/amount', name: 'Размер назначения', unusual: ['zero'] },
    ...FORMS_IN_KIND.map(
      (form): AmountShape => ({ path: `assignmentInfo/${form}/amount`, name: 'Размер назначения', unusual: [] }),
    ),
  ],
  equivalents: FORMS_IN_KIND.map((form) => `assignmentInfo/${form}/equivalentAmount`),
  // Two spellings of one name: the service form of 10.06.S alone writes OKEICode.
  units: FORMS_IN_KIND.flatMap((form) =>
    (form === 'serviceForm' ? ['OKEICode', 'okeiCode'] : ['okeiCode']).map((okei) => ({
      path: `assignmentInfo/${form}`,
      measury: 'measuryCode',
      okei,
    })),
  ),
  documents: 'documents/document',
  body: 'oszCode',
};

/** A fact of 10.06.S from 1.0.7 on. */
export const FACT_1: BodyShape = {
  ...ASSIGNMENT,
  persons: [
    { path: 'mszReceiver', role: 'получателя МСЗ', fields: PERSON_1 },
    {
      path: 'reasonPersons/basisPerson',
      role: 'лица-основания',
      fields: { ...under('prsnInfo', PERSON_1), kinship: 'kinshipTypeCode' },
    },
  ],
  criteria: { used: 'needsCriteria/usingSign', codes: 'needsCriteria/needsCriteria/needsCriteriaCode' },
  sameness: ['mszReceiver/SNILS', 'lmszId', 'categoryId', 'dateStart'],
};

/** An event of 10.06.S on an earlier fact. Its amount may also be a count of things, which may be finer than a kopeck. */
export const FACT_EVENT_1: BodyShape = {
  dates: [FINISH],
  amounts: [
    { path: 'amount', name: 'Размер назначения', unusual: ['kopecks'] },
    { path: 'quantity', name: 'Количество', unusual: [] },
  ],
};

const PERSONS_2: BodyShape = {
  persons: [
    {
      path: 'mszReceiver',
      role: 'получателя МСЗ',
      fields: { ...under('person', PERSON_2), issued: 'identityDoc/date' },
    },
    {
      path: 'reasonPersons/reasonPerson',
      role: 'лица-основания',
      fields: { ...PERSON_2, kinship: 'kinshipTypeCode' },
    },
  ],
};

/** A fact of 10.36.S 2.0.0. */
export const FACT_2: BodyShape = {
  ...ASSIGNMENT,
  ...PERSONS_2,
  criteria: { used: 'needsCriteriaList/usingSign', codes: 'needsCriteriaList/needsCriteria' },
  sameness: ['mszReceiver/person/snils', 'lmszId', 'categoryId', 'dateStart'],
};

/** A correction of persons (10.36.S `editAssignmentFact`); other events have none. */
export const FACT_EVENT_2: BodyShape = PERSONS_2;

/** A refusal to grant (10.36.S `rejectionResolution`). */
export const FACT_REJECTION_2: BodyShape = {
  ...PERSONS_2,
  dates: [DECISION],
  decision: 'decisionDate',
  body: 'oszCode',
};
