import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v1 as uuidv1, v4 as uuidv4 } from 'uuid';
import { createCryptoProvider } from '../src/drivers/crypto-openssl/index.js';
import { operation, requestData, type WireBody } from '../src/envelope/index.js';
import { signElement, signerFromPem } from '../src/signature/index.js';

const NAMESPACE = 'urn://egisso-ru/msg/10.13.I/2.0.0';
/** The format the load is made of, and who it is routed to: a participant that polls. */
export const ROUTED = `{${NAMESPACE}}requestPackage`;
export const RECIPIENT = 'ZAGS';

/** SNILS with right control numbers, used in turn. */
const PEOPLE = ['11223344595', '05686067192', '07056788083', '11737784886', '64003696972'];

/** `count` signed SendRequests (1.2, RSA-2048 SHA-256) whose content is about `size` bytes long; each with its own MessageID. */
export async function signedRequests(certificates: string, count: number, size: number): Promise<WireBody[]> {
  const read = (file: string) => readFileSync(join(certificates, 'FED001', file), 'utf8');
  const signer = signerFromPem({
    certificatePem: read('rsa.cert.pem'),
    privateKeyPem: read('rsa.key.pem'),
    provider: createCryptoProvider(),
  });
  const messages: WireBody[] = [];
  for (let i = 0; i < count; i++) {
    const signed = requestData('1.2', { messageId: uuidv1(), content: content(size) }, 'SIGNED_BY_CONSUMER');
    messages.push(
      operation('1.2', 'SendRequest', { signed, signature: await signElement(signed, 'SIGNED_BY_CONSUMER', signer) }),
    );
  }
  return messages;
}

/** A 10.13.I package grown by questions, at most the 50 its schema allows. */
export function content(size: number): string {
  let questions = '';
  for (let i = 0; (i === 0 || questions.length < size - 800) && i < 50; i++)
    questions += question(PEOPLE[i % PEOPLE.length]!);
  return `<q:requestPackage xmlns:q="${NAMESPACE}" xmlns:r="urn://egisso-ru/types/prsn-request/2.0.0" xmlns:b="urn://egisso-ru/types/basic/2.2.0"><q:packageUid>${uuidv4()}</q:packageUid><q:elements>${questions}</q:elements></q:requestPackage>`;
}

function question(snils: string): string {
  return (
    `<r:requestData><r:requestUid>${uuidv4()}</r:requestUid><r:person><b:snils>${snils}</b:snils></r:person>` +
    '<r:assignments><r:assignmentsInclude>true</r:assignmentsInclude><r:pdfInclude>false</r:pdfInclude></r:assignments>' +
    '<r:obligations><r:obligationsInclude>false</r:obligationsInclude></r:obligations><r:incomesInclude>false</r:incomesInclude>' +
    '<r:assigneeInclude>false</r:assigneeInclude><r:disabilityInclude>false</r:disabilityInclude><r:experienceInclude>false</r:experienceInclude>' +
    '<r:jobInclude>false</r:jobInclude><r:reportPeriod><r:beginDate>2020-01-01</r:beginDate><r:endDate>2025-12-31</r:endDate></r:reportPeriod>' +
    '<r:requesterInfo><r:serviceTitle>Назначение ежемесячной денежной выплаты</r:serviceTitle><r:npaInfo>часть 1 статьи 6.9 Федерального закона</r:npaInfo>' +
    '<r:personInfo>Смирнова А. П., главный специалист, (495) 000-00-00</r:personInfo></r:requesterInfo></r:requestData>'
  );
}
