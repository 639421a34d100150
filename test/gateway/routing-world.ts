/** One gateway with formats of our own for every way a request can go: by name, by code, by rout:Routing, by subscription. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { generateDevCertificates, type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { createClient, isFailure, type ReceivedRequest, type ReceivedResponse } from '../../src/client/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import {
  NAMESPACES,
  operation,
  type RoutingToSend,
  requestData,
  routingElement,
  routingInformation,
} from '../../src/envelope/index.js';
import { Catalogue, type Format } from '../../src/formats/index.js';
import type { Version } from '../../src/message/index.js';
import type { Participant, Snapshot } from '../../src/participants/index.js';
import { fingerprintOf, type Signer, signElement, signerFromPem } from '../../src/signature/index.js';
import { polling } from './pull-world.js';
import type { Sender } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

export const provider = createCryptoProvider();
export const KINDS = ['plain', 'coded', 'directive', 'personal', 'news'] as const;
export type Kind = (typeof KINDS)[number];
export const namespaceOf = (kind: Kind) => `urn://test-ru/${kind}/1.0`;
export const formatOf = (kind: Kind) => `{${namespaceOf(kind)}}ask`;
export const DIRECTIVE = NAMESPACES['1.3'].directive!;

const format = (kind: Kind): Format => ({
  id: kind,
  version: '1.0',
  family: 'test',
  namespace: namespaceOf(kind),
  title: { ru: kind, en: kind },
  roots: kind === 'news' ? { request: 'ask' } : { request: 'ask', response: 'answer' },
  entry: `test/${kind}.xsd`,
  state: 'active',
  carries: [],
  persons: [],
  personal: [],
  ...(kind === 'coded' && { routingCode: 'ask/head/RoutingCode' }),
  ...((kind === 'directive' || kind === 'personal') && { exchange: 'directive' as const }),
  ...(kind === 'news' && { exchange: 'broadcast' as const }),
  rules: { gateway: [], registry: [] },
});

const schema = (kind: Kind) => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespaceOf(kind)}"
  targetNamespace="${namespaceOf(kind)}" elementFormDefault="qualified">
  <xs:complexType name="Head"><xs:sequence><xs:element name="RoutingCode" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Ask"><xs:sequence>
    <xs:element name="head" type="Head" minOccurs="0"/><xs:element name="text" type="xs:string"/>
    <xs:any namespace="##other" processContents="skip" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:element name="ask" type="Ask"/>
  <xs:element name="answer" type="xs:string"/>
</xs:schema>`;

const catalogue = ({ data }: Catalogue) =>
  new Catalogue({
    formats: [...data.formats, ...KINDS.map(format)],
    schemas: { ...data.schemas, ...Object.fromEntries(KINDS.map((kind) => [`test/${kind}.xsd`, schema(kind)])) },
  });

export const ask = (
  kind: Kind,
  { code, inside = '', text = 'вопрос' }: { code?: string; inside?: string; text?: string } = {},
) =>
  `<n:ask xmlns:n="${namespaceOf(kind)}">${code === undefined ? '' : `<n:head><n:RoutingCode>${code}</n:RoutingCode></n:head>`}<n:text>${text}</n:text>${inside}</n:ask>`;
export const answer = (kind: Kind, text: string) => `<n:answer xmlns:n="${namespaceOf(kind)}">${text}</n:answer>`;
export const registry = (...records: string[]) => `<d:Registry xmlns:d="${DIRECTIVE}">${records.join('')}</d:Registry>`;

/** One RegistryRecord: signed by a system, by persons, or by nobody. */
export async function record(
  id: number,
  {
    system,
    persons = [],
    change = (xml: string) => xml,
  }: { system?: Signer; persons?: Signer[]; change?: (xml: string) => string } = {},
): Promise<string> {
  const content = `<d:RecordContent xmlns:d="${DIRECTIVE}" Id="content-${id}"><r:data xmlns:r="urn://test-ru/record">запись ${id}</r:data></d:RecordContent>`;
  const personal = await Promise.all(persons.map((p) => signElement(content, `content-${id}`, p)));
  const blocks = personal.map((s) => `<d:PersonalSignature>${s}</d:PersonalSignature>`).join('');
  const whole = `<d:Record xmlns:d="${DIRECTIVE}" Id="record-${id}">${content}${blocks}</d:Record>`;
  const signature =
    system === undefined
      ? ''
      : `<d:RecordSignature>${await signElement(whole, `record-${id}`, system)}</d:RecordSignature>`;
  return `<d:RegistryRecord xmlns:d="${DIRECTIVE}"><d:RecordId>${id}</d:RecordId>${change(whole)}${signature}</d:RegistryRecord>`;
}

export interface RoutingWorld extends TestGateway {
  readonly people: Readonly<Record<'named' | 'other' | 'former', Signer>>;
  /** Its certificate is in no registry. */
  readonly stranger: Signer;
  client(mnemonic: string, version?: Version): ReturnType<typeof createClient>;
  /** A wire-level SendRequest whose Routing can be anything. */
  wire(
    sender: Sender,
    content: string,
    routing?: string | RoutingToSend,
    more?: { version?: Version; messageId?: string; nodeId?: string },
  ): Promise<{ contentType: string; body: Buffer; messageId: string }>;
  /** Takes and confirms everything in a mailbox of requests, or of responses. */
  requests(mnemonic: string, version?: Version): Promise<ReceivedRequest[]>;
  responses(mnemonic: string, version?: Version): Promise<ReceivedResponse[]>;
}

export async function routingWorld(
  change: (p: Participant) => Partial<Participant> = () => ({}),
): Promise<RoutingWorld> {
  const folder = newFolder();
  const certificates = join(folder, 'certs-dev');
  await generateDevCertificates(certificates);
  const read = (owner: string, file: string) => readFileSync(join(certificates, owner, file), 'utf8');
  const root: Identity = {
    subject: { cn: 'Корневой сертификат разработки', organisation: 'Удостоверяющий центр (тестовый)' },
    certificatePem: read('ca', 'rsa.cert.pem'),
    privateKeyPem: read('ca', 'rsa.key.pem'),
  };
  const issue = async (cn: string, options: Parameters<typeof issueIdentity>[1] = {}) =>
    signerFromPem({ ...(await issueIdentity({ cn, organisation: 'Отдел' }, { issuer: root, ...options })), provider });
  const hour = 3_600_000;
  const ended = { notBefore: new Date(Date.now() - 48 * hour), notAfter: new Date(Date.now() - hour) };
  const people = { named: await issue('Иванов'), other: await issue('Петров'), former: await issue('Сидоров', ended) };
  const named = fingerprintOf(Buffer.from(people.named.certificate, 'base64'));
  const snapshot = (plain: Snapshot): Snapshot => ({
    ...plain,
    participants: polling(plain, 'PFR').participants.map((p) => ({ ...p, ...change(p) })),
    routes: [
      ...plain.routes,
      ...KINDS.filter((kind) => kind !== 'news').flatMap((kind) => [
        { format: formatOf(kind), recipient: 'PFR' },
        { format: formatOf(kind), recipient: 'ZAGS', by: { dynamic: '77' } },
        { format: formatOf(kind), recipient: 'FSS', by: { identifier: 'север' } },
      ]),
    ],
    rights: [
      ...plain.rights,
      ...KINDS.map((kind) => ({
        participant: 'FED001',
        format: formatOf(kind),
        ...(kind === 'news' && { operation: 'broadcast' as const }),
        ...(kind === 'personal' && { personal: [named] }),
      })),
      { participant: 'REG001', format: formatOf('directive') },
    ],
    subscriptions: ['PFR', 'ZAGS', 'FSS'].map((participant) => ({ participant, format: formatOf('news') })),
  });
  const gateway = await testGateway({ threads: 1, snapshot, catalogue }, folder);
  const client: RoutingWorld['client'] = (mnemonic, version = '1.3') =>
    createClient({
      url: gateway.url,
      version,
      certificatePem: read(mnemonic, 'rsa.cert.pem'),
      privateKeyPem: read(mnemonic, 'rsa.key.pem'),
      provider,
      gatewayCertificatesPem: [read('gateway', 'ec.cert.pem')],
    });
  const drain = async <T extends { messageId: string }>(
    mnemonic: string,
    version: Version,
    poll: 'getRequest' | 'getResponse',
  ) => {
    const found: T[] = [];
    const who = client(mnemonic, version);
    for (;;) {
      const got = await who[poll]();
      if (got === undefined) return found;
      if (isFailure(got)) throw new Error(JSON.stringify(got));
      found.push(got as unknown as T);
      expect(await who.ack(got.messageId)).to.equal(undefined);
      // The same millisecond signs to the same poll, which never gets a second answer.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  return {
    ...gateway,
    people,
    stranger: await issue('Никому не известный'),
    client,
    wire: async (sender, content, routing, { version = '1.3', messageId = uuidv1(), nodeId } = {}) => {
      const id = 'SIGNED_BY_CALLER';
      const signed = requestData(version, { messageId, content, ...(nodeId !== undefined && { nodeId }) }, id);
      const signature = await signElement(signed, id, sender.signer);
      const made = typeof routing === 'object' ? await signedRouting(sender.signer, messageId, routing) : routing;
      return { ...operation(version, 'SendRequest', { signed, signature, routing: made }), messageId };
    },
    requests: (mnemonic, version = '1.3') => drain<ReceivedRequest>(mnemonic, version, 'getRequest'),
    responses: (mnemonic, version = '1.3') => drain<ReceivedResponse>(mnemonic, version, 'getResponse'),
  };
}

/** rout:Routing as an honest sender makes it. */
export async function signedRouting(signer: Signer, messageId: string, routing: RoutingToSend): Promise<string> {
  const information = routingInformation(messageId, routing, 'ROUTING');
  return routingElement(information, await signElement(information, 'ROUTING', signer));
}
