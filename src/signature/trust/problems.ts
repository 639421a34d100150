import type { Certificate, Revoked } from './asn1/index.js';
import type { TrustCode, TrustProblem } from './verdict.js';

/** Texts of what is wrong: Russian for the caller, English for the operator's log; each names the certificate meant. */
function problem(code: TrustCode, text: string, textEn: string): TrustProblem {
  return { code, text, textEn };
}

/** The serial number as `openssl x509 -serial` shows it, and every other fault of the gateway. */
export function serialOf({ serial }: Certificate): string {
  return serial.replace(/^00(?=..)/, '').toUpperCase();
}

function named(c: Certificate): string {
  return `${serialOf(c)}, ${c.subject.text}`;
}

/** `2030-12-31 08:30`, UTC. */
export function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

export const unreadable = (why: string) =>
  problem('unreadable', `Сертификат не читается: ${why}`, `The certificate cannot be read: ${why}`);

export const notYetValid = (c: Certificate, owner: Owner) =>
  problem(
    'not-yet-valid',
    `Срок действия ${owner.ru} ещё не начался: действителен с ${stamp(c.notBefore)}`,
    `${owner.en} is not valid before ${stamp(c.notBefore)}`,
  );

export const expired = (c: Certificate, owner: Owner) =>
  problem(
    'expired',
    `Срок действия ${owner.ru} истёк: действителен до ${stamp(c.notAfter)}`,
    `${owner.en} expired at ${stamp(c.notAfter)}`,
  );

export interface Owner {
  readonly ru: string;
  readonly en: string;
}

export function ownerOf(c: Certificate, place: number, length: number): Owner {
  if (place === 0) return { ru: 'сертификата ЭП-ОВ', en: 'The signing certificate' };
  if (place === length - 1) return { ru: `корневого сертификата (${named(c)})`, en: `The root (${named(c)})` };
  return { ru: `сертификата УЦ (${named(c)})`, en: `The authority's certificate (${named(c)})` };
}

export const noChain = (c: Certificate) =>
  problem(
    'no-chain',
    `Цепочка сертификата «${named(c)}» не ведёт к доверенному корню (издатель: ${c.issuer.text})`,
    `No chain from «${named(c)}» to a trusted root (issuer: ${c.issuer.text})`,
  );

export const badSignature = (c: Certificate) =>
  problem(
    'bad-signature',
    `Подпись издателя под сертификатом «${named(c)}» неверна (издатель: ${c.issuer.text})`,
    `The issuer's signature of «${named(c)}» is wrong (issuer: ${c.issuer.text})`,
  );

export const algorithm = (c: Certificate) =>
  problem(
    'algorithm',
    `Сертификат «${named(c)}» подписан алгоритмом или ключом вне профиля (${c.signed.algorithm})`,
    `«${named(c)}» is signed by an algorithm or key outside the profile (${c.signed.algorithm})`,
  );

export const notAnAuthority = (c: Certificate) =>
  problem(
    'not-an-authority',
    `Издатель не является удостоверяющим центром (basicConstraints): ${named(c)}`,
    `The issuer is no certification authority (basicConstraints): ${named(c)}`,
  );

export const pathLength = (c: Certificate) =>
  problem(
    'path-length',
    `Цепочка длиннее дозволенной издателем (pathLenConstraint): ${named(c)}`,
    `The chain is longer than its issuer permits (pathLenConstraint): ${named(c)}`,
  );

export const keyUsage = (c: Certificate, bit: string) =>
  problem(
    'key-usage',
    `Ключ сертификата «${named(c)}» не предназначен для этого (keyUsage без ${bit})`,
    `The key of «${named(c)}» is not for this use (keyUsage without ${bit})`,
  );

export const extendedKeyUsage = (c: Certificate) =>
  problem(
    'extended-key-usage',
    `Сертификат «${named(c)}» выпущен для другого применения (extKeyUsage: ${c.extendedKeyUsage?.join(', ')})`,
    `«${named(c)}» was issued for another use (extKeyUsage: ${c.extendedKeyUsage?.join(', ')})`,
  );

export const nameConstraints = (c: Certificate, which: string) =>
  problem(
    'name-constraints',
    `Имя в сертификате «${named(c)}» вне дозволенного издателем (nameConstraints): ${which}`,
    `A name in «${named(c)}» is outside what its issuer may certify (nameConstraints): ${which}`,
  );

export const unknownCritical = (c: Certificate) =>
  problem(
    'unknown-critical-extension',
    `В сертификате «${named(c)}» критическое расширение, которого шлюз не знает: ${c.unknownCritical.join(', ')}`,
    `«${named(c)}» holds a critical extension the gateway does not know: ${c.unknownCritical.join(', ')}`,
  );

export const revoked = (c: Certificate, { at, reason }: Revoked) =>
  problem(
    'revoked',
    `Сертификат «${named(c)}» отозван ${stamp(at)} (причина: ${REASONS[reason]?.[0] ?? reason})`,
    `«${named(c)}» was revoked at ${stamp(at)} (reason: ${REASONS[reason]?.[1] ?? reason})`,
  );

export const revocationUnknown = (c: Certificate, why: Owner) =>
  problem(
    'revocation-unknown',
    `Нельзя проверить, не отозван ли сертификат «${named(c)}»: ${why.ru}`,
    `Whether «${named(c)}» is revoked cannot be told: ${why.en}`,
  );

export const revocationStale = (c: Certificate, end: number, grace: number) =>
  problem(
    'revocation-stale',
    `Сведения об отзыве сертификата «${named(c)}» просрочены с ${stamp(end)}, принимаются до ${stamp(end + grace)}`,
    `Revocation data of «${named(c)}» ran out at ${stamp(end)}, lived on until ${stamp(end + grace)}`,
  );

export const revocationUnchecked = (c: Certificate) =>
  problem(
    'revocation-unchecked',
    `Отзыв сертификата «${named(c)}» не проверялся: для его издателя нет ни списка отзыва, ни ответа OCSP`,
    `Revocation of «${named(c)}» was not checked: its issuer has neither list nor OCSP answer here`,
  );

/** CRLReason of RFC 5280 §5.3.1. */
const REASONS: Readonly<Record<number, readonly [string, string]>> = {
  0: ['не указана', 'unspecified'],
  1: ['компрометация ключа', 'keyCompromise'],
  2: ['компрометация УЦ', 'cACompromise'],
  3: ['смена принадлежности', 'affiliationChanged'],
  4: ['сертификат заменён', 'superseded'],
  5: ['прекращение деятельности', 'cessationOfOperation'],
  6: ['приостановлен', 'certificateHold'],
  9: ['прекращение полномочий', 'privilegeWithdrawn'],
  10: ['компрометация центра атрибутов', 'aACompromise'],
};
