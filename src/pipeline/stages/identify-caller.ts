import { X509Certificate } from 'node:crypto';
import { type Fault, fault } from '../../faults/index.js';
import { nameIn } from '../../signature/index.js';
import type { Identified, WithSignature } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Identity is the certificate, looked up whole in our registry, before any cryptography. */
export function identifyCaller(known: WithSignature, { directory }: World): Identified | Refusal<Identified> {
  const caller = directory.byCertificate(known.signature.certificate);
  return caller === undefined ? refuse(notRegistered(known.signature.certificate)) : { ...known, caller };
}

function notRegistered(der: Buffer): Fault {
  try {
    const name = nameIn(new X509Certificate(der));
    return fault(
      'SenderIsNotRegistered',
      `Сертификат не зарегистрирован: серийный номер ${name}. Зарегистрируйте его у оператора шлюза`,
    );
  } catch {
    return fault('SignatureVerificationFault', 'X509Certificate в подписи не читается как сертификат X.509', {
      signature: 'CertificateIsNotFound',
    });
  }
}
