import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { examineCertificates } from '../../src/cli/doctor/certificates.js';
import { isRefused, readSettings } from '../../src/config/index.js';
import { DAY, issue, NOW, nameOf, revocationList } from '../signature/trust/pki.js';

describe('gateway doctor: certificates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  after(() => rmSync(folder, { recursive: true }));
  const settings = readSettings({ GATEWAY_DATA: folder });
  if (isRefused(settings)) throw new Error(settings.problems.join());
  const examine = (ru: boolean) =>
    examineCertificates({ ...settings, certificates: join(folder, 'none') }, ru, NOW).map(
      (f) => `${f.verdict}: ${f.text}`,
    );
  const root = issue(undefined, true, { subject: nameOf('Root'), serial: '0a', until: NOW + 900 * DAY });
  const put = (name: string, content: Uint8Array) => {
    mkdirSync(join(folder, 'trust', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'trust', name), content);
  };

  it('are in order while everything is readable, in date and fresh', () => {
    put('roots/root.crt', root.der);
    put('crl/root.crl', revocationList(root));
    expect(examine(true)).to.deep.equal(['ok: 1, списков отзыва: 1']);
  });

  it('names ends to come, ends that came, lists out of date and junk, each with a fix', () => {
    put(
      'intermediates/soon.crt',
      issue(root, true, { subject: nameOf('Soon'), serial: '0b', until: NOW + 6.5 * DAY }).der,
    );
    put('intermediates/gone.crt', issue(root, true, { subject: nameOf('Gone'), serial: '0c', until: NOW - DAY }).der);
    put('crl/old.crl', revocationList(root, { from: NOW - 9 * DAY, until: NOW - 8 * DAY }));
    const other = issue(root, true, { subject: nameOf('Other') });
    put('crl/other.crl', revocationList(other, { from: NOW - 9 * DAY, until: NOW - 2 * DAY }));
    put('crl/junk.crl', Buffer.from('junk'));
    expect(examine(false)).to.deep.equal([
      'bad: crl/junk.crl cannot be read: DER ends inside an element',
      'bad: CN=Gone (0C) ended on 2025-12-31',
      'warning: CN=Soon (0B): 6 days left, until 2026-01-07',
      'bad: CN=Other: out of date since 2025-12-30 00:00',
    ]);
  });
});
