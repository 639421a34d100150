import { NAMESPACES } from '../envelope/index.js';
import { isFault } from '../faults/index.js';
import type { Version } from '../message/index.js';
import type { CryptoProvider, VerificationKey } from '../ports/index.js';
import { derOf, fingerprintOf, keyOfCertificate, readSignature, verifySignature } from '../signature/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';

/** Checks SMEVSignature by the gateway's known certificates; without any, nothing is checked. */
export class GatewaySignature {
  readonly #keys: ReadonlyMap<string, VerificationKey | undefined>;
  readonly #provider: CryptoProvider;

  constructor(certificatesPem: readonly string[], provider: CryptoProvider) {
    const certificates = certificatesPem.map(derOf);
    this.#keys = new Map(certificates.map((der) => [fingerprintOf(der), keyOfCertificate(der, provider)]));
    this.#provider = provider;
  }

  /** What is wrong with the signature in `parent` over `target`; undefined when it verifies, or none is expected. */
  problem(tree: XmlTree, parent: XmlElement, target: XmlElement, version: Version): string | undefined {
    if (this.#keys.size === 0) return undefined;
    const block = tree.child(parent, NAMESPACES[version].types, 'SMEVSignature');
    if (block === undefined) return 'нет SMEVSignature';
    const read = readSignature(tree, block, target);
    if (isFault(read)) return read.description;
    const fingerprint = fingerprintOf(read.certificate);
    if (!this.#keys.has(fingerprint)) return 'сертификат в SMEVSignature не принадлежит шлюзу';
    const verified = verifySignature(tree, target, read, this.#keys.get(fingerprint), this.#provider);
    return isFault(verified) ? verified.description : undefined;
  }
}
