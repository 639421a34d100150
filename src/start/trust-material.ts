/**
 * Part of the composition roots: which certificates a process trusts. Roots are a decision and stand in the snapshot;
 * intermediates, lists and answers are news, come from the trust folder, and are renewed while the gateway runs.
 */
import { readTrustFolder } from '../drivers/trust-files/index.js';
import {
  derBlocksOf,
  isUnreadable,
  readCertificate,
  type TrustMaterial,
  type TrustPolicy,
} from '../signature/index.js';

/** What a thread gets at its start; structured-cloneable. */
export interface TrustData {
  /** Name of the BroadcastChannel on which later material arrives; one a gateway, as tests run several in a process. */
  readonly channel: string;
  readonly policy: Partial<TrustPolicy>;
  readonly material: TrustMaterial;
}

/** PEM of the readable certificates in the folder's `roots/`: they enter the snapshot at the start. */
export function rootsIn(folder: string): string[] {
  return readTrustFolder(folder)
    .roots.flatMap(({ content }) => derBlocksOf(content, 'CERTIFICATE'))
    .filter((der) => !isUnreadable(readCertificate(der)))
    .map(
      (der) =>
        `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    );
}

/** The snapshot's roots with what the folder holds now. */
export function trustMaterial(folder: string, roots: readonly string[]): TrustMaterial {
  const { intermediates, lists, responses } = readTrustFolder(folder);
  return {
    roots: roots.map((pem, i) => ({ name: `root ${i + 1} of the snapshot`, content: Buffer.from(pem) })),
    intermediates,
    lists,
    responses,
  };
}

/** Live work demands revocation data for every issuer; a sandbox's issuer publishes none, which is an alarm only. */
export function trustPolicy(production: boolean): Partial<TrustPolicy> {
  return { revocation: production ? 'required' : 'when-known' };
}
