/** 10.06.S of every retired version, written by us: one fact with everything a version has, and the events it knows. */

export const OLD_VERSIONS = ['1.0.2', '1.0.3', '1.0.4', '1.0.5', '1.0.6', '1.0.7', '1.0.8'] as const;
export type OldVersion = (typeof OLD_VERSIONS)[number];

/** package-RAF, assignment-fact, prsn-info, basic of documents and addresses, prsn-basis. */
const TYPES: Readonly<Record<OldVersion, readonly [string, string, string, string, string]>> = {
  '1.0.2': ['1.0.3', '1.0.3', '1.0.3', '1.0.4', ''],
  '1.0.3': ['1.0.4', '1.0.4', '1.0.3', '1.0.4', ''],
  '1.0.4': ['1.0.5', '1.0.5', '1.0.3', '1.0.4', ''],
  '1.0.5': ['1.0.6', '1.0.6', '1.0.3', '1.0.4', ''],
  '1.0.6': ['1.0.7', '1.0.6', '1.0.3', '1.0.4', ''],
  '1.0.7': ['1.0.8', '1.0.7', '1.0.3', '1.0.4', '1.0.1'],
  '1.0.8': ['1.0.9', '1.0.8', '1.0.4', '1.0.8', '1.0.2'],
};

/** What a version calls the parts of a fact: the versions up to 1.0.2 wrote other names. */
function names(version: OldVersion) {
  const old = version === '1.0.2';
  return (name: string): string => (old ? (FIRST_NAMES[name] ?? name) : name);
}

const FIRST_NAMES: Readonly<Record<string, string>> = {
  packageId: 'packageID',
  oszCode: 'OSZCode',
  mszReceiver: 'MSZ_receiver',
  reasonPersons: 'reason_persons',
  lmszId: 'LMSZID',
  categoryId: 'categoryID',
  decisionDate: 'decision_date',
  issueDate: 'issue_date',
  startDate: 'start_date',
  finishDate: 'finish_date',
  assignmentInfo: 'assignment_info',
  naturalForm: 'natural_form',
  monetaryForm: 'monetary_form',
  okeiCode: 'OKEICode',
};

export type OldForm = 'monetary' | 'natural' | 'exemption' | 'service';

export interface OldFacts {
  readonly form?: OldForm;
  /** Need criteria in words, where the version has a place for them. */
  readonly criteria?: string;
  /** Put before the end of `elements`. */
  readonly more?: string;
  readonly facts?: number;
}

/** The first of them; the others count on. */
export const FACT_ID = '35905ecc-c283-4675-96d7-000000000000';

/** Valid under the version it claims to be of; in 1.0.2 and 1.0.3 with the instant of the last change, which they ask for. */
export function oldFacts(
  version: OldVersion,
  { form = 'monetary', criteria, more = '', facts = 1 }: OldFacts = {},
): string {
  const [p, f, i, b, r] = TYPES[version];
  const of = (name: string, v: string) => `urn://egisso-ru/types/${name}/${v}`;
  const basis = r === '' ? '' : ` xmlns:r="${of('prsn-basis', r)}"`;
  const name = names(version);
  const each = Array.from({ length: facts }, (_, n) =>
    fact(version, `${FACT_ID.slice(0, -4)}${String(n).padStart(4, '0')}`, form, criteria),
  );
  return `<m:data xmlns:m="urn://egisso-ru/msg/10.06.S/${version}" xmlns:p="${of('package-RAF', p)}" xmlns:f="${of('assignment-fact', f)}"
  xmlns:i="${of('prsn-info', i)}" xmlns:b="${of('basic', b)}" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1"${basis}>
<p:package>
<p:${name('packageId')}>e30bf807-36f8-4f29-8b1f-ca1f10cc8969</p:${name('packageId')}>
<p:elements>
${each.join('\n')}${more}
</p:elements>
</p:package>
</m:data>`;
}

const since = (version: OldVersion, first: OldVersion): boolean =>
  OLD_VERSIONS.indexOf(version) >= OLD_VERSIONS.indexOf(first);

function fact(version: OldVersion, id: string, form: OldForm, criteria: string | undefined): string {
  const name = names(version);
  const f = (local: string, value: string) => `<f:${name(local)}>${value}</f:${name(local)}>`;
  const first = since(version, '1.0.4')
    ? ''
    : `<f:${version === '1.0.2' ? 'ID' : 'id'}>${id}</f:${version === '1.0.2' ? 'ID' : 'id'}>\n`;
  const last = since(version, '1.0.4')
    ? `<p:uuid>${id}</p:uuid>`
    : '<p:lastChanging>2018-05-04T10:11:12Z</p:lastChanging>';
  return `<p:fact>
${first}${f('oszCode', '0040.000001')}
${f('mszReceiver', person('05686067192', 'Миронов', 'Male'))}
${f('reasonPersons', reason(version))}
${f('lmszId', 'c3cbbd4c-3cca-486e-912c-9971d100ef3e')}${since(version, '1.0.3') ? f('lmszProviderCode', '0041.000002') : ''}
${f('categoryId', '823a390c-13ef-4484-bbf6-6a5844891d11')}
${f('decisionDate', '2019-04-30+04:00')}${f('dateStart', '2019-05-01')}${f('dateFinish', '2030-05-01Z')}
${f('documents', f('document', `${f('title', 'Справка &amp; копия')}${f('series', 'АА')}${f('number', '17-б')}${f('issueDate', '2019-01-02')}${f('authority', ' Отдел &lt;7&gt; ')}${f('startDate', '2019-01-03')}${f('finishDate', '2031-01-03')}`))}
<f:needsCriteria><f:usingSign>true</f:usingSign>${needs(version, criteria)}</f:needsCriteria>
${f('assignmentInfo', amount(version, form))}
${last}</p:fact>`;
}

function needs(version: OldVersion, criteria: string | undefined): string {
  if (since(version, '1.0.5'))
    return '<f:needsCriteria><f:needsCriteriaCode>001</f:needsCriteriaCode></f:needsCriteria>';
  return criteria === undefined ? '' : `<f:criteria>${criteria}</f:criteria>`;
}

function reason(version: OldVersion): string {
  const inner = `<i:prsnInfo>${person('87759460892', 'Миронова', 'Female')}</i:prsnInfo>`;
  if (!since(version, '1.0.7')) return inner;
  return `<r:basisPerson>${inner}<r:kinshipTypeCode>0120011</r:kinshipTypeCode></r:basisPerson>`;
}

function person(snils: string, family: string, gender: string): string {
  return (
    `<i:SNILS>${snils}</i:SNILS>\n<c:FamilyName>${family}</c:FamilyName><c:FirstName>Ким</c:FirstName>\n<i:Gender>${gender}</i:Gender>` +
    `<i:BirthDate>1954-10-10+04:00</i:BirthDate><i:Citizenship>643</i:Citizenship>\n<i:IdentityDoc><b:PassportRF><b:Series>4415</b:Series>` +
    `<b:Number>564123</b:Number><b:IssueDate>2019-04-01</b:IssueDate><b:Issuer>Отдел №1</b:Issuer></b:PassportRF></i:IdentityDoc>\n` +
    `<i:Address><i:ActualResidence><b:OKSMCode>643</b:OKSMCode><b:City>Москва</b:City></i:ActualResidence></i:Address>`
  );
}

function amount(version: OldVersion, form: OldForm): string {
  const name = names(version);
  if (form === 'monetary')
    return `<f:${name('monetaryForm')}><f:amount>14506,00</f:amount></f:${name('monetaryForm')}>`;
  const around = form === 'natural' ? name('naturalForm') : `${form}Form`;
  const upper = version === '1.0.2' || (form === 'service' && version !== '1.0.3');
  const unit = upper ? 'OKEICode' : 'okeiCode';
  const own = form === 'exemption' ? '<f:monetization>false</f:monetization>' : '<f:content>Дрова</f:content>';
  return `<f:${around}><f:amount>2.5</f:amount><f:${unit}>796</f:${unit}>${own}<f:comment>за год</f:comment><f:equivalentAmount>100.50</f:equivalentAmount></f:${around}>`;
}
