import { createHash, X509Certificate } from 'node:crypto';

/** Lower-case hex SHA-256 of the DER certificate: how the registry names it. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** DER of a PEM certificate. */
export function derOf(pem: string): Buffer {
  return new X509Certificate(pem).raw;
}

export interface CertificateVerdict {
  readonly ok: boolean;
  /** Russian, for the caller: which of dates, chain, usage is wrong. */
  readonly text: string;
}

/** Path validation against the roots of the environment: dates of every certificate, signatures, CA flags. */
export class TrustStore {
  readonly #roots: readonly X509Certificate[];
  readonly #issuers = new WeakMap<X509Certificate, X509Certificate | string>();

  constructor(rootsPem: readonly string[]) {
    this.#roots = rootsPem.map((pem) => new X509Certificate(pem));
  }

  /** Whether the certificate is good at `at` (ms since 1970): the text says which of dates and chain is not. */
  judge(certificate: X509Certificate, at: number): CertificateVerdict {
    const dates = judgeDates(certificate, at);
    if (dates !== undefined) return { ok: false, text: dates };
    const issuer = this.#issuerOf(certificate);
    if (typeof issuer === 'string') return { ok: false, text: issuer };
    const rootDates = judgeDates(issuer, at);
    return rootDates === undefined ? { ok: true, text: '' } : { ok: false, text: `Корневой сертификат: ${rootDates}` };
  }

  /** The trusted root that signed it, or what is wrong. Dates apart, this never changes, and verifying it costs a message's whole check. */
  #issuerOf(certificate: X509Certificate): X509Certificate | string {
    let issuer = this.#issuers.get(certificate);
    if (issuer === undefined) {
      issuer = this.#findIssuer(certificate);
      this.#issuers.set(certificate, issuer);
    }
    return issuer;
  }

  #findIssuer(certificate: X509Certificate): X509Certificate | string {
    const root = this.#roots.find((r) => certificate.checkIssued(r) && certificate.verify(r.publicKey));
    if (root === undefined) {
      return `Цепочка сертификата «${nameIn(certificate)}» не ведёт к доверенному корню (издатель: ${oneLine(certificate.issuer)})`;
    }
    return root.ca ? root : 'Издатель не является удостоверяющим центром (basicConstraints)';
  }
}

function judgeDates(certificate: X509Certificate, at: number): string | undefined {
  if (at < Date.parse(certificate.validFrom)) {
    return `Срок действия сертификата ЭП-ОВ ещё не начался: действителен с ${stamp(certificate.validFrom)}`;
  }
  if (at > Date.parse(certificate.validTo)) {
    return `Срок действия сертификата ЭП-ОВ истёк: действителен до ${stamp(certificate.validTo)}`;
  }
  return undefined;
}

function stamp(date: string): string {
  return new Date(Date.parse(date)).toISOString().slice(0, 16).replace('T', ' ');
}

function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}

/** Serial number and subject on one line, for texts that must name a certificate. */
export function nameIn(certificate: X509Certificate): string {
  return `${certificate.serialNumber}, ${oneLine(certificate.subject)}`;
}
