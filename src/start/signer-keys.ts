/**
 * Part of the composition roots: with which keys the gateway and the partners it speaks for sign. Generated ones in
 * development; else those of GATEWAY_SIGNER_KEYS, in files or behind the signing command.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config/index.js';
import type { CryptoProvider } from '../ports/index.js';
import { isGost, keyOfCertificate, type Signer, signerFromPem, signerFromReference } from '../signature/index.js';
import { StartRefused } from './start-refused.js';

/** A certificate and where its private key is; structured-cloneable. */
export type KeySource = { readonly certificatePem: string } & (
  | { readonly privateKeyPem: string }
  | { readonly reference: string }
);

export interface SigningKeys {
  /** The gateway's own, one a kind of key. */
  readonly own: readonly KeySource[];
  /** PEM of certificates the gateway will sign by later: announced ahead. */
  readonly next: readonly string[];
  /** By mnemonic of the partner. */
  readonly partners: ReadonlyMap<string, KeySource>;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads GATEWAY_SIGNER_KEYS (form: docs/external-keys.md). Throws StartRefused with what to change. */
export function readSigningKeys(file: string, config: Pick<Config, 'signer' | 'fileKeys'>): SigningKeys {
  const wrong = (ru: string, en: string) =>
    new StartRefused(`GATEWAY_SIGNER_KEYS=${file}: ${ru}`, `GATEWAY_SIGNER_KEYS=${file}: ${en}`);
  const text = (path: string) => {
    try {
      return readFileSync(resolve(dirname(file), path), 'utf8');
    } catch (error) {
      throw wrong(`не читается ${path}: ${messageOf(error)}`, `${path} cannot be read: ${messageOf(error)}`);
    }
  };
  const certificate = (path: unknown): string => {
    const pem = text(String(path));
    try {
      return new X509Certificate(pem).toString();
    } catch {
      throw wrong(`${path} — не сертификат X.509 в PEM`, `${path} is no X.509 certificate in PEM`);
    }
  };
  const source = (entry: unknown): KeySource => {
    const { certificate: path, key } = (entry ?? {}) as Json;
    const certificatePem = certificate(path);
    const [, where, name = ''] = /^(external|file):(.+)$/.exec(String(key)) ?? [];
    if (where === 'external' && config.signer === undefined)
      throw wrong(`ключ ${key}, а GATEWAY_SIGNER не задан`, `the key is ${key}, and GATEWAY_SIGNER is not set`);
    if (where === 'external') return { certificatePem, reference: name };
    if (where === 'file' && config.fileKeys) return { certificatePem, privateKeyPem: text(name) };
    if (where === 'file')
      throw wrong(
        `ключ ${key} лежит в файле, а при NODE_ENV=production это запрещено. Перенесите его в токен (external:…) или задайте GATEWAY_FILE_KEYS=1`,
        `the key ${key} lies in a file, which NODE_ENV=production forbids. Move it to a token (external:…), or set GATEWAY_FILE_KEYS=1`,
      );
    throw wrong(
      `ключ «${key}» не понят: нужно external:<имя> или file:<путь>`,
      `the key «${key}» is not understood: it is external:<reference> or file:<path>`,
    );
  };
  const keys = parsed(text(file), wrong);
  const own = Array.isArray(keys.gateway) ? keys.gateway.map(source) : [];
  if (own.length === 0) throw wrong('нет списка gateway', 'the list gateway is missing');
  return {
    own,
    next: Array.isArray(keys.next) ? keys.next.map(certificate) : [],
    partners: new Map(Object.entries((keys.partners ?? {}) as Json).map(([name, entry]) => [name, source(entry)])),
  };
}

/** The generated keys of development. */
export function developmentKeys(
  certificates: { readonly gateway: KeySource; readonly gatewayGost: KeySource },
  folder: string,
  partners: readonly string[],
): SigningKeys {
  const read = (mnemonic: string, file: string) => readFileSync(join(folder, mnemonic, file), 'utf8');
  const pair = (mnemonic: string): KeySource => ({
    certificatePem: read(mnemonic, 'rsa.cert.pem'),
    privateKeyPem: read(mnemonic, 'rsa.key.pem'),
  });
  return {
    own: [certificates.gateway, certificates.gatewayGost],
    next: [],
    partners: new Map(partners.map((mnemonic) => [mnemonic, pair(mnemonic)])),
  };
}

/** Throws when no provider here can use the key. */
export function signerOf(source: KeySource, provider: CryptoProvider): Signer {
  return 'reference' in source ? signerFromReference({ ...source, provider }) : signerFromPem({ ...source, provider });
}

/** The gateway's signers by what its callers get; where it has no ECDSA key, the first it has stands in. */
export function signersByKind(signers: readonly Signer[]): { ecdsa: Signer; rsa?: Signer; gost?: Signer } {
  const kind = ({ signatureMethod }: Signer) =>
    isGost(signatureMethod) ? 'gost' : signatureMethod.includes('#ecdsa-') ? 'ecdsa' : 'rsa';
  const found = (wanted: 'ecdsa' | 'rsa' | 'gost') => signers.find((s) => kind(s) === wanted);
  const [rsa, gost] = [found('rsa'), found('gost')];
  return { ecdsa: found('ecdsa') ?? signers[0]!, ...(rsa && { rsa }), ...(gost && { gost }) };
}

/** Signs a probe and verifies it under the certificate; answers what is wrong. */
export async function probe(signer: Signer): Promise<string | undefined> {
  const { subject, raw } = new X509Certificate(Buffer.from(signer.certificate, 'base64'));
  const name = subject.replaceAll('\n', ', ');
  try {
    const octets = Buffer.from('smev-gateway: a probe, no message');
    const signature = await signer.provider.sign(signer.signatureMethod, signer.key, octets);
    const key = keyOfCertificate(raw, signer.provider);
    const isGood = key !== undefined && signer.provider.verify(signer.signatureMethod, key, octets, signature);
    return isGood ? undefined : `${name}: the private key is not the certificate’s`;
  } catch (error) {
    return `${name}: ${messageOf(error)}`;
  }
}

function parsed(text: string, wrong: (ru: string, en: string) => Error): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw wrong(`не JSON: ${messageOf(error)}`, `is no JSON: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
