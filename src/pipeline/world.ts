import type { Catalogue, ContentValidator } from '../formats/index.js';
import type { Directory } from '../participants/index.js';
import type { CryptoProvider, KeyVault } from '../ports/index.js';
import type { Signer, TrustStore } from '../signature/index.js';

/** Everything a stage may need besides the message: made once a thread from one snapshot, read only. */
export interface World {
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly validator: ContentValidator;
  readonly trust: TrustStore;
  readonly provider: CryptoProvider;
  readonly vault: KeyVault;
  readonly known: KnownMessages;
  /** The gateway's own keys, by the algorithm its callers get; no GOST one where no provider of it is. */
  readonly signers: { readonly ecdsa: Signer; readonly rsa?: Signer; readonly gost?: Signer };
  /** Keys the gateway holds for partners that adapters speak for, by mnemonic. */
  readonly partnerSigners: ReadonlyMap<string, Signer>;
  readonly limits: Limits;
  /** Minutes east of UTC at an instant, for dates on the wire (GATEWAY_TZ). */
  offset(at: number): number;
}

/** Bounds of what one message may be and how far clocks may differ; sizes in bytes, times in milliseconds. */
export interface Limits {
  /** The envelope without attachment content. */
  readonly message: number;
  /** All attachment content of a message together. */
  readonly attachments: number;
  /** All files of a message in the file store together. */
  readonly files: number;
  /** A document of a declared format in a file: it is parsed whole. */
  readonly fileDocument: number;
  readonly idAhead: number;
  readonly idBehind: number;
  readonly pollSkew: number;
}

export const DEFAULT_LIMITS: Limits = {
  message: 5 * 1024 * 1024,
  attachments: 5 * 1024 * 1024,
  files: 1024 * 1024 * 1024,
  fileDocument: 32 * 1024 * 1024,
  idAhead: 10 * 60_000,
  idBehind: 48 * 3_600_000,
  pollSkew: 10 * 60_000,
};

/** What a thread may ask of the store before the commit; the writer re-checks what another thread may have changed since. */
export interface KnownMessages {
  firstSeen(messageId: string): Soon<FirstSeen | undefined>;
  request(messageId: string): Soon<OpenRequest | undefined>;
  /** Whether this one of several recipients has given its final answer. */
  answered(exchange: string, mnemonic: string): Soon<boolean>;
}

/** A database in the same process answers at once, another one does not. */
export type Soon<T> = T | Promise<T>;

export interface FirstSeen {
  readonly acceptedAt: number;
  readonly sender: string;
  /** SHA-256 of the signed octets. */
  readonly digest: Uint8Array;
}

/** A request a response may answer. */
export interface OpenRequest {
  readonly messageId: string;
  readonly sender: string;
  readonly recipient?: string;
  readonly format?: string;
  readonly test: boolean;
  readonly closedBy?: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** The gateway's signer for answers to a participant: GOST to calls signed with GOST; ECDSA where it has no key of the kind wanted. */
export function answerSigner({ directory, signers }: World, mnemonic: string, calledByGost = false): Signer {
  if (calledByGost && signers.gost !== undefined) return signers.gost;
  const wanted = directory.participant(mnemonic)?.answers ?? 'ecdsa';
  return signers[wanted] ?? signers.ecdsa;
}
