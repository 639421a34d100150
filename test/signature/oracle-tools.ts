/** Other people's verifiers and signers, behind one form each: xmlsec1 (a command), xml-crypto (a package), openssl (a command). */
import { execFile, execFileSync } from 'node:child_process';
import { createPublicKey, type KeyLike, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type CanonicalizationOrTransformationAlgorithm,
  type CanonicalizationOrTransformationAlgorithmProcessOptions,
  ExclusiveCanonicalization,
  type SignatureAlgorithm,
  SignedXml,
} from 'xml-crypto';
import { DIGESTS, EXC_C14N, SIGNATURES, SMEV_TRANSFORM, variantTransform } from '../../src/signature/index.js';

export interface Keys {
  readonly kind: 'rsa' | 'ec';
  readonly privatePem: string;
  readonly publicPem: string;
}

const run = promisify(execFile);

export function has(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const folder = mkdtempSync(join(tmpdir(), 'oracles-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const saved = (text: string | Uint8Array, end: string): string => {
  const path = join(folder, `${++files}.${end}`);
  writeFileSync(path, text);
  return path;
};

/** Tells xmlsec1 that Id is an identifier on the elements documents here have it on. */
const IDS = ['--id-attr:Id', 'urn:oracle:data:data'];

const verifies = (paths: readonly string[], key: string): Promise<boolean> =>
  run('xmlsec1', ['--verify', '--pubkey-pem', key, ...IDS, ...paths]).then(
    () => true,
    () => false,
  );

/** Verdicts on several documents. Those hoped to be good go to one command: it ends at the first that is not. */
export async function xmlsecVerdicts(
  documents: readonly string[],
  hopes: readonly boolean[],
  keys: Keys,
): Promise<boolean[]> {
  const key = saved(keys.publicPem, 'pem');
  const paths = documents.map((document) => saved(document, 'xml'));
  const hoped = await verifies(
    paths.filter((_, i) => hopes[i]),
    key,
  );
  const verdicts: boolean[] = [];
  for (const [i, path] of paths.entries())
    verdicts.push(hoped && hopes[i] === true ? true : await verifies([path], key));
  return verdicts;
}

/** The template with its DigestValue and SignatureValue filled. */
export function xmlsecSigned(template: string, keys: Keys): string {
  const output = join(folder, `${++files}.signed.xml`);
  const args = [
    '--sign',
    '--privkey-pem',
    saved(keys.privatePem, 'pem'),
    ...IDS,
    '--output',
    output,
    saved(template, 'xml'),
  ];
  execFileSync('xmlsec1', args, { stdio: 'pipe' });
  return readFileSync(output, 'utf8');
}

/** The SMEV transform as a plug-in: over what xml-crypto's own reader and canonicaliser make of the document. */
class SmevPlugin implements CanonicalizationOrTransformationAlgorithm {
  process(node: never, options: CanonicalizationOrTransformationAlgorithmProcessOptions): string {
    return variantTransform(new ExclusiveCanonicalization().process(node, options as never) as string);
  }
  getAlgorithmName(): string {
    return SMEV_TRANSFORM;
  }
}

class EcdsaPlugin implements SignatureAlgorithm {
  getSignature(info: never, key: KeyLike): string {
    return sign('sha256', Buffer.from(info as string), { key, dsaEncoding: 'ieee-p1363' } as never).toString('base64');
  }
  verifySignature(material: string, key: KeyLike, value: string): boolean {
    return verify(
      'sha256',
      Buffer.from(material),
      { key, dsaEncoding: 'ieee-p1363' } as never,
      Buffer.from(value, 'base64'),
    );
  }
  getAlgorithmName(): string {
    return SIGNATURES.ecdsaSha256;
  }
}

function withPlugins(signed: SignedXml): SignedXml {
  signed.CanonicalizationAlgorithms[SMEV_TRANSFORM] = SmevPlugin;
  signed.SignatureAlgorithms[SIGNATURES.ecdsaSha256] = EcdsaPlugin as never;
  return signed;
}

/** What xml-crypto says of the first ds:Signature; whatever it throws is a refusal. */
export function xmlCryptoVerdict(document: string, keys: Keys): boolean {
  const signature = /<ds:Signature[\s>][\s\S]*?<\/ds:Signature>/.exec(document)?.[0];
  if (signature === undefined) return false;
  // Its reader warns of every oddity of generated documents.
  const { warn } = console;
  console.warn = () => undefined;
  try {
    const signed = withPlugins(new SignedXml({ publicCert: keys.publicPem, getCertFromKeyInfo: () => null }));
    signed.loadSignature(signature);
    return signed.checkSignature(document);
  } catch {
    return false;
  } finally {
    console.warn = warn;
  }
}

/** The document with a signature in its `block`. */
export function xmlCryptoSigned(document: string, transforms: readonly string[], keys: Keys): string {
  const signed = withPlugins(
    new SignedXml({
      privateKey: keys.privatePem,
      signatureAlgorithm: keys.kind === 'rsa' ? SIGNATURES.rsaSha256 : SIGNATURES.ecdsaSha256,
      canonicalizationAlgorithm: EXC_C14N,
      getKeyInfoContent: () => null,
    }),
  );
  signed.addReference({ xpath: "//*[@Id='S']", transforms, digestAlgorithm: DIGESTS.sha256 });
  signed.computeSignature(document, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='block']", action: 'append' },
  });
  return signed.getSignedXml();
}

const ENGINES = ['/usr/lib/x86_64-linux-gnu/engines-3/gost.so', '/usr/lib/aarch64-linux-gnu/engines-3/gost.so'];

/** `openssl` with its gost engine; undefined where the machine has none. */
export function opensslGost(): ((args: readonly string[]) => Buffer) | undefined {
  for (const path of ENGINES) {
    const conf = saved(
      `openssl_conf = main\n[main]\nengines = engines\n[engines]\ngost = gost\n[gost]\nengine_id = gost\ndynamic_path = ${path}\ndefault_algorithms = ALL\n`,
      'cnf',
    );
    const openssl = (args: readonly string[]) =>
      execFileSync('openssl', args, {
        env: { PATH: '/usr/bin:/bin', OPENSSL_CONF: conf },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    try {
      openssl(['dgst', '-md_gost12_256', conf]);
      return openssl;
    } catch {
      // Not here, or of another OpenSSL.
    }
  }
  return undefined;
}

export { saved };

const SAML_IDS = ['protocol:Response', 'assertion:Assertion', 'metadata:EntityDescriptor'].flatMap((name) => [
  '--id-attr:ID',
  `urn:oasis:names:tc:SAML:2.0:${name}`,
]);

/** What xmlsec1 says of a SAML file's first signature. KeyInfo goes: some hold what it stumbles over, none is signed. */
export function xmlsecSamlVerdict(text: string, publicPem: string): boolean {
  const file = text.replace(/(<\/(?:\w+:)?SignatureValue>\s*)<((?:\w+:)?)KeyInfo[\s>][\s\S]*?<\/\2KeyInfo>/, '$1');
  return has('xmlsec1', '--verify', '--pubkey-pem', saved(publicPem, 'pem'), ...SAML_IDS, saved(file, 'xml'));
}

export function spkiOf(pem: string): Buffer {
  return createPublicKey(pem).export({ type: 'spki', format: 'der' });
}
