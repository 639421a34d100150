import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../config/index.js';
import { readTrustFolder, type TrustFolderFile } from '../../drivers/trust-files/index.js';
import {
  type Certificate,
  type ExpiryWarning,
  expiryWarnings,
  type RevocationListAge,
  TrustStore,
} from '../../signature/index.js';
import type { Finding } from './finding.js';

/** Certificates of the trust folder and of the development folder: readable, in date for 60 days on, lists fresh. */
export function examineCertificates(settings: Settings, ru: boolean, at = Date.now()): Finding[] {
  const folder = readTrustFolder(join(settings.data, 'trust'));
  const development = certificatesBelow(settings.certificates);
  const trust = new TrustStore({ ...folder, intermediates: [...folder.intermediates, ...development] });
  const name = ru ? 'сертификаты' : 'certificates';
  const unreadable = [...folder.skipped, ...trust.rejected].map(
    (file): Finding => ({
      name,
      verdict: 'bad',
      text: ru ? `${file.name} не читается: ${file.why}` : `${file.name} cannot be read: ${file.why}`,
      fix: ru ? 'замените файл или уберите его' : 'replace the file, or take it away',
    }),
  );
  const findings = [...unreadable, ...endings(trust.certificates, at, ru), ...lists(trust.lists, at, ru)];
  if (findings.length > 0) return findings;
  const count = ru
    ? `${trust.certificates.length}, списков отзыва: ${trust.lists.length}`
    : `${trust.certificates.length}, revocation lists: ${trust.lists.length}`;
  return [{ name, verdict: 'ok', text: count }];
}

function endings(certificates: readonly Certificate[], at: number, ru: boolean): Finding[] {
  return expiryWarnings(certificates, at).map((warning) => ({
    name: ru ? 'срок сертификата' : 'end of a certificate',
    verdict: warning.mark === 0 ? 'bad' : 'warning',
    text: textOf(warning, ru),
    fix: ru
      ? 'получите новый заранее: оба могут быть зарегистрированы одновременно'
      : 'get the next one in time: both may be registered at once',
  }));
}

function textOf({ subject, serial, notAfter, daysLeft, mark }: ExpiryWarning, ru: boolean): string {
  const day = notAfter.slice(0, 10);
  if (mark === 0) return ru ? `${subject} (${serial}) истёк ${day}` : `${subject} (${serial}) ended on ${day}`;
  return ru
    ? `${subject} (${serial}): осталось дней ${daysLeft}, до ${day}`
    : `${subject} (${serial}): ${daysLeft} days left, until ${day}`;
}

function lists(all: readonly RevocationListAge[], at: number, ru: boolean): Finding[] {
  return all
    .filter(({ nextUpdate }) => nextUpdate !== undefined && nextUpdate <= at)
    .map(({ issuer, nextUpdate }) => {
      const day = new Date(nextUpdate!).toISOString().slice(0, 16).replace('T', ' ');
      return {
        name: ru ? 'список отзыва' : 'revocation list',
        verdict: 'bad',
        text: ru ? `${issuer}: просрочен с ${day}` : `${issuer}: out of date since ${day}`,
        fix: ru ? 'положите новый список в trust/crl' : 'put a new list into trust/crl',
      };
    });
}

function certificatesBelow(folder: string): TrustFolderFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.cert.pem'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: path, content: readFileSync(path) }));
}
