/** Packages made up for tests: a small format of a made-up agency, and ways to break it. */
import { strToU8 } from 'fflate';
import {
  type CatalogueData,
  isRefused,
  judgePackage,
  type PublishPlan,
  type Refusal,
} from '../../../src/formats/index.js';
import type { SecondOpinion } from '../../../src/ports/index.js';

export const NAMESPACE = 'urn://x-artefacts-forest-permits/root/700-01/1.0.0';

export function schema(target: string, body: string, more = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${target}" ${more} targetNamespace="${target}" elementFormDefault="qualified">
${body}
</xs:schema>`;
}

export const TYPES_NAMESPACE = 'urn://x-artefacts-forest-permits/types/1.0.0';
export const TYPES = schema(
  TYPES_NAMESPACE,
  `<xs:simpleType name="digits11"><xs:restriction base="xs:string"><xs:pattern value="\\d{11}"/></xs:restriction></xs:simpleType>`,
);

/** Request and response, a person in the request, an import. */
export function permits(version = '1.0.0', extra = '', location = 'types/permit-types.xsd'): string {
  const target = NAMESPACE.replace('1.0.0', version);
  return schema(
    target,
    `<xs:import namespace="${TYPES_NAMESPACE}" schemaLocation="${location}"/>
<xs:element name="PermitRequest">
  <xs:annotation><xs:documentation xml:lang="ru">Запрос разрешения на рубку</xs:documentation></xs:annotation>
  <xs:complexType><xs:sequence>
    <xs:element name="applicant"><xs:complexType><xs:sequence>
      <xs:element name="Snils" type="c:digits11"/>
      <xs:element name="FamilyName" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="plot" type="xs:string"/>${extra}
  </xs:sequence></xs:complexType>
</xs:element>
<xs:element name="PermitResponse"><xs:complexType><xs:sequence>
  <xs:element name="permit" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>`,
    `xmlns:c="${TYPES_NAMESPACE}"`,
  );
}

export function permitRequest(version = '1.0.0', extra = ''): string {
  const target = NAMESPACE.replace('1.0.0', version);
  return `<p:PermitRequest xmlns:p="${target}"><p:applicant><p:Snils>11223344595</p:Snils><p:FamilyName>Берёзов</p:FamilyName></p:applicant><p:plot>7-14</p:plot>${extra}</p:PermitRequest>`;
}

export type Contents = Readonly<Record<string, string | Uint8Array>>;

export const PERMITS: Contents = {
  'permits-1.0.0.xsd': permits(),
  'types/permit-types.xsd': TYPES,
  'samples/request.xml': permitRequest(),
};

export function filesOf(contents: Contents): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(contents).map(([path, c]) => [path, typeof c === 'string' ? strToU8(c) : c]));
}

export const NOTHING: CatalogueData = { formats: [], schemas: {} };

export async function planOf(
  contents: Contents,
  inForce: CatalogueData = NOTHING,
  options: { asTest?: boolean } = {},
  second?: SecondOpinion,
): Promise<PublishPlan> {
  const plan = await judgePackage(filesOf(contents), inForce, options, second);
  if (isRefused(plan)) throw new Error(plan.refusals.map((r) => r.ru).join('\n'));
  return plan;
}

export async function refusalsOf(contents: Contents, inForce: CatalogueData = NOTHING): Promise<readonly Refusal[]> {
  const plan = await judgePackage(filesOf(contents), inForce);
  return isRefused(plan) ? plan.refusals : [];
}

/** What a plan's artefact holds. */
export function dataOf({ artefact }: PublishPlan): CatalogueData {
  return JSON.parse(Buffer.from(artefact?.bytes ?? '{"formats":[],"schemas":{}}').toString()) as CatalogueData;
}
