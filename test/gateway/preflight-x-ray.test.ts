/** The signature X-ray in preflight's answer, through the running gateway. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { issueIdentity } from '../../certs-dev/generate.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import type { Verdict } from '../../src/pipeline/index.js';
import { signerFromPem } from '../../src/signature/index.js';
import { canonicalize } from '../../src/xml/index.js';
import { parsed } from '../xml/parsed.js';
import { query } from './contents.js';
import { changed, type Wire } from './refusals.js';
import { type Sender, sender } from './sender.js';
import { ID, requestVariant } from './sign-variant.js';
import { type TestGateway, testGateway } from './test-gateway.js';

describe('preflight: the X-ray of a signature', () => {
  let gateway: TestGateway;
  let agency: Sender;
  before(async () => {
    gateway = await testGateway({ threads: 1 });
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const ask = async (wire: Wire): Promise<Verdict> => {
    const response = await fetch(`${gateway.url}/api/v1/preflight?version=1.2`, {
      method: 'POST',
      headers: { 'Content-Type': wire.contentType, Authorization: `Bearer ${gateway.token}` },
      body: wire.body,
    });
    return (await response.json()) as Verdict;
  };

  it('is absent where no signature is at fault', async () => {
    expect(await ask(await agency.buildRequest(query('11737784886')))).to.not.have.property('xRay');
  });

  it('names the mistake that explains the digest, with the octets and the path of the certificate', async () => {
    const wire = requestVariant(agency, query('11737784886'), { digestValue: () => '' });
    const text = Buffer.from(wire.body as Uint8Array).toString();
    const tree = parsed(/<ns2:SenderProvidedRequestData.*<\/ns2:SenderProvidedRequestData>/s.exec(text)![0]);
    const digest = createHash('sha256').update(canonicalize(tree, tree.root)).digest('base64');
    const { xRay, faults } = await ask(
      changed(wire, '<ds:DigestValue></ds:DigestValue>', `<ds:DigestValue>${digest}</ds:DigestValue>`),
    );
    expect(faults.map((f) => f.fault)).to.deep.equal(['SignatureVerificationFault']);
    expect(xRay?.mistake?.code).to.equal('no-smev-transform');
    expect(xRay?.canonical.text).to.include(`Id="${ID}"`);
    expect(xRay?.value?.key).to.equal('registered');
    expect(xRay?.path).to.have.length(2);
    expect(Math.abs(xRay?.clock.difference ?? Number.NaN)).to.be.lessThan(60_000);
    await gateway.checkInvariants();
  });

  it('shows a stranger that the signature itself verifies, by the key it brings', async () => {
    const identity = await issueIdentity({ cn: 'Незнакомец', organisation: 'Никто' });
    const stranger = sender(gateway.url, signerFromPem({ ...identity, provider: createCryptoProvider() }));
    const { faults, xRay } = await ask(await stranger.buildRequest(query('11737784886')));
    expect(faults.map((f) => f.fault)).to.deep.equal(['SenderIsNotRegistered']);
    expect(xRay?.value).to.deep.equal({ verifies: true, key: 'message' });
    expect(xRay?.verdict.ru).to.match(/^Подпись верна\. /);
    expect(xRay?.trustProblems?.map((p) => p.code)).to.include('no-chain');
  });
});
