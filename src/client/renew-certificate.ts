import { randomUUID } from 'node:crypto';
import { renewalDocument, renewalElement } from '../envelope/index.js';
import { type Signer, signElement } from '../signature/index.js';

/**
 * The document with which a participant has a new certificate registered beside its current one: POST it to
 * `/smev/certificates` within minutes of `at`. Both keys sign: the registered one vouches, the new one proves it is held.
 */
export async function certificateRenewal(mnemonic: string, current: Signer, next: Signer, at: Date): Promise<string> {
  const id = `RENEWAL_${randomUUID()}`;
  const element = renewalElement({ id, mnemonic, at, certificate: next.certificate });
  return renewalDocument(element, {
    current: await signElement(element, id, current),
    next: await signElement(element, id, next),
  });
}
