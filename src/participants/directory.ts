import { X509Certificate } from 'node:crypto';
import type { VerificationKey } from '../ports/index.js';
import { hashOf, type Participant, type Right, type Snapshot } from './snapshot.js';

/** A registered certificate with its owner; the key is kept ready because parsing one costs ten verifications. */
export interface Registered {
  readonly participant: Participant;
  readonly certificate: X509Certificate;
  /** Undefined where no provider of this process can use it. */
  readonly key: VerificationKey | undefined;
}

/** A snapshot made ready for questions. Pure: the same snapshot gives the same answers. */
export class Directory {
  readonly hash: string;
  readonly snapshot: Snapshot;
  readonly #participants: ReadonlyMap<string, Participant>;
  readonly #certificates = new Map<string, Registered>();
  readonly #routes: ReadonlyMap<string, string>;
  readonly #rights = new Map<string, Right[]>();

  /** `keyOf` imports the key of a certificate (DER) into this process's provider. */
  constructor(snapshot: Snapshot, keyOf: (der: Buffer) => VerificationKey | undefined) {
    this.snapshot = snapshot;
    this.hash = hashOf(snapshot);
    this.#participants = new Map(snapshot.participants.map((p) => [p.mnemonic, p]));
    this.#routes = new Map(snapshot.routes.map((r) => [r.format, r.recipient]));
    for (const participant of snapshot.participants) {
      for (const pem of participant.certificates) {
        const certificate = new X509Certificate(pem);
        this.#certificates.set(certificate.raw.toString('latin1'), {
          participant,
          certificate,
          key: keyOf(certificate.raw),
        });
      }
    }
    for (const right of snapshot.rights) {
      const key = `${right.participant} ${right.format}`;
      this.#rights.set(key, [...(this.#rights.get(key) ?? []), right]);
    }
  }

  participant(mnemonic: string): Participant | undefined {
    return this.#participants.get(mnemonic);
  }

  /** The owner of a certificate, by the exact DER. */
  byCertificate(der: Uint8Array): Registered | undefined {
    return this.#certificates.get(Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1'));
  }

  /** Mnemonic of the participant that answers requests of `format` (`{ns}local`). */
  recipientOf(format: string): string | undefined {
    return this.#routes.get(format);
  }

  /** Whether the participant may send requests of `format` at `at` (ms since 1970). */
  maySend(mnemonic: string, format: string, at: number): boolean {
    return this.#rightsInForce(mnemonic, format, at).length > 0;
  }

  /** Fingerprints of the personal certificates the rights in force ask for; undefined where one of them asks for none. */
  personalFor(mnemonic: string, format: string, at: number): readonly string[] | undefined {
    const rights = this.#rightsInForce(mnemonic, format, at);
    if (rights.length === 0 || rights.some((r) => r.personal === undefined)) return undefined;
    return rights.flatMap((r) => r.personal ?? []);
  }

  #rightsInForce(mnemonic: string, format: string, at: number): readonly Right[] {
    const rights = this.#rights.get(`${mnemonic} ${format}`) ?? [];
    return rights.filter(
      (r) => (r.from === undefined || Date.parse(r.from) <= at) && (r.until === undefined || at < Date.parse(r.until)),
    );
  }

  /** Formats whose requests this participant answers: the types its request mailbox is registered for. */
  answeredBy(mnemonic: string): readonly string[] {
    return this.snapshot.routes.filter((r) => r.recipient === mnemonic).map((r) => r.format);
  }

  /** Formats this participant may request: what its response mailbox can hold. */
  requestedBy(mnemonic: string): readonly string[] {
    return this.snapshot.rights.filter((r) => r.participant === mnemonic).map((r) => r.format);
  }
}
