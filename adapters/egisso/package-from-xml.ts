import { child, dayIn, every, flagIn, type Node, textIn, textsIn, tokenIn } from '../kit/index.js';
import type { AssignmentJson, ElementJson, FactJson, PersonJson } from './registry-api.js';

/** Kinds of element under `elements`, in the order of the schema, which is their order in any valid document. */
const KINDS = [
  'fact',
  'alterationBasedOnRecalculation',
  'alterationBasedOnDeathOrMovingRecalculation',
  'alterationBasedOnPreviousErrors',
  'terminationBasedOnRecalculation',
  'terminationBasedOnIneligibility',
  'terminationBasedOnEndOfRight',
  'terminationBasedOnEndOfValidityPeriod',
  'terminationBasedOnRecipientRefusal',
  'duplicatesInvalidation',
  'errorsInvalidation',
] as const;

/** Form of granting → its code (dictionary 016). */
const FORMS = [
  ['monetaryForm', '01'],
  ['naturalForm', '02'],
  ['exemptionForm', '03'],
  ['serviceForm', '04'],
] as const;

/** A 10.06.S 1.1.0 `data` document, already valid under its schema, as the registry takes it. */
export function packageFromXml(data: Node): { readonly packageId: string; readonly elements: readonly ElementJson[] } {
  const held = child(data, 'package') ?? {};
  const elements = child(held, 'elements') ?? {};
  return {
    packageId: token(held, 'packageId'),
    elements: KINDS.flatMap((kind) => every(elements, kind).map((node) => elementFrom(kind, node))),
  };
}

function elementFrom(kind: (typeof KINDS)[number], node: Node): ElementJson {
  const uuid = token(node, 'uuid');
  if (kind === 'fact') return { kind, uuid, fact: factFrom(node) };
  const fact = child(node, 'fact');
  return {
    kind,
    uuid,
    factUuid: token(node, 'assignmentFactUuid'),
    ...present('providerCode', tokenIn(node, 'providerCode')),
    ...present('amount', tokenIn(node, 'amount')),
    ...present('quantity', tokenIn(node, 'quantity')),
    ...present('dateFinish', dayIn(node, 'dateFinish')),
    ...(fact ? { fact: factFrom(fact) } : {}),
  };
}

function factFrom(node: Node): FactJson {
  const needs = child(node, 'needsCriteria') ?? {};
  return {
    oszCode: token(node, 'oszCode'),
    receiver: personFrom(child(node, 'mszReceiver') ?? {}),
    reasonPersons: every(child(node, 'reasonPersons') ?? {}, 'basisPerson').map((basis) => ({
      person: personFrom(child(basis, 'prsnInfo') ?? {}),
      ...present('kinshipTypeCode', tokenIn(basis, 'kinshipTypeCode')),
    })),
    lmszId: token(node, 'lmszId'),
    ...present('lmszProviderCode', tokenIn(node, 'lmszProviderCode')),
    categoryId: token(node, 'categoryId'),
    decisionDate: dayIn(node, 'decisionDate') ?? '',
    dateStart: dayIn(node, 'dateStart') ?? '',
    ...present('dateFinish', dayIn(node, 'dateFinish')),
    ...present('documents', child(node, 'documents')),
    criteria: {
      used: flagIn(needs, 'usingSign'),
      codes: every(needs, 'needsCriteria').flatMap((one) => textsIn(one, 'needsCriteriaCode')),
    },
    assignment: assignmentFrom(child(node, 'assignmentInfo') ?? {}),
  };
}

function personFrom(node: Node): PersonJson {
  const { SNILS, FamilyName, FirstName, Patronymic, Gender, BirthDate, '#text': _space, ...particulars } = node;
  return {
    snils: token(node, 'SNILS'),
    familyName: textIn(node, 'FamilyName') ?? '',
    firstName: textIn(node, 'FirstName') ?? '',
    ...present('patronymic', textIn(node, 'Patronymic')),
    gender: token(node, 'Gender'),
    birthDate: dayIn(node, 'BirthDate') ?? '',
    ...(Object.keys(particulars).length > 0 ? { particulars } : {}),
  };
}

/** Two spellings of one code: the service form alone writes OKEICode. */
function assignmentFrom(node: Node): AssignmentJson {
  const [name, form] = FORMS.find(([element]) => child(node, element)) ?? ['monetaryForm', '01'];
  const held = child(node, name) ?? {};
  return {
    form,
    amount: token(held, 'amount'),
    ...present('measuryCode', tokenIn(held, 'measuryCode')),
    ...present('okeiCode', tokenIn(held, 'okeiCode') ?? tokenIn(held, 'OKEICode')),
    ...present('equivalentAmount', tokenIn(held, 'equivalentAmount')),
    ...(tokenIn(held, 'monetization') === undefined ? {} : { monetization: flagIn(held, 'monetization') }),
    ...present('content', textIn(held, 'content')),
    ...present('comment', textIn(held, 'comment')),
  };
}

/** What the schema requires is there; the empty text stands for a document nobody validated. */
function token(node: Node, name: string): string {
  return tokenIn(node, name) ?? '';
}

function present<Key extends string, Held>(key: Key, value: Held | undefined): { readonly [K in Key]?: Held } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Held }; // a computed key widens
}
