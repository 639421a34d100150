import {
  type Certificate,
  derBlocksOf,
  type ExpiryWarning,
  expiryWarnings,
  isUnreadable,
  type RejectedFile,
  readCertificate,
  type TrustCode,
} from '../signature/index.js';
import type { World } from './world.js';

/** What an operator should know about certificates before a message is refused for it. Plain data without names of people. */
export interface TrustReport {
  readonly rejected: readonly RejectedFile[];
  readonly warnings: readonly OwnedWarning[];
  /** Certificates of participants that are refused now, or live on a grace or without revocation. */
  readonly troubles: readonly { readonly owner: string; readonly serial: string; readonly code: TrustCode }[];
}

export interface OwnedWarning extends Omit<ExpiryWarning, 'subject'> {
  /** Mnemonic, `gateway`, or `authority`. */
  readonly owner: string;
}

/** Every certificate the gateway works with, judged at `at` (ms since 1970). */
export function trustReport(at: number, { directory, trust, signers }: World): TrustReport {
  const participants = directory.snapshot.participants.flatMap((participant) =>
    participant.certificates.flatMap((pem) =>
      derBlocksOf(Buffer.from(pem), 'CERTIFICATE').map((der) => ({ owner: participant.mnemonic, der })),
    ),
  );
  const own = Object.values(signers).map(({ certificate }) => ({
    owner: 'gateway',
    der: Buffer.from(certificate, 'base64'),
  }));
  const warned = (owner: string, certificates: readonly Certificate[]): OwnedWarning[] =>
    expiryWarnings(certificates, at).map(({ subject: _, ...warning }) => ({ owner, ...warning }));
  return {
    rejected: trust.rejected,
    warnings: [
      ...[...participants, ...own].flatMap(({ owner, der }) => {
        const certificate = readCertificate(der);
        return isUnreadable(certificate) ? [] : warned(owner, [certificate]);
      }),
      ...warned('authority', trust.certificates),
    ],
    troubles: participants.flatMap(({ owner, der }) => {
      const { path, problems, alarms } = trust.judgeDer(der, at);
      return [...problems, ...alarms].map(({ code }) => ({ owner, serial: path[0]?.serial ?? '', code }));
    }),
  };
}
