/**
 * Certificates for development and the sandbox: an RSA and a GOST root, an identity of each for every participant, the
 * gateway's own EC and GOST ones.
 * Never for production: their private keys lie in plain files. See README.md beside this file.
 */
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Subject, signedParts } from './certificate.js';
import { type Identity, issueIdentity } from './issue.js';
import { type KeyKind, keyFrom } from './key.js';

export { type Identity, type IssueOptions, issueIdentity } from './issue.js';
export type { KeyKind } from './key.js';

/** Mnemonics of the sandbox with the organisations their certificates name. */
export const DEV_PARTICIPANTS: Readonly<Record<string, string>> = {
  REG001: 'Региональная система социальной защиты',
  FED001: 'Федеральное ведомство',
  EGISSO: 'Единая государственная система социального обеспечения',
  PFR: 'Пенсионный фонд',
  FRI: 'Федеральный реестр инвалидов',
  EPGU: 'Портал государственных услуг',
  MSE001: 'Бюро медико-социальной экспертизы',
  FSS: 'Фонд социального страхования',
  ZAGS: 'Орган записи актов гражданского состояния',
};

/** What lies in the folder after `generateDevCertificates`. */
export interface DevCertificates {
  /** PEM of the roots. */
  readonly roots: readonly string[];
  /** Mnemonic → PEM certificates, as participants register them. */
  readonly certificates: ReadonlyMap<string, readonly string[]>;
  /** ECDSA P-256. */
  readonly gateway: Identity;
  readonly gatewayGost: Identity;
  /** Names of the identities made by this call, `NAME/gost` for GOST; empty when all were there and valid. */
  readonly created: readonly string[];
}

interface Place {
  readonly folder: string;
  readonly kind: KeyKind;
  readonly subject: Subject;
}

/** A certificate this close to its end is made anew: a sandbox must not die overnight. */
const RENEW_BEFORE_MS = 7 * 24 * 3600 * 1000;

function subjectOf(name: string, organisation: string): Subject {
  return { cn: name, organisation: `${organisation} (тестовый)` };
}

/**
 * Makes what is missing in `dir` and keeps what is valid: `ca/{rsa,gost}`, `<MNEMONIC>/{rsa,gost}`, `gateway/{ec,gost}`, each
 * `.key.pem` (PKCS#8, mode 0600) and `.cert.pem`. A new root makes every identity under it anew. Two calls at once on one folder
 * are not supported: the gateway holds its data folder exclusively.
 */
export async function generateDevCertificates(dir: string, at: Date = new Date()): Promise<DevCertificates> {
  const created: string[] = [];
  const ensure = async (place: Place, issuer?: Identity): Promise<Identity> => {
    const kept = await readIdentity(place, issuer, at);
    if (kept !== undefined) return kept;
    const made = await issueIdentity(place.subject, { kind: place.kind, ...(issuer && { issuer }) });
    await writeIdentity(place, made);
    created.push(place.kind === 'gost' ? `${place.subject.cn}/gost` : place.subject.cn);
    return made;
  };
  const rootOf = (kind: 'rsa' | 'gost', cn: string) =>
    ensure({ folder: join(dir, 'ca'), kind, subject: subjectOf(cn, 'Удостоверяющий центр') });
  const root = await rootOf('rsa', 'Корневой сертификат разработки');
  const gostRoot = await rootOf('gost', 'Корневой сертификат разработки ГОСТ');
  const participants = Object.entries(DEV_PARTICIPANTS).map(async ([mnemonic, organisation]) => {
    const place = { folder: join(dir, mnemonic), subject: subjectOf(mnemonic, organisation) };
    const identities = await Promise.all([
      ensure({ ...place, kind: 'rsa' }, root),
      ensure({ ...place, kind: 'gost' }, gostRoot),
    ]);
    return [mnemonic, identities.map((i) => i.certificatePem)] as const;
  });
  const own = { folder: join(dir, 'gateway'), subject: subjectOf('smev-gateway', 'Шлюз межведомственного обмена') };
  return {
    roots: [root.certificatePem, gostRoot.certificatePem],
    certificates: new Map(await Promise.all(participants)),
    gateway: await ensure({ ...own, kind: 'ec' }, root),
    gatewayGost: await ensure({ ...own, kind: 'gost' }, gostRoot),
    created,
  };
}

function paths(place: Place): { key: string; certificate: string } {
  return {
    key: join(place.folder, `${place.kind}.key.pem`),
    certificate: join(place.folder, `${place.kind}.cert.pem`),
  };
}

/** The identity on disk when it is whole: readable, a pair, within its dates, issued by `issuer`; otherwise undefined. */
async function readIdentity(place: Place, issuer: Identity | undefined, at: Date): Promise<Identity | undefined> {
  const { key, certificate } = paths(place);
  if (!existsSync(key) || !existsSync(certificate)) return undefined;
  const privateKeyPem = await readFile(key, 'utf8');
  const certificatePem = await readFile(certificate, 'utf8');
  try {
    const x509 = new X509Certificate(certificatePem);
    const own = keyFrom(privateKeyPem);
    const issuedBy = issuer === undefined ? own : keyFrom(issuer.privateKeyPem);
    const { octets, signature } = signedParts(x509.raw);
    const whole =
      octets.includes(own.spki) &&
      issuedBy.verify(octets, signature) &&
      x509.validFromDate <= at &&
      x509.validToDate.getTime() > at.getTime() + RENEW_BEFORE_MS;
    return whole ? { subject: place.subject, certificatePem, privateKeyPem } : undefined;
  } catch {
    return undefined;
  }
}

/** The certificate goes last: a crash before it leaves a key without certificate, which the next run replaces. */
async function writeIdentity(place: Place, identity: Identity): Promise<void> {
  const { key, certificate } = paths(place);
  await mkdir(place.folder, { recursive: true });
  await rm(certificate, { force: true });
  await replaceFile(key, identity.privateKeyPem, 0o600);
  await replaceFile(certificate, identity.certificatePem, 0o644);
}

async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode });
  await rename(`${path}.new`, path);
}
