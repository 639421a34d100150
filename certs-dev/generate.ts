/**
 * Certificates for development and the sandbox: one root, one RSA identity a participant, the gateway's own EC one.
 * Never for production: their private keys lie in plain files. See README.md beside this file.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Subject } from './certificate.js';
import { type Identity, issueIdentity, type KeyKind } from './issue.js';

export { type Identity, type IssueOptions, issueIdentity, type KeyKind } from './issue.js';

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
  readonly gateway: Identity;
  /** Names of the identities made by this call; empty when all were there and valid. */
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
 * Makes what is missing in `dir` and keeps what is valid: `ca/rsa`, `<MNEMONIC>/rsa`, `gateway/ec`, each `.key.pem`
 * (PKCS#8, mode 0600) and `.cert.pem`. A new root makes every other identity anew. Two calls at once on one folder
 * are not supported: the gateway holds its data folder exclusively.
 */
export async function generateDevCertificates(dir: string, at: Date = new Date()): Promise<DevCertificates> {
  const created: string[] = [];
  const ensure = async (place: Place, issuer?: Identity): Promise<Identity> => {
    const kept = await readIdentity(place, issuer, at);
    if (kept !== undefined) return kept;
    const made = await issueIdentity(place.subject, { kind: place.kind, ...(issuer && { issuer }) });
    await writeIdentity(place, made);
    created.push(place.subject.cn);
    return made;
  };
  const root = await ensure({
    folder: join(dir, 'ca'),
    kind: 'rsa',
    subject: subjectOf('Корневой сертификат разработки', 'Удостоверяющий центр'),
  });
  const participants = Object.entries(DEV_PARTICIPANTS).map(async ([mnemonic, organisation]) => {
    const place: Place = { folder: join(dir, mnemonic), kind: 'rsa', subject: subjectOf(mnemonic, organisation) };
    return [mnemonic, [(await ensure(place, root)).certificatePem]] as const;
  });
  const gateway = ensure(
    { folder: join(dir, 'gateway'), kind: 'ec', subject: subjectOf('smev-gateway', 'Шлюз межведомственного обмена') },
    root,
  );
  return {
    roots: [root.certificatePem],
    certificates: new Map(await Promise.all(participants)),
    gateway: await gateway,
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
    const issuedBy = issuer === undefined ? x509 : new X509Certificate(issuer.certificatePem);
    const whole =
      x509.checkPrivateKey(createPrivateKey(privateKeyPem)) &&
      x509.verify(issuedBy.publicKey) &&
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
