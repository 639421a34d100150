/** The business documents of the story, written by hand as an engineer would; ids are new on every run. */
import { randomUUID } from 'node:crypto';

/** A synthetic person: the control number is right, the person does not exist. */
export const PERSON = { snils: '64003696972', family: 'Проверкина', first: 'Анна' };

/** 10.13.I 2.0.0: which measures are appointed to this person? */
export function query(snils: string): string {
  return `<q:requestPackage xmlns:q="urn://egisso-ru/msg/10.13.I/2.0.0" xmlns:r="urn://egisso-ru/types/prsn-request/2.0.0" xmlns:b="urn://egisso-ru/types/basic/2.2.0">
  <q:packageUid>${randomUUID()}</q:packageUid>
  <q:elements>
    <r:requestData>
      <r:requestUid>${randomUUID()}</r:requestUid>
      <r:person><b:snils>${snils}</b:snils></r:person>
      <r:assignments><r:assignmentsInclude>true</r:assignmentsInclude><r:pdfInclude>false</r:pdfInclude></r:assignments>
      <r:obligations><r:obligationsInclude>false</r:obligationsInclude></r:obligations>
      <r:incomesInclude>false</r:incomesInclude>
      <r:assigneeInclude>false</r:assigneeInclude>
      <r:disabilityInclude>false</r:disabilityInclude>
      <r:experienceInclude>false</r:experienceInclude>
      <r:jobInclude>false</r:jobInclude>
      <r:reportPeriod><r:beginDate>2020-01-01</r:beginDate><r:endDate>2030-12-31</r:endDate></r:reportPeriod>
      <r:requesterInfo><r:serviceTitle>Назначение пособия</r:serviceTitle></r:requesterInfo>
    </r:requestData>
  </q:elements>
</q:requestPackage>`;
}

/** 10.10.I 1.0.3: «a file comes with this message». */
export function announcement(): string {
  return '<a:request xmlns:a="urn://egisso-ru/msg/10.10.I/1.0.3"><a:attachment>true</a:attachment></a:request>';
}

const NAMESPACES =
  'xmlns:d="urn://egisso-ru/msg/10.06.S/1.1.0" xmlns:p="urn://egisso-ru/types/package-RAF/1.1.0" xmlns:f="urn://egisso-ru/types/assignment-fact/1.0.8" xmlns:i="urn://egisso-ru/types/prsn-info/1.0.4" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1"';

/** 10.06.S 1.1.0 with one new fact of assignment. */
export function newFact(uuid: string, person = PERSON): string {
  return `<d:data ${NAMESPACES}>
  <p:package>
    <p:packageId>${randomUUID()}</p:packageId>
    <p:elements>
      <p:fact>
        <f:oszCode>0001.000001</f:oszCode>
        <f:mszReceiver>
          <i:SNILS>${person.snils}</i:SNILS>
          <c:FamilyName>${person.family}</c:FamilyName>
          <c:FirstName>${person.first}</c:FirstName>
          <i:Gender>Female</i:Gender>
          <i:BirthDate>1980-05-17</i:BirthDate>
        </f:mszReceiver>
        <f:lmszId>4ae1c390-523c-4462-b90c-75ecc7ae9bc3</f:lmszId>
        <f:categoryId>c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9</f:categoryId>
        <f:decisionDate>2024-02-12</f:decisionDate>
        <f:dateStart>2024-03-01</f:dateStart>
        <f:needsCriteria><f:usingSign>false</f:usingSign></f:needsCriteria>
        <f:assignmentInfo><f:monetaryForm><f:amount>1850,00</f:amount></f:monetaryForm></f:assignmentInfo>
        <p:uuid>${uuid}</p:uuid>
      </p:fact>
    </p:elements>
  </p:package>
</d:data>`;
}

/** 10.06.S 1.1.0: the right to the measure has ended. */
export function endOfRight(fact: string, dateFinish: string): string {
  return `<d:data ${NAMESPACES}>
  <p:package>
    <p:packageId>${randomUUID()}</p:packageId>
    <p:elements>
      <p:terminationBasedOnEndOfRight>
        <p:uuid>${randomUUID()}</p:uuid>
        <p:assignmentFactUuid>${fact}</p:assignmentFactUuid>
        <p:dateFinish>${dateFinish}</p:dateFinish>
      </p:terminationBasedOnEndOfRight>
    </p:elements>
  </p:package>
</d:data>`;
}

/** The same file as a tired engineer sends it: a short SNILS, a Latin name, a bad date, no amount, a lower-case code. */
export function fiveMistakes(): string {
  return newFact(randomUUID())
    .replace(PERSON.snils, '1234567890')
    .replace(PERSON.first, 'Anna')
    .replace('2024-02-12', '12.02.2024')
    .replace('1850,00', 'много')
    .replace('0001.000001', 'код-1');
}
