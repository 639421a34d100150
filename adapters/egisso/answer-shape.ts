import type { RegistryAnswer } from './registry-api.js';

/** Whether the registry's JSON has the parts an answer is written from; single values are judged with the finished XML, by its schema. */
export function isRegistryAnswer(value: unknown): value is RegistryAnswer {
  if (!isObject(value) || typeof value.format !== 'string' || !isObject(value.result)) return false;
  return value.kind === 'protocol'
    ? isProtocol(value.result)
    : value.kind === 'statements' && areStatements(value.result);
}

type Held = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Held {
  return typeof value === 'object' && value !== null;
}

function isProtocol({ messageResult, packageResult }: Held): boolean {
  if (isObject(messageResult)) return isList(messageResult.errors, (error) => hasTexts(error, 'message'));
  if (!isObject(packageResult) || !hasTexts(packageResult, 'packageId', 'receivingTime')) return false;
  return isList(
    packageResult.records,
    (record) => hasTexts(record, 'recId') && isList(record.messages, (note) => hasTexts(note, 'report')),
  );
}

function areStatements(result: Held): boolean {
  return hasTexts(result, 'packageUid') && isList(result.answers, isStatementAnswer);
}

function isStatementAnswer(answer: Held): boolean {
  if (!hasTexts(answer, 'requestUid')) return false;
  if (!isObject(answer.statement)) return isList(answer.errors, (error) => hasTexts(error, 'message'));
  const { assignments } = answer.statement;
  return hasTexts(answer.statement, 'snils') && (assignments === undefined || isList(assignments, isAssignment));
}

function isAssignment(shown: Held): boolean {
  const isPerson = (person: unknown) =>
    isObject(person) && hasTexts(person, 'snils', 'surname', 'forename', 'birthDate');
  return isPerson(shown.person) && isList(shown.reasonPersons, isPerson) && isList(shown.npaList, isObject);
}

function hasTexts(held: Held, ...names: readonly string[]): boolean {
  return names.every((name) => typeof held[name] === 'string');
}

function isList(value: unknown, holds: (item: Held) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && holds(item));
}
