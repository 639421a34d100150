import { leaf, type Written, writeXml } from '../kit/index.js';
import { FORMATS, STATEMENT } from './namespaces.js';
import type { AssignmentShownJson, PersonShownJson, StatementAnswerJson, StatementJson } from './registry-api.js';

/** 10.13.I 2.0.0 `responsePackage`: each request answered under its requestUid. Order of elements as in prsn-statement 2.0.0. */
export function statementsToXml(packageUid: string, answers: readonly StatementAnswerJson[]): string {
  return writeXml('m:responsePackage', {
    '@xmlns:m': FORMATS.statements,
    '@xmlns:s': STATEMENT.statement,
    '@xmlns:b': STATEMENT.basic,
    'm:packageUid': packageUid,
    'm:elements': { 'm:responseData': answers.map(responseData) },
  });
}

function responseData(answer: StatementAnswerJson): Written {
  if ('statement' in answer) {
    return { 'm:requestUid': answer.requestUid, 's:statementData': statementData(answer.statement) };
  }
  const errors = answer.errors.map((error) => ({
    ...leaf('b:code', error.code?.slice(0, 10)),
    'b:message': error.message.slice(0, 500),
    ...leaf('b:time', error.time),
  }));
  return { 'm:requestUid': answer.requestUid, 'm:errors': { 'm:error': errors } };
}

/** A section without entries is an empty element, as the published answer about an unknown person has it. */
function statementData(statement: StatementJson): Written {
  const assignments = statement.assignments?.map(assignment);
  return {
    's:person': { 'b:snils': statement.snils },
    ...(assignments ? { 's:assignments': assignments.length > 0 ? { 's:assignment': assignments } : '' } : {}),
    ...leaf('s:obligations', statement.obligations && ''),
    ...leaf('s:assignees', statement.assignees && ''),
    ...leaf('s:job', statement.job && ''),
  };
}

function assignment(shown: AssignmentShownJson): Written {
  const npas = shown.npaList.map((act) => ({
    's:npaDate': act.date,
    's:npaNumber': act.number,
    's:npaName': act.name,
  }));
  return {
    's:person': person(shown.person),
    ...(shown.reasonPersons.length > 0
      ? { 's:reasonPersons': { 's:reasonPerson': shown.reasonPersons.map(person) } }
      : {}),
    's:kmszCode': shown.kmszCode,
    's:oszTitle': shown.oszTitle,
    's:oszCode': shown.oszCode,
    's:lmszTitle': shown.lmszTitle,
    's:categoryTitle': shown.categoryTitle,
    's:decisionDate': shown.decisionDate,
    's:dateStart': shown.dateStart,
    ...leaf('s:dateFinish', shown.dateFinish),
    's:form': shown.form,
    's:periodicity': shown.periodicity,
    's:amount': shown.amount,
    's:measureUnit': shown.measureUnit,
    ...leaf('s:comment', shown.comment),
    ...leaf('s:description', shown.description),
    's:needCriterion': String(shown.needCriterion),
    ...leaf('s:criteria', shown.criteria),
    ...(npas.length > 0 ? { 's:npaList': { 's:npa': npas } } : {}),
  };
}

/** The patronymic stands between surname and forename. */
function person(shown: PersonShownJson): Written {
  return {
    'b:snils': shown.snils,
    'b:fio': {
      'b:surname': shown.surname,
      ...leaf('b:patronymic', shown.patronymic),
      'b:forename': shown.forename,
    },
    'b:birthDate': shown.birthDate,
  };
}
