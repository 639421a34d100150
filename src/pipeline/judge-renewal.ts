import { X509Certificate } from 'node:crypto';
import { type RenewalRequest, readRenewal } from '../envelope/index.js';
import { type Fault, fault, isFault } from '../faults/index.js';
import { keyOfCertificate, nameIn, type ReadSignature, readSignature, verifySignature } from '../signature/index.js';
import { inWords } from './words.js';
import type { World } from './world.js';

/** What a thread found of a renewal request. Plain data. */
export type RenewalVerdict =
  /** `caller` is there when the registered key's signature had verified. */
  | { readonly kind: 'refused'; readonly fault: Fault; readonly caller?: string }
  | {
      readonly kind: 'proven';
      readonly mnemonic: string;
      /** DER of the registered certificate that signed. */
      readonly current: Uint8Array;
      readonly certificatePem: string;
      /** Serial numbers and subjects, for the record: the new distinguished name may differ. */
      readonly names: { readonly current: string; readonly next: string };
      /** Hash of the snapshot it was judged under. */
      readonly config: string;
    };

/** Both keys proven, both certificates good now, and said just now: a captured request is soon worth nothing. */
export function judgeRenewal(document: Uint8Array, at: number, world: World): RenewalVerdict {
  const request = readRenewal(Buffer.from(document));
  if (isFault(request)) return { kind: 'refused', fault: request };
  const current = readSignature(request.tree, request.currentSignature, request.signed);
  if (isFault(current)) return { kind: 'refused', fault: current };
  const caller = world.directory.byCertificate(current.certificate);
  if (caller === undefined) return { kind: 'refused', fault: notRegistered() };
  const proof = verifySignature(request.tree, request.signed, current, caller.key, world.provider);
  if (isFault(proof)) return { kind: 'refused', fault: proof };
  const { mnemonic } = caller.participant;
  const refused = (why: Fault): RenewalVerdict => ({ kind: 'refused', fault: why, caller: mnemonic });
  const verdict = world.trust.judge(caller.certificate, at);
  if (!verdict.ok) return refused(expired(verdict.text));
  if (request.mnemonic !== mnemonic)
    return refused(
      fault('AccessDenied', `Запрос подписан ключом ${mnemonic}, а сертификат просят для другого участника`),
    );
  const late = Math.abs(request.timestamp - at);
  if (late > world.limits.pollSkew) {
    const text = `Timestamp расходится с часами шлюза на ${inWords(late)}, допускается ${inWords(world.limits.pollSkew)}. Подпишите запрос заново`;
    return refused(fault('InvalidContent', text));
  }
  const next = newCertificate(request, at, world);
  if (isFault(next)) return refused(next);
  return {
    kind: 'proven',
    mnemonic,
    current: Uint8Array.from(current.certificate),
    certificatePem: next.toString(),
    names: { current: nameIn(caller.certificate), next: nameIn(next) },
    config: world.directory.hash,
  };
}

/** The new certificate, once its own key has signed the request and its path is good. */
function newCertificate(request: RenewalRequest, at: number, world: World): X509Certificate | Fault {
  const { tree, signed, newSignature, certificate } = request;
  const signature: ReadSignature | Fault = readSignature(tree, newSignature, signed);
  if (isFault(signature)) return signature;
  if (!signature.certificate.equals(certificate))
    return fault(
      'SignatureVerificationFault',
      'NewSignature сделана не тем сертификатом, который стоит в NewCertificate',
      {
        signature: 'SignatureIsInvalid',
      },
    );
  const proof = verifySignature(tree, signed, signature, keyOfCertificate(certificate, world.provider), world.provider);
  if (isFault(proof)) return proof;
  const verdict = world.trust.judgeDer(certificate, at);
  return verdict.ok ? new X509Certificate(certificate) : expired(`новый сертификат: ${verdict.text}`);
}

function notRegistered(): Fault {
  return fault(
    'SenderIsNotRegistered',
    'Сертификат в CurrentSignature не зарегистрирован: обратитесь к оператору шлюза',
  );
}

function expired(text: string): Fault {
  return fault('SignatureVerificationFault', text, { signature: 'CertificateIsExpired' });
}
