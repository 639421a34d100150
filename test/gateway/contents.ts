/** Business documents for tests, written by us; identifiers are the sandbox registry's own. */
import { v4 as uuidv4 } from 'uuid';

const QUERY = 'urn://egisso-ru/msg/10.13.I/2.0.0';
export const QUERY_ROOT = { namespace: QUERY, local: 'requestPackage' };
export const STATEMENT_ROOT = { namespace: QUERY, local: 'responsePackage' };

/** 10.13.I 2.0.0: one question about one person's assignments. */
export function query(snils: string, period: { begin?: string; end?: string } = {}): string {
  const { begin = '2019-01-01', end = '2030-12-31' } = period;
  return (
    `<q:requestPackage xmlns:q="${QUERY}" xmlns:r="urn://egisso-ru/types/prsn-request/2.0.0" xmlns:b="urn://egisso-ru/types/basic/2.2.0">` +
    `<q:packageUid>${uuidv4()}</q:packageUid><q:elements><r:requestData><r:requestUid>${uuidv4()}</r:requestUid>` +
    `<r:person><b:snils>${snils}</b:snils></r:person>` +
    `<r:assignments><r:assignmentsInclude>true</r:assignmentsInclude><r:pdfInclude>false</r:pdfInclude></r:assignments>` +
    `<r:obligations><r:obligationsInclude>false</r:obligationsInclude></r:obligations>` +
    `<r:incomesInclude>false</r:incomesInclude><r:assigneeInclude>false</r:assigneeInclude><r:disabilityInclude>false</r:disabilityInclude>` +
    `<r:experienceInclude>false</r:experienceInclude><r:jobInclude>false</r:jobInclude>` +
    `<r:reportPeriod><r:beginDate>${begin}</r:beginDate><r:endDate>${end}</r:endDate></r:reportPeriod>` +
    `</r:requestData></q:elements></q:requestPackage>`
  );
}

/** 10.10.I: announces a file. */
export function announcement(version: '1.0.3' | '1.0.4' = '1.0.3'): string {
  return `<a:request xmlns:a="urn://egisso-ru/msg/10.10.I/${version}"><a:attachment>true</a:attachment></a:request>`;
}

/** 10.06.S 1.1.0 with one new fact of the sandbox's measure; `snils` with a right control number. */
export function factsFile(options: { snils?: string; uuid?: string; packageId?: string; extra?: string } = {}): string {
  const { snils = '11223344595', uuid = uuidv4(), packageId = uuidv4(), extra = '' } = options;
  return (
    `<d:data xmlns:d="urn://egisso-ru/msg/10.06.S/1.1.0" xmlns:p="urn://egisso-ru/types/package-RAF/1.1.0" xmlns:f="urn://egisso-ru/types/assignment-fact/1.0.8" xmlns:i="urn://egisso-ru/types/prsn-info/1.0.4" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1">\n` +
    `<p:package><p:packageId>${packageId}</p:packageId><p:elements>\n<p:fact><f:oszCode>0001.000001</f:oszCode>\n` +
    `<f:mszReceiver><i:SNILS>${snils}</i:SNILS><c:FamilyName>Проверкина</c:FamilyName><c:FirstName>Анна</c:FirstName><i:Gender>Female</i:Gender><i:BirthDate>1980-05-17</i:BirthDate></f:mszReceiver>\n` +
    `<f:lmszId>4ae1c390-523c-4462-b90c-75ecc7ae9bc3</f:lmszId><f:categoryId>c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9</f:categoryId>\n` +
    `<f:decisionDate>2020-02-10</f:decisionDate><f:dateStart>2020-03-01</f:dateStart><f:dateFinish>2029-03-01</f:dateFinish>\n` +
    `<f:needsCriteria><f:usingSign>false</f:usingSign></f:needsCriteria>\n` +
    `<f:assignmentInfo><f:monetaryForm><f:amount>1500,00</f:amount></f:monetaryForm></f:assignmentInfo>\n` +
    `<p:uuid>${uuid}</p:uuid></p:fact>${extra}\n</p:elements></p:package></d:data>`
  );
}
