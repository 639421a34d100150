import { X509Certificate } from 'node:crypto';
import { NAMESPACES } from '../envelope/index.js';
import { isFault } from '../faults/index.js';
import type { Version } from '../message/index.js';
import type { CryptoProvider } from '../ports/index.js';
import { fingerprintOf, readSignature, verifySignature } from '../signature/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';

/** Checks SMEVSignature by the gateway's known certificates; without any, nothing is checked. */
export class GatewaySignature {
  readonly #certificates: ReadonlyMap<string, X509Certificate>;
  readonly #provider: CryptoProvider;

  constructor(certificatesPem: readonly string[], provider: CryptoProvider) {
    const certificates = certificatesPem.map((pem) => new X509Certificate(pem));
    this.#certificates = new Map(certificates.map((certificate) => [fingerprintOf(certificate.raw), certificate]));
    this.#provider = provider;
  }

  /** What is wrong with the signature in `parent` over `target`; undefined when it verifies, or none is expected. */
  problem(tree: XmlTree, parent: XmlElement, target: XmlElement, version: Version): string | undefined {
    if (this.#certificates.size === 0) return undefined;
    const block = tree.child(parent, NAMESPACES[version].types, 'SMEVSignature');
    if (block === undefined) return 'нет SMEVSignature';
    const read = readSignature(tree, block, target);
    if (isFault(read)) return read.description;
    const certificate = this.#certificates.get(fingerprintOf(read.certificate));
    if (certificate === undefined) return 'сертификат в SMEVSignature не принадлежит шлюзу';
    const verified = verifySignature(tree, target, read, certificate.publicKey, this.#provider);
    return isFault(verified) ? verified.description : undefined;
  }
}
