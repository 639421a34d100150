/** XMLDSig with GOST that others signed: digest and value by our canonical form and our providers; and our own twin of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { issueIdentity } from '../../certs-dev/generate.js';
import { projectRoot } from '../../src/config/index.js';
import { createNobleProvider } from '../../src/drivers/crypto-noble/index.js';
import { isFault } from '../../src/faults/index.js';
import type { CryptoProvider } from '../../src/ports/index.js';
import {
  derOf,
  keyOfCertificate,
  readSignature,
  SIGNATURES,
  signElement,
  signerFromPem,
  verifySignature,
} from '../../src/signature/index.js';
import { canonicalize, isXmlProblem, parseXml, type XmlElement, type XmlTree } from '../../src/xml/index.js';
import { engine } from '../drivers/crypto/gost-machine.js';

const VECTORS = join(projectRoot(), '..', 'shared', 'reference', 'vectors', 'xmlsec1-tests');
const DRIVERS: readonly (readonly [string, CryptoProvider | undefined])[] = [
  ['TypeScript', createNobleProvider()],
  ['the engine', engine],
];

function all(tree: XmlTree, local: string, from: XmlElement = tree.root): XmlElement[] {
  const own = tree.localNameOf(from) === local ? [from] : [];
  return [...own, ...tree.children(from).flatMap((c) => all(tree, local, c))];
}

function parsed(text: string | Buffer): XmlTree {
  const tree = parseXml(Buffer.from(text));
  if (isXmlProblem(tree)) throw new Error(tree.textEn);
  return tree;
}

function verifies(tree: XmlTree, provider: CryptoProvider, certificate: Buffer): { digest: boolean; value: boolean } {
  const [signature, info] = [all(tree, 'Signature')[0]!, all(tree, 'SignedInfo')[0]!];
  const algorithm = (local: string) => tree.attribute(all(tree, local)[0]!, 'Algorithm')!;
  const base64 = (local: string) => Buffer.from(tree.textOf(all(tree, local)[0]!)!, 'base64');
  // These documents use inclusive C14N; with one namespace each it differs from ours by the XPath's own declaration only.
  const octets = canonicalize(tree, tree.root, { exclude: signature });
  const signed = canonicalize(tree, info, { inclusivePrefixes: ['dsig'] });
  const key = keyOfCertificate(certificate, provider);
  return {
    digest: provider.digest(algorithm('DigestMethod'), octets).equals(base64('DigestValue')),
    value: key !== undefined && provider.verify(algorithm('SignatureMethod'), key, signed, base64('SignatureValue')),
  };
}

for (const [name, provider] of DRIVERS) {
  const none = provider === undefined ? ' [skipped: no gost engine]' : '';
  describe(`documents signed with GOST, by ${name}${none}`, () => {
    for (const bits of [256, 512] as const) {
      const file = join(VECTORS, 'aleksey-xmldsig-01', `enveloped-gost2012-${bits}.xml`);
      const absent = existsSync(file) ? none : ' [skipped: ../shared/reference is absent]';
      it(`verify in digest and value as xmlsec1 signed them (${bits} bits)${absent}`, function () {
        if (provider === undefined || !existsSync(file)) this.skip();
        const certificate = derOf(readFileSync(join(VECTORS, 'keys', 'gost', `gost-2012-${bits}-cert.pem`), 'utf8'));
        const text = readFileSync(file, 'utf8');
        expect(verifies(parsed(text), provider, certificate)).to.deep.equal({ digest: true, value: true });
        const other = parsed(text.replace('Hello', 'Hallo'));
        expect(verifies(other, provider, certificate)).to.deep.equal({ digest: false, value: true });
        const method = parsed(text.replace('<Reference URI="">', '<Reference URI="" Type="x">'));
        expect(verifies(method, provider, certificate)).to.deep.equal({ digest: true, value: false });
      });
    }

    it(`verify as our own profile writes them, and not when changed${none}`, async function () {
      if (provider === undefined) this.skip();
      const identity = await issueIdentity({ cn: 'Участник', organisation: 'Тест' }, { kind: 'gost' });
      const signer = signerFromPem({ ...identity, provider });
      expect(signer.signatureMethod).to.equal(SIGNATURES.gost256);
      const element = '<e:Data xmlns:e="urn:e" Id="I1"><e:Name>Имя</e:Name></e:Data>';
      const block = `<Block>${await signElement(element, 'I1', signer)}</Block>`;
      const key = keyOfCertificate(derOf(identity.certificatePem), provider);
      const judge = (text: string) => {
        const tree = parsed(text);
        const signature = readSignature(tree, all(tree, 'Block')[0]!, all(tree, 'Data')[0]!);
        if (isFault(signature)) return signature.description;
        const verified = verifySignature(tree, all(tree, 'Data')[0]!, signature, key, provider);
        return isFault(verified) ? verified.description : 'good';
      };
      const whole = `<Root>${element}${block}</Root>`;
      expect(judge(whole)).to.equal('good');
      expect(judge(whole.replace('Имя', 'Имени'))).to.include('DigestValue');
      const swapped = whole.replace('gostr34112012-256"></ds:DigestMethod>', 'gostr34112012-512"></ds:DigestMethod>');
      expect(judge(swapped)).to.include('DigestValue');
      const longer = whole.replace(
        'gostr34112012-256"></ds:SignatureMethod>',
        'gostr34112012-512"></ds:SignatureMethod>',
      );
      expect(judge(longer)).to.include('SignatureValue');
    });
  });
}
