import { type PartnerThread, startPartnerThread } from './partner-thread.js';

/** The sandbox's EGISSO registry. */
export function startRegistryThread(file: string): Promise<PartnerThread> {
  return startPartnerThread('egisso/registry-thread.js', file);
}
