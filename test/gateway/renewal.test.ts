/** Renewal of a participant's certificate by a request signed with its old key and its new one, through the running gateway. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { certificateRenewal } from '../../src/client/index.js';
import { renewalDocument, renewalElement } from '../../src/envelope/index.js';
import { type Signer, signElement, signerFromPem } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { query } from './contents.js';
import { sender } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11223344595';
const { provider } = cryptoProviders();
const FED001 = { cn: 'ФОИВ под новым именем', organisation: 'Федеральное ведомство, преобразованное' };

function rootIn(folder: string, kind: 'rsa' | 'gost' = 'rsa'): Identity {
  const read = (file: string) => readFileSync(join(folder, 'certs-dev/ca', file), 'utf8');
  const cn = `Корневой сертификат разработки${kind === 'gost' ? ' ГОСТ' : ''}`;
  return {
    subject: { cn, organisation: 'Удостоверяющий центр (тестовый)' },
    certificatePem: read(`${kind}.cert.pem`),
    privateKeyPem: read(`${kind}.key.pem`),
  };
}

describe('the renewal of a certificate', () => {
  let gateway: TestGateway;
  let folder: string;
  let now: number;
  const start = async () => {
    gateway = await testGateway({ threads: 2, clock: { now: () => now } }, folder);
  };
  before(async () => {
    now = Date.now();
    folder = newFolder();
    await start();
  });
  after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => gateway.checkInvariants());

  const issue = async (options: Parameters<typeof issueIdentity>[1] = {}) =>
    signerFromPem({ ...(await issueIdentity(FED001, { issuer: rootIn(folder), ...options })), provider });
  const old = (mnemonic = 'FED001') => gateway.as(mnemonic).signer;
  const send = async (document: string) => {
    const response = await fetch(`${gateway.url}/smev/certificates`, { method: 'POST', body: document });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const accepted = async (signer: Signer) => (await sender(gateway.url, signer).sendRequest(query(PERSON))).fault;
  const snapshot = async () => (await gateway.store.snapshot())?.hash;
  const newestLeaf = async () => {
    const { size } = (await gateway.store.checkpoint())!;
    const [leaf] = await gateway.store.leaves(size - 1, size);
    return JSON.parse(Buffer.from(leaf!).toString()) as { kind: string; config?: string; sender?: string };
  };
  /** Nothing changes, and the new key opens nothing. */
  const expectRefused = async (document: string, status: number, says: string, next?: Signer) => {
    const before = await snapshot();
    const answer = await send(document);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
    expect(JSON.stringify(answer.body)).to.include(says);
    expect(await snapshot()).to.equal(before);
    if (next !== undefined) expect((await accepted(next))?.code).to.equal('SenderIsNotRegistered');
  };

  it('puts the new certificate in force beside the old one, in every thread, on record', async () => {
    const next = await issue();
    expect((await accepted(next))?.code).to.equal('SenderIsNotRegistered');
    const answer = await send(await certificateRenewal('FED001', old(), next, new Date(now)));
    expect(answer).to.deep.include({ status: 201 });
    expect(answer.body).to.include({ mnemonic: 'FED001', state: 'registered', snapshot: await snapshot() });
    expect(await newestLeaf()).to.include({ kind: 'configuration-changed', config: await snapshot() });
    // More calls at once than threads: each of them knows both certificates.
    const calls = Array.from({ length: 8 }, (_, i) => accepted(i % 2 === 0 ? next : old()));
    expect(await Promise.all(calls)).to.deep.equal(Array.from({ length: 8 }, () => undefined));
  });

  it('of a renewed certificate goes on from there: from RSA to an elliptic curve, from RSA to GOST', async () => {
    const first = await issue();
    await send(await certificateRenewal('FED001', old(), first, new Date(now)));
    const elliptic = await issue({ kind: 'ec' });
    expect((await send(await certificateRenewal('FED001', first, elliptic, new Date(now)))).status).to.equal(201);
    expect(await accepted(elliptic)).to.equal(undefined);
    const gost = await issue({ kind: 'gost', issuer: rootIn(folder, 'gost') });
    expect((await send(await certificateRenewal('FED001', first, gost, new Date(now)))).status).to.equal(201);
    expect(await accepted(gost)).to.equal(undefined);
  });

  it('sent again changes nothing; sent again an hour later is refused', async () => {
    const document = await certificateRenewal('MSE001', old('MSE001'), await issue(), new Date(now));
    expect((await send(document)).status).to.equal(201);
    const [hash, { size }] = [await snapshot(), (await gateway.store.checkpoint())!];
    const again = await send(document);
    expect(again).to.deep.include({ status: 200 });
    expect(again.body.state).to.equal('was registered already');
    expect([await snapshot(), (await gateway.store.checkpoint())!.size]).to.deep.equal([hash, size]);
    now += 3_600_000;
    await expectRefused(document, 400, 'Timestamp');
    expect(await newestLeaf()).to.include({ kind: 'refused', sender: 'MSE001' });
    now -= 3_600_000;
  });

  it('two at once are put in force one upon the other', async () => {
    const [a, b] = [await issue(), await issue()];
    const answers = await Promise.all([
      certificateRenewal('FSS', old('FSS'), a, new Date(now)).then(send),
      certificateRenewal('ZAGS', old('ZAGS'), b, new Date(now)).then(send),
    ]);
    expect(answers.map((r) => r.status)).to.deep.equal([201, 201]);
    // FSS and ZAGS have no right to ask; that they are told so shows that they are known.
    for (const signer of [a, b]) expect((await accepted(signer))?.code).to.not.equal('SenderIsNotRegistered');
  });

  it('outlives a restart', async () => {
    const next = await issue();
    await send(await certificateRenewal('FED001', old(), next, new Date(now)));
    const hash = await snapshot();
    await gateway.stop();
    await start();
    expect(await snapshot(), 'no other snapshot').to.equal(hash);
    expect(await accepted(next)).to.equal(undefined);
    expect(await accepted(old())).to.equal(undefined);
  });

  describe('is refused', () => {
    it('when the old key is a stranger’s, though it carries the old certificate', async () => {
      const next = await issue();
      const forger = { ...(await issue()), certificate: old('EPGU').certificate };
      await expectRefused(await certificateRenewal('EPGU', forger, next, new Date(now)), 403, 'SignatureValue', next);
    });

    it('when nobody knows the old certificate', async () => {
      const next = await issue();
      await expectRefused(await certificateRenewal('EPGU', next, next, new Date(now)), 403, 'не зарегистрирован', next);
    });

    it('for another participant', async () => {
      const next = await issue();
      await expectRefused(await certificateRenewal('PFR', old('EPGU'), next, new Date(now)), 403, 'EPGU', next);
    });

    it('when the new key is not held: someone else’s certificate is brought', async () => {
      const next = await issue();
      const id = 'R1';
      const text = (certificate: string) => renewalElement({ id, mnemonic: 'EPGU', at: new Date(now), certificate });
      const element = text(next.certificate);
      const byOld = await signElement(element, id, old('EPGU'));
      // Signed twice by the old key, and by another new key under the certificate it has not.
      await expectRefused(renewalDocument(element, { current: byOld, next: byOld }), 403, 'NewCertificate', next);
      const thief = { ...(await issue()), certificate: next.certificate };
      const byThief = await signElement(element, id, thief);
      await expectRefused(renewalDocument(element, { current: byOld, next: byThief }), 403, 'SignatureValue', next);
    });

    it('when it was changed after signing', async () => {
      const [next, other] = [await issue(), await issue()];
      const document = await certificateRenewal('EPGU', old('EPGU'), next, new Date(now));
      const changed = document.replace(
        `<r:NewCertificate>${next.certificate}`,
        `<r:NewCertificate>${other.certificate}`,
      );
      await expectRefused(changed, 403, 'DigestValue', other);
    });

    it('for a certificate that is another participant’s', async () => {
      const document = await certificateRenewal('EPGU', old('EPGU'), old('FED001'), new Date(now));
      await expectRefused(document, 403, 'за другим участником');
    });

    it('for a certificate of another root, ended, or not begun', async () => {
      const stranger = await issueIdentity({ cn: 'Чужой корень', organisation: 'Никто' });
      const hour = 3_600_000;
      for (const options of [
        { issuer: stranger },
        { notBefore: new Date(now - 48 * hour), notAfter: new Date(now - hour) },
        { notBefore: new Date(now + hour) },
      ]) {
        const next = await issue(options);
        await expectRefused(
          await certificateRenewal('EPGU', old('EPGU'), next, new Date(now)),
          403,
          'новый сертификат',
          next,
        );
      }
    });

    it('when it is no such document, or too large', async () => {
      for (const [document, status, says] of [
        ['', 400, 'не читается'],
        ['<a/>', 400, 'корень документа'],
        ['<!DOCTYPE a><a/>', 400, 'не читается'],
        ['x'.repeat(70_000), 413, 'слишком велик'],
        [renewalDocument('<x/>', { current: '', next: '' }), 400, 'должны стоять'],
        [
          renewalDocument(renewalElement({ id: 'a', mnemonic: 'EPGU', at: new Date(now), certificate: 'AAAA' }), {
            current: '',
            next: '',
          }),
          403,
          'ds:Signature',
        ],
      ] as const)
        await expectRefused(document, status, says);
    });

    it('beyond eight certificates of one participant', async () => {
      const statuses: number[] = [];
      for (let i = 0; i < 7; i++)
        statuses.push(
          (await send(await certificateRenewal('PFR', old('PFR'), await issue({ kind: 'ec' }), new Date(now)))).status,
        );
      expect(statuses).to.deep.equal([201, 201, 201, 201, 201, 201, 403]);
    });
  });
});
