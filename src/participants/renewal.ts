import { X509Certificate } from 'node:crypto';
import type { Participant, Snapshot } from './snapshot.js';

/** Certificates one participant may have at once: the old and the new ones of its kinds of keys, and room for a failed try. */
export const MOST_CERTIFICATES = 8;

export type Renewed =
  | { readonly snapshot: Snapshot }
  /** The certificate is this participant's already: nothing changes. */
  | { readonly same: true }
  | { readonly wrong: 'unknown' | 'taken' | 'full' };

/**
 * The snapshot with one certificate more for a participant, beside those it has: both hold until the old one ends. Ended
 * ones go. Pure; whoever calls it has proven that both keys agree.
 */
export function renewCertificate(snapshot: Snapshot, mnemonic: string, pem: string, at: number): Renewed {
  const owner = snapshot.participants.find((p) => p.certificates.some((known) => isSame(known, pem)));
  if (owner?.mnemonic === mnemonic) return { same: true };
  if (owner !== undefined) return { wrong: 'taken' };
  const participant = snapshot.participants.find((p) => p.mnemonic === mnemonic);
  if (participant === undefined) return { wrong: 'unknown' };
  const inForce = (known: string) => !hasEnded(known, at);
  const certificates = [...participant.certificates.filter(inForce), pem];
  if (certificates.length > MOST_CERTIFICATES) return { wrong: 'full' };
  const renewed = [...(participant.renewed ?? []).filter(inForce), pem];
  return { snapshot: withParticipant(snapshot, { ...participant, certificates, renewed }) };
}

function withParticipant(snapshot: Snapshot, participant: Participant): Snapshot {
  const participants = snapshot.participants.map((p) => (p.mnemonic === participant.mnemonic ? participant : p));
  return { ...snapshot, participants };
}

function hasEnded(pem: string, at: number): boolean {
  return new X509Certificate(pem).validToDate.getTime() < at;
}

function isSame(a: string, b: string): boolean {
  return new X509Certificate(a).raw.equals(new X509Certificate(b).raw);
}
