import { X509Certificate } from 'node:crypto';
import { type Words, words } from './in-words.js';
import { judgeTerm } from './judge-term.js';
import { MOST_CERTIFICATES } from './renewal.js';
import type { CallPolicy, Delegation, Participant, Quota } from './snapshot.js';

const MNEMONIC = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;
/** How the gateway signs for itself, as the real system does: deliveries to it are its own. */
const GATEWAY = 'SMEV';
const CODE = /^\d{4}\.\d{6}$/;
/** The standard's bound on NodeID. */
const LONGEST_NODE = 50;

/** What is wrong with one participant by itself. */
export function judgeParticipant(participant: Participant, at: number): readonly Words[] {
  const { mnemonic, certificates, codes, delegations = [], nodes = [], capacity } = participant;
  const say = (ru: string, en: string) => words(`Участник ${mnemonic}: ${ru}`, `Participant ${mnemonic}: ${en}`);
  const wrong: Words[] = [];
  if (!MNEMONIC.test(mnemonic))
    wrong.push(say('мнемоника из букв, цифр, точки, _ и -', 'a mnemonic has letters, digits, dot, _ and -'));
  if (mnemonic === GATEWAY) wrong.push(say('это имя самого шлюза', 'this is the name of the gateway itself'));
  if (participant.name.ru.trim() === '' || participant.name.en.trim() === '')
    wrong.push(say('нужно имя на двух языках', 'a name in both languages is needed'));
  if (participant.mode === 'pull' && certificates.length === 0)
    wrong.push(say('опрашивает очередь, но сертификата нет', 'it polls, but has no certificate'));
  if (certificates.length > MOST_CERTIFICATES)
    wrong.push(say(`сертификатов больше ${MOST_CERTIFICATES}`, `more than ${MOST_CERTIFICATES} certificates`));
  for (const pem of certificates) wrong.push(...judgeCertificate(say, pem, at));
  for (const code of [...codes, ...delegations.map((d) => d.code)])
    if (!CODE.test(code)) wrong.push(say(`код «${code}» не вида NNNN.NNNNNN`, `code “${code}” is not NNNN.NNNNNN`));
  for (const delegation of delegations) wrong.push(...judgeDelegation(mnemonic, delegation));
  for (const node of nodes)
    if (node === '' || node.length > LONGEST_NODE)
      wrong.push(
        say(
          `NodeID «${node}» должен иметь от 1 до ${LONGEST_NODE} знаков`,
          `NodeID “${node}” must have 1 to ${LONGEST_NODE} characters`,
        ),
      );
  if (capacity < 1) wrong.push(say('вместимость очереди меньше 1', 'the capacity is less than 1'));
  return [...wrong, ...judgeQuota(say, participant.quota), ...judgeCalls(say, participant.delivery)];
}

type Say = (ru: string, en: string) => Words;

function judgeCertificate(say: Say, pem: string, at: number): Words[] {
  const read = certificateOf(pem);
  if (read === undefined)
    return [say('сертификат не читается (нужен PEM)', 'a certificate cannot be read (PEM is needed)')];
  if (read.validToDate.getTime() >= at) return [];
  const end = read.validToDate.toISOString();
  const name = read.fingerprint256.replaceAll(':', '').toLowerCase().slice(0, 16);
  return [say(`сертификат ${name}… кончился ${end}`, `certificate ${name}… ended at ${end}`)];
}

function judgeDelegation(mnemonic: string, delegation: Delegation): Words[] {
  const where = words(
    `Делегирование ${delegation.code} участнику ${mnemonic}`,
    `Delegation of ${delegation.code} to ${mnemonic}`,
  );
  const wrong = judgeTerm(where, delegation);
  if (delegation.basis.trim() === '') wrong.push(words(`${where.ru}: нет основания`, `${where.en}: no basis`));
  return wrong;
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

function judgeCalls(say: Say, { concurrency = 1, perSecond = 1, maintenance = [] }: CallPolicy = {}): Words[] {
  const wrong: Words[] = [];
  if (concurrency < 1 || concurrency > 1_000 || perSecond < 1)
    wrong.push(
      say(
        'delivery: concurrency от 1 до 1000, perSecond больше нуля',
        'delivery: concurrency is 1 to 1000, perSecond above zero',
      ),
    );
  for (const { from, until, days = [] } of maintenance)
    if (!TIME_OF_DAY.test(from) || !TIME_OF_DAY.test(until) || days.some((d) => d < 1 || d > 7))
      wrong.push(
        say(
          `delivery: часы без вызовов ${from}–${until}: нужно ЧЧ:ММ и дни 1 (понедельник) … 7`,
          `delivery: hours without calls ${from}–${until}: HH:MM and days 1 (Monday) to 7 are needed`,
        ),
      );
  return wrong;
}

function judgeQuota(say: Say, quota: Quota = {}): Words[] {
  return Object.entries(quota)
    .filter(([, value]) => !Number.isSafeInteger(value) || value < 1)
    .map(([name]) =>
      say(`квота ${name} должна быть целым числом больше нуля`, `quota ${name} must be a whole number above zero`),
    );
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
