import type { Attachment, QualifiedName } from '../../../src/message/index.js';
import type { PartnerDelivery } from '../../../src/ports/index.js';

/** Generated messages of the formats the adapter serves: our own text, shaped by the published schemas. */

export const CARRIER_103 = 'urn://egisso-ru/msg/10.10.I/1.0.3';
export const CARRIER_104 = 'urn://egisso-ru/msg/10.10.I/1.0.4';
export const STATEMENTS = 'urn://egisso-ru/msg/10.13.I/2.0.0';
export const MEASURE = '4ae1c390-523c-4462-b90c-75ecc7ae9bc3';
export const CATEGORY = 'c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9';

export interface FactSketch {
  readonly uuid?: string;
  readonly oszCode?: string;
  readonly snils?: string;
  readonly surname?: string;
  readonly reason?: string;
  readonly lmszId?: string;
  readonly categoryId?: string;
  readonly decisionDate?: string;
  readonly dateStart?: string;
  readonly dateFinish?: string;
  readonly codes?: readonly string[];
  readonly info?: string;
}

/** Element `fact` (or the `fact` of a correction, which has no uuid). */
export function factXml(sketch: FactSketch): string {
  const codes = (sketch.codes ?? ['000001'])
    .map((code) => `<f:needsCriteria><f:needsCriteriaCode>${code}</f:needsCriteriaCode></f:needsCriteria>`)
    .join('');
  const reason = sketch.reason
    ? `<f:reasonPersons><k:basisPerson><i:prsnInfo>${personXml(sketch.reason, 'Вторая')}</i:prsnInfo><k:kinshipTypeCode>0411011</k:kinshipTypeCode></k:basisPerson></f:reasonPersons>`
    : '';
  const finish = sketch.dateFinish ? `<f:dateFinish>${sketch.dateFinish}</f:dateFinish>` : '';
  const uuid = sketch.uuid ? `<p:uuid>${sketch.uuid}</p:uuid>` : '';
  const info = sketch.info ?? '<f:monetaryForm><f:amount>1500,50</f:amount></f:monetaryForm>';
  return `<p:fact><f:oszCode>${sketch.oszCode ?? '0001.000001'}</f:oszCode>
    <f:mszReceiver>${personXml(sketch.snils ?? '91020304020', sketch.surname ?? 'Первая')}</f:mszReceiver>${reason}
    <f:lmszId>${sketch.lmszId ?? MEASURE}</f:lmszId><f:categoryId>${sketch.categoryId ?? CATEGORY}</f:categoryId>
    <f:decisionDate>${sketch.decisionDate ?? '2020-03-10'}</f:decisionDate>
    <f:dateStart>${sketch.dateStart ?? '2020-04-01+12:00'}</f:dateStart>${finish}
    <f:needsCriteria><f:usingSign>true</f:usingSign>${codes}</f:needsCriteria>
    <f:assignmentInfo>${info}</f:assignmentInfo>${uuid}</p:fact>`;
}

function personXml(snils: string, surname: string): string {
  return `<i:SNILS>${snils}</i:SNILS><c:FamilyName>${surname}</c:FamilyName><c:FirstName>Вера</c:FirstName><c:Patronymic>Ивановна</c:Patronymic><i:Gender>Female</i:Gender><i:BirthDate>1988-05-05+03:00</i:BirthDate><i:Citizenship>643</i:Citizenship>`;
}

/** Any element that changes a fact; `rest` stands after its ids. */
export function eventXml(kind: string, uuid: string, factUuid: string, rest = ''): string {
  return `<p:${kind}><p:uuid>${uuid}</p:uuid><p:assignmentFactUuid>${factUuid}</p:assignmentFactUuid>${rest}</p:${kind}>`;
}

/** A 10.06.S 1.1.0 document. */
export function packageXml(packageId: string, elements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by a test -->
<d:data xmlns:d="urn://egisso-ru/msg/10.06.S/1.1.0" xmlns:p="urn://egisso-ru/types/package-RAF/1.1.0"
  xmlns:f="urn://egisso-ru/types/assignment-fact/1.0.8" xmlns:i="urn://egisso-ru/types/prsn-info/1.0.4"
  xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1" xmlns:k="urn://egisso-ru/types/prsn-basis/1.0.2">
  <p:package><p:packageId>${packageId}</p:packageId><p:elements>${elements}</p:elements></p:package>
</d:data>`;
}

export interface RequestSketch {
  readonly requestUid?: string;
  readonly snils: string;
  readonly include?: boolean;
  /** Elements `form` and `mszCodes` of the filter. */
  readonly filter?: string;
  readonly beginDate?: string;
  readonly endDate?: string;
  /** Value of every other Include flag. */
  readonly everything?: boolean;
}

/** A 10.13.I 2.0.0 `requestPackage`. */
export function statementsXml(packageUid: string, requests: readonly RequestSketch[]): string {
  return `<m:requestPackage xmlns:m="${STATEMENTS}" xmlns:q="urn://egisso-ru/types/prsn-request/2.0.0" xmlns:b="urn://egisso-ru/types/basic/2.2.0"><m:packageUid>${packageUid}</m:packageUid><m:elements>${requests.map(requestXml).join('')}</m:elements></m:requestPackage>`;
}

function requestXml(sketch: RequestSketch, index: number): string {
  const all = sketch.everything ?? false;
  return `<q:requestData><q:requestUid>${sketch.requestUid ?? uuid(900 + index)}</q:requestUid><q:person><b:snils>${sketch.snils}</b:snils></q:person>
    <q:oszCode>3611.000001</q:oszCode>
    <q:assignments><q:assignmentsInclude>${sketch.include ?? true}</q:assignmentsInclude><q:pdfInclude>0</q:pdfInclude>${sketch.filter ?? ''}</q:assignments>
    <q:obligations><q:obligationsInclude>${all}</q:obligationsInclude></q:obligations><q:incomesInclude>${all}</q:incomesInclude>
    <q:assigneeInclude>${all}</q:assigneeInclude><q:disabilityInclude>${all}</q:disabilityInclude>
    <q:experienceInclude>${all}</q:experienceInclude><q:jobInclude>${all}</q:jobInclude>
    <q:reportPeriod><q:beginDate>${sketch.beginDate ?? '2020-01-01'}</q:beginDate><q:endDate>${sketch.endDate ?? '2021-01-01'}</q:endDate></q:reportPeriod></q:requestData>`;
}

/** A number as a UUID. */
export function uuid(n: number): string {
  return `00000000-0000-4000-9000-${n.toString().padStart(12, '0')}`;
}

/** A number as a MessageID (version 1). */
export function messageId(n: number): string {
  return `${n.toString(16).padStart(8, '0')}-0000-11ee-8000-000000000001`;
}

export function xmlAttachment(content: string, contentId = 'package'): Attachment {
  return { contentId, mimeType: 'application/xml', content: Buffer.from(content) };
}

/** A delivery as the gateway hands it over. */
export function delivery(
  id: string,
  format: QualifiedName,
  content: string,
  more: Partial<PartnerDelivery> = {},
): PartnerDelivery {
  return {
    messageId: id,
    sender: 'REG001',
    senderCodes: ['0001.000001', '0036.000002'],
    format,
    content: Buffer.from(content),
    attachments: [],
    road: 'mtom',
    findings: [],
    test: false,
    acceptedAt: '2024-02-29T20:59:58.5Z',
    ...more,
  };
}

/** 10.10.I with the package attached. */
export function carried(
  id: string,
  xml: string,
  more: Partial<PartnerDelivery> = {},
  carrier = CARRIER_103,
): PartnerDelivery {
  const content = `<request xmlns="${carrier}"><attachment>true</attachment></request>`;
  return delivery(id, { namespace: carrier, local: 'request' }, content, {
    attachments: [xmlAttachment(xml)],
    ...more,
  });
}

export function asking(
  id: string,
  requests: readonly RequestSketch[],
  more: Partial<PartnerDelivery> = {},
): PartnerDelivery {
  const content = statementsXml(uuid(800), requests);
  return delivery(id, { namespace: STATEMENTS, local: 'requestPackage' }, content, more);
}
