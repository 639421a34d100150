import { fault } from '../../faults/index.js';
import { derOf, refusalOfDetached } from '../../signature/index.js';
import type { Paired } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** SignaturePKCS7 of attachment headers, where there is one: the signature of the person (ЭП-СП) over the attachment's octets. */
export function verifyAttachmentSignatures(known: Paired, { provider, trust }: World): Paired | Refusal<Paired> {
  const signed = known.attachments.filter((a) => a.pkcs7 !== undefined);
  if (signed.length === 0) return known;
  const registered = known.caller.participant.certificates.map(derOf);
  const refusals = signed.flatMap(({ contentId, pkcs7, content }) => {
    const wrong = refusalOfDetached(pkcs7!, content, { provider, trust, at: known.at, registered });
    return wrong === undefined ? [] : [`вложение «${contentId}»: ${wrong}`];
  });
  if (refusals.length === 0) return known;
  const description = `Подпись вложения (SignaturePKCS7) неверна: ${refusals.join('; ')}`;
  return refuse(fault('SignatureVerificationFault', description, { signature: 'SignatureIsInvalid' }), known);
}
