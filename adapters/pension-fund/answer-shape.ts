import type { FundAnswer } from './fund-api.js';
import { FORMATS } from './namespaces.js';

type Held = Readonly<Record<string, unknown>>;

/** Which result answers which format. */
const RESULTS: Readonly<Record<string, string>> = {
  [FORMATS.byData]: 'accounts',
  [FORMATS.byParticulars]: 'accounts',
  [FORMATS.validation]: 'check',
  [FORMATS.experience]: 'experience',
  [FORMATS.payments]: 'payments',
};

/** Whether the fund's JSON has the parts an answer is written from; single values are judged with the finished XML, by its schema. */
export function isFundAnswer(value: unknown): value is FundAnswer {
  if (!isObject(value) || typeof value.format !== 'string' || !Object.hasOwn(RESULTS, value.format)) return false;
  if (value.kind === 'refused') return hasTexts(value, 'why');
  return value.kind === RESULTS[value.format] && isResult(value);
}

function isResult(value: Held): boolean {
  switch (value.kind) {
    case 'accounts':
      return isList(value.accounts, isAccount);
    case 'check':
      return typeof value.belongs === 'boolean';
    case 'experience':
      return (
        hasTexts(value, 'onDay') && isAbsentOr(value.account, isAccount) && isAbsentOr(value.experience, isDuration)
      );
    default:
      return (
        hasTexts(value, 'from', 'actualOn') &&
        hasNumbers(value, 'months') &&
        isAbsentOr(value.account, isAccount) &&
        isList(value.paid, isMonth)
      );
  }
}

function isAccount(account: Held): boolean {
  const isSexed = account.sex === 'M' || account.sex === 'F';
  return (
    isSexed &&
    hasTexts(account, 'surname', 'forename', 'snils', 'born') &&
    isObject(account.place) &&
    hasTexts(account.place, 'type', 'settlement') &&
    isObject(account.paper) &&
    hasTexts(account.paper, 'type', 'number', 'issued', 'issuer')
  );
}

function isDuration(duration: Held): boolean {
  return hasNumbers(duration, 'years', 'months', 'days');
}

function isMonth(month: Held): boolean {
  const isPayment = (payment: Held) => hasTexts(payment, 'type', 'sum') && isList(payment.parts, isPart);
  return hasNumbers(month, 'year', 'month') && hasTexts(month, 'total') && isList(month.payments, isPayment);
}

function isPart(part: Held): boolean {
  return hasTexts(part, 'type', 'sum');
}

function isObject(value: unknown): value is Held {
  return typeof value === 'object' && value !== null;
}

function isAbsentOr(value: unknown, holds: (item: Held) => boolean): boolean {
  return value === undefined || (isObject(value) && holds(value));
}

function hasTexts(held: Held, ...names: readonly string[]): boolean {
  return names.every((name) => typeof held[name] === 'string');
}

function hasNumbers(held: Held, ...names: readonly string[]): boolean {
  return names.every((name) => Number.isSafeInteger(held[name]));
}

function isList(value: unknown, holds: (item: Held) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && holds(item));
}
