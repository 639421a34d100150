/** Requests of the Pension Fund's formats about synthetic people, written by us. */
import type { QualifiedName } from '../../../src/message/index.js';
import type { PartnerDelivery } from '../../../src/ports/index.js';
import type { BirthPlace, IdentityDocument, SyntheticPerson } from '../../../src/sandbox/people/index.js';

const KVS = 'http://kvs.pfr.com';
const SMEV = 'urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1';

/** Root of the request, and where its schema is under xsd/pfr. */
export const KINDS = {
  byData: { namespace: `${KVS}/snils-by-data/1.1.2`, local: 'SnilsByDataRequest' },
  byParticulars: { namespace: `${KVS}/snils-by-additionalData/1.0.1`, local: 'SnilsByAdditionalDataRequest' },
  validation: { namespace: `${KVS}/snils-validation/1.0.1`, local: 'SnilsValidationRequest' },
  experience: { namespace: `${KVS}/work-experience/1.0.4`, local: 'WorkExperienceRequest' },
  payments: { namespace: `${KVS}/bap-for-period/1.0.1`, local: 'BapForPeriodRequest' },
} as const satisfies Record<string, QualifiedName>;

export type Named = Pick<SyntheticPerson, 'familyName' | 'firstName' | 'gender' | 'birthDate'> & {
  readonly patronymic?: string;
};
export type Numbered = Named & Pick<SyntheticPerson, 'snils'>;

function document(kind: QualifiedName, content: string, more = ''): string {
  return `<k:${kind.local} xmlns:k="${kind.namespace}" xmlns:s="${SMEV}"${more}>${content}</k:${kind.local}>`;
}

function names({ familyName, firstName, patronymic }: Named): string {
  const last = patronymic === undefined ? '' : `<s:Patronymic>${patronymic}</s:Patronymic>`;
  return `<s:FamilyName>${familyName}</s:FamilyName><s:FirstName>${firstName}</s:FirstName>${last}`;
}

export function byData(person: Named): string {
  const { gender, birthDate } = person;
  const rest = `<k:Gender>${gender}</k:Gender><k:BirthDate>${birthDate}</k:BirthDate>`;
  return document(KINDS.byData, names(person) + rest);
}

export function byParticulars(person: Named, place?: Partial<BirthPlace>, paper?: IdentityDocument | string): string {
  const { gender, birthDate } = person;
  const part = (name: string, text?: string) => (text === undefined ? '' : `<p:${name}>${text}</p:${name}>`);
  const born = place
    ? `<k:BirthPlace>${part('PlaceType', place.placeType ?? '')}${part('Settlement', place.settlement ?? '')}${part('District', place.district)}${part('Region', place.region)}${part('Country', place.country)}</k:BirthPlace>`
    : '';
  const held = typeof paper === 'string' ? paper : paper === undefined ? '' : paperXml(paper);
  const content = `${names(person)}<k:BirthDate>${birthDate}</k:BirthDate><k:Gender>${gender}</k:Gender>${born}${held}`;
  return document(KINDS.byParticulars, content, ' xmlns:p="http://common.kvs.pfr.com/1.0.0"');
}

export function paperXml({ kind, series, number, issueDate, issuer }: IdentityDocument): string {
  return `<s:${kind}><s:Series>${series}</s:Series><s:Number>${number}</s:Number><s:IssueDate>${issueDate}</s:IssueDate><s:Issuer>${issuer}</s:Issuer></s:${kind}>`;
}

export function validation(person: Numbered, said = true): string {
  const rest = said ? `<k:Gender>${person.gender}</k:Gender><k:BirthDate>${person.birthDate}</k:BirthDate>` : '';
  return document(KINDS.validation, `${names(person)}<k:Snils>${person.snils}</k:Snils>${rest}`);
}

export function experience(person: Numbered, onDay: string): string {
  const rest = `<k:Snils>${person.snils}</k:Snils><k:BirthDate>${person.birthDate}</k:BirthDate><k:OszDate>${onDay}</k:OszDate>`;
  return document(KINDS.experience, names(person) + rest);
}

export function payments(person: Numbered, from: string, months: number): string {
  const rest = `<b:Snils>${person.snils}</b:Snils><b:BirthDate>${person.birthDate}</b:BirthDate><b:Gender>${person.gender}</b:Gender>`;
  const span = `<b:BeginPeriod>${from}</b:BeginPeriod><b:NumberOfMonths>${months}</b:NumberOfMonths>`;
  const more = ' xmlns:b="http://kvs.pfr.com/benefits-common/1.0.0"';
  return document(KINDS.payments, names(person) + rest + span, more);
}

export function delivery(
  messageId: string,
  format: QualifiedName,
  xml: string,
  more: Partial<PartnerDelivery> = {},
): PartnerDelivery {
  return {
    messageId,
    sender: 'FED001',
    senderCodes: [],
    format,
    content: Buffer.from(xml),
    attachments: [],
    road: 'none',
    findings: [],
    test: false,
    acceptedAt: '2026-01-15T09:00:00.000+03:00',
    ...more,
  } as PartnerDelivery;
}

export function messageId(n: number): string {
  return `5f0e0000-0000-1000-8000-${String(n).padStart(12, '0')}`;
}
