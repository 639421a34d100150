/** GOST R 34.10-2012 by our providers and by openssl with its gost engine. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createNobleProvider } from '../../src/drivers/crypto-noble/index.js';
import { DIGESTS, EXC_C14N, SIGNATURES, SMEV_TRANSFORM } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { canonicalize, isXmlProblem, smevTransform } from '../../src/xml/index.js';
import { parsed } from '../xml/parsed.js';
import { dataOf, envelope, infoOf, SMEV, signatureOf, verdictAt } from './oracle-documents.js';
import { opensslGost, saved } from './oracle-tools.js';

const { provider } = cryptoProviders();

describe('the fourth oracle: openssl with its gost engine', () => {
  const openssl = opensslGost();
  const needs = openssl === undefined ? ' (needs openssl with the gost engine)' : '';
  const SIZES = [
    { bits: '256', method: SIGNATURES.gost256, digest: DIGESTS.gost256 },
    { bits: '512', method: SIGNATURES.gost512, digest: DIGESTS.gost512 },
  ] as const;
  const providers = { 'the engine or what stands for it': provider, TypeScript: createNobleProvider() };

  for (const { bits, method, digest } of SIZES) {
    for (const [name, by] of Object.entries(providers)) {
      it(`GOST R 34.10-2012 of ${bits} bits by ${name}: theirs accepted by us, ours by them, a bit changed by nobody${needs}`, async function () {
        if (openssl === undefined) return this.skip();
        const key = saved('', 'key.pem');
        openssl(['genpkey', '-algorithm', `gost2012_${bits}`, '-pkeyopt', 'paramset:A', '-out', key]);
        const spki = openssl(['pkey', '-in', key, '-pubout', '-outform', 'DER']);
        const publicKey = saved(openssl(['pkey', '-in', key, '-pubout']), 'pub.pem');
        const own = by.importPrivateKey(readFileSync(key, 'utf8'));
        expect(own, 'their private key is read').to.not.equal(undefined);
        for (let seed = 300; seed < 303; seed++) {
          const content = dataOf(seed);
          const tree = parsed(envelope(content, ''));
          const octets = smevTransform(tree, tree.children(tree.root)[1]!);
          if (isXmlProblem(octets)) throw new Error(octets.textEn);
          const theirDigest = openssl(['dgst', `-md_gost12_${bits}`, '-binary', saved(octets, 'bin')]);
          expect(by.digest(digest, octets).equals(theirDigest), 'the digest').to.equal(true);
          const info = infoOf(
            { kind: 'rsa', privatePem: '', publicPem: '' },
            [EXC_C14N, SMEV_TRANSFORM],
            theirDigest.toString('base64'),
          )
            .replace(SIGNATURES.rsaSha256, method)
            .replace(DIGESTS.sha256, digest);
          const around = parsed(signatureOf(info, ''));
          const signedInfo = canonicalize(around, around.children(around.root)[0]!);
          const file = saved(signedInfo, 'bin');
          const theirs = openssl(['dgst', `-md_gost12_${bits}`, '-sign', key, file]);
          const verdict = (value: Buffer) => {
            const t = parsed(envelope(content, signatureOf(info, value.toString('base64'))));
            const [, target, block] = t.children(t.root);
            return verdictAt(t, target!, block!, SMEV, by, spki);
          };
          expect(verdict(theirs), `theirs, seed ${seed}`).to.equal(true);
          const ourValue = await by.sign(method, own!, signedInfo);
          expect(verdict(ourValue), `ours, seed ${seed}`).to.equal(true);
          const accepts = (value: Buffer) => {
            try {
              openssl(['dgst', `-md_gost12_${bits}`, '-verify', publicKey, '-signature', saved(value, 'bin'), file]);
              return true;
            } catch {
              return false;
            }
          };
          expect(accepts(ourValue), `ours by them, seed ${seed}`).to.equal(true);
          const broken = Buffer.from(ourValue);
          broken[7] = broken[7]! ^ 1;
          expect([accepts(broken), verdict(broken)]).to.deep.equal([false, false]);
        }
      });
    }
  }
});
