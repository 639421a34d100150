import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Catalogue, type ElementView, type FormatEntry, loadCatalogue, viewOf } from '../../src/formats/index.js';
import { canonicalize, parseXml, XmlTree } from '../../src/xml/index.js';

/** The folder with package.json, from dist or any other out folder. */
export function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

let loaded: Catalogue | undefined;
/** The project's own catalogue, read once. */
export function catalogue(): Catalogue {
  loaded ??= loadCatalogue(join(repositoryRoot(), 'xsd'));
  return loaded;
}

export const FACTS = 'urn://egisso-ru/msg/10.06.S/1.1.0';
export const STATEMENT = 'urn://egisso-ru/msg/10.13.I/2.0.0';

export function factsEntry(): FormatEntry {
  return catalogue().find(FACTS, 'data')!;
}

export function statementEntry(): FormatEntry {
  return catalogue().find(STATEMENT, 'requestPackage')!;
}

export function treeOf(xml: string): XmlTree {
  const tree = parseXml(Buffer.from(xml));
  if (!(tree instanceof XmlTree)) throw new Error(`the fixture is not XML: ${JSON.stringify(tree)}`);
  return tree;
}

export function rootOf(xml: string): ElementView {
  return viewOf(treeOf(xml));
}

/** What the validator gets in life: the tree and the canonical octets of its root. */
export function signedContent(xml: string): { tree: XmlTree; octets: Uint8Array } {
  const tree = treeOf(xml);
  return { tree, octets: canonicalize(tree, tree.root) };
}

/** `document` with each part replaced; a part that is not there is a mistake of the test. */
export function changed(document: string, ...changes: readonly (readonly [string, string])[]): string {
  let text = document;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the fixture has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

/** A new fact under a package, valid in every respect; the second person is the recipient's son. */
export const FACTS_DOCUMENT = `<m:data xmlns:m="${FACTS}" xmlns:p="urn://egisso-ru/types/package-RAF/1.1.0" xmlns:f="urn://egisso-ru/types/assignment-fact/1.0.8" xmlns:i="urn://egisso-ru/types/prsn-info/1.0.4" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1" xmlns:b="urn://egisso-ru/types/basic/1.0.8" xmlns:r="urn://egisso-ru/types/prsn-basis/1.0.2">
  <p:package>
    <p:packageId>6f0c2f7e-0b5e-11ef-9262-0242ac120002</p:packageId>
    <p:elements>
      <p:fact>
        <f:oszCode>0542.000017</f:oszCode>
        <f:mszReceiver>
          <i:SNILS>11223344595</i:SNILS>
          <c:FamilyName>Кедрова</c:FamilyName>
          <c:FirstName>Анна</c:FirstName>
          <i:Gender>Female</i:Gender>
          <i:BirthDate>1986-03-08+03:00</i:BirthDate>
          <i:IdentityDoc>
            <b:PassportRF>
              <b:Series>4607</b:Series>
              <b:Number>135790</b:Number>
              <b:IssueDate>2006-04-01</b:IssueDate>
              <b:Issuer>Отделом УФМС по Тверской области</b:Issuer>
            </b:PassportRF>
          </i:IdentityDoc>
        </f:mszReceiver>
        <f:reasonPersons>
          <r:basisPerson>
            <i:prsnInfo>
              <i:SNILS>07056788083</i:SNILS>
              <c:FamilyName>Кедров</c:FamilyName>
              <c:FirstName>Пётр</c:FirstName>
              <i:Gender>Male</i:Gender>
              <i:BirthDate>2019-07-15</i:BirthDate>
              <i:IdentityDoc>
                <b:BirthCertificate>
                  <b:Series>IV-МЮ</b:Series>
                  <b:Number>246801</b:Number>
                  <b:IssueDate>2019-07-20</b:IssueDate>
                  <b:Issuer>Отделом ЗАГС города Твери</b:Issuer>
                </b:BirthCertificate>
              </i:IdentityDoc>
            </i:prsnInfo>
            <r:kinshipTypeCode>0211011</r:kinshipTypeCode>
          </r:basisPerson>
        </f:reasonPersons>
        <f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>
        <f:categoryId>c4b3d2e1-0b5e-11ef-9262-0242ac120002</f:categoryId>
        <f:decisionDate>2024-05-20</f:decisionDate>
        <f:dateStart>2024-06-01</f:dateStart>
        <f:dateFinish>2031-05-31</f:dateFinish>
        <f:documents>
          <f:document>
            <f:title>Свидетельство о рождении</f:title>
            <f:series>IV-МЮ</f:series>
            <f:number>246801</f:number>
            <f:issueDate>2019-07-20</f:issueDate>
            <f:authority>Отдел ЗАГС</f:authority>
            <f:startDate>2019-07-20</f:startDate>
            <f:finishDate>2033-07-15</f:finishDate>
          </f:document>
        </f:documents>
        <f:needsCriteria>
          <f:usingSign>true</f:usingSign>
          <f:needsCriteria><f:needsCriteriaCode>000011</f:needsCriteriaCode></f:needsCriteria>
          <f:needsCriteria><f:needsCriteriaCode>000012</f:needsCriteriaCode></f:needsCriteria>
        </f:needsCriteria>
        <f:assignmentInfo>
          <f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>
        </f:assignmentInfo>
        <p:uuid>d5c4e3f2-0b5e-11ef-9262-0242ac120002</p:uuid>
      </p:fact>
      <p:terminationBasedOnEndOfRight>
        <p:uuid>e6d5f403-0b5e-11ef-9262-0242ac120002</p:uuid>
        <p:assignmentFactUuid>f7e60514-0b5e-11ef-9262-0242ac120002</p:assignmentFactUuid>
        <p:dateFinish>2024-05-31</p:dateFinish>
        <p:amount>100.50</p:amount>
      </p:terminationBasedOnEndOfRight>
    </p:elements>
  </p:package>
</m:data>`;

export const FACT_UUID = 'd5c4e3f2-0b5e-11ef-9262-0242ac120002';
export const EVENT_UUID = 'e6d5f403-0b5e-11ef-9262-0242ac120002';

export const STATEMENT_REQUEST = `<q:requestPackage xmlns:q="${STATEMENT}" xmlns:d="urn://egisso-ru/types/prsn-request/2.0.0" xmlns:b="urn://egisso-ru/types/basic/2.2.0">
  <q:packageUid>0a1b2c3d-0b5f-11ef-9262-0242ac120002</q:packageUid>
  <q:elements>
    <d:requestData>
      <d:requestUid>1b2c3d4e-0b5f-11ef-9262-0242ac120002</d:requestUid>
      <d:person><b:snils>12345678900</b:snils></d:person>
      <d:assignments>
        <d:assignmentsInclude>true</d:assignmentsInclude>
        <d:pdfInclude>false</d:pdfInclude>
      </d:assignments>
      <d:obligations><d:obligationsInclude>false</d:obligationsInclude></d:obligations>
      <d:incomesInclude>false</d:incomesInclude>
      <d:assigneeInclude>false</d:assigneeInclude>
      <d:disabilityInclude>true</d:disabilityInclude>
      <d:experienceInclude>false</d:experienceInclude>
      <d:jobInclude>false</d:jobInclude>
      <d:reportPeriod>
        <d:beginDate>2023-01-01</d:beginDate>
        <d:endDate>2023-12-31</d:endDate>
      </d:reportPeriod>
    </d:requestData>
  </q:elements>
</q:requestPackage>`;

export const REQUEST_UID = '1b2c3d4e-0b5f-11ef-9262-0242ac120002';
