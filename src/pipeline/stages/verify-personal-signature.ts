import { readRouting } from '../../envelope/index.js';
import { type Fault, fault, isFault } from '../../faults/index.js';
import { nameOf } from '../../message/index.js';
import { fingerprintOf, isUnreadable, PERSONAL_PROFILE, readCertificate } from '../../signature/index.js';
import type { Routed } from '../known.js';
import { personOf } from '../personal-signer.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/**
 * ЭП-СП, the signature of a person over the content, on the tree ЭП-ОВ was verified on: must be good where it stands,
 * must stand where the format says so, and must be of a certificate the right names where it names some.
 */
export function verifyPersonalSignature(known: Routed, world: World): Routed | Refusal<Routed> {
  const { data } = known;
  if (!('content' in data)) return known;
  const allowed = allowedCertificates(known, world);
  if (data.personalSignature === undefined) {
    if (known.entry?.role === 'request' && known.entry.format.personalSignature === 'required')
      return refuse(missing(known), known);
    // Records of a registry are signed one by one: followRouting judges them so.
    return allowed === undefined || isByRecords(known)
      ? known
      : refuse(denied(known, 'в сообщении нет PersonalSignature'), known);
  }
  const certificate = personOf(known, data.personalSignature, data.content, world);
  if (isFault(certificate)) return refuse(named(certificate), known);
  if (allowed !== undefined && !allowed.includes(fingerprintOf(certificate)))
    return refuse(denied(known, `сертификат ЭП-СП (${subjectOf(certificate)}) в праве не назван`), known);
  return { ...known, personalCertificate: certificate };
}

function isByRecords({ tree, unsigned }: Routed): boolean {
  return unsigned.routing !== undefined && readRouting(tree, unsigned.routing).records !== undefined;
}

function allowedCertificates({ operation, caller, entry, at, broadcast }: Routed, { directory }: World) {
  if (operation !== 'SendRequest' || entry === undefined) return undefined;
  return directory.personalFor(
    caller.participant.mnemonic,
    nameOf(entry.root),
    at,
    broadcast === true ? 'broadcast' : 'request',
  );
}

/** A message has two signatures: the text says which one it speaks of. */
function named(wrong: Fault): Fault {
  const { description } = wrong;
  return description.includes(PERSONAL_PROFILE.title)
    ? wrong
    : { ...wrong, description: `${PERSONAL_PROFILE.title}: ${description}` };
}

function missing({ entry }: Routed): Fault {
  const text = `Вид сведений ${nameOf(entry!.root)} требует подписи ЭП-СП: подпишите элемент под MessagePrimaryContent и поместите ds:Signature в PersonalSignature до подписания ЭП-ОВ`;
  return fault('SignatureVerificationFault', text, { signature: 'NoSignatureFound' });
}

function denied({ caller, entry }: Routed, why: string): Fault {
  const text = `Право участника ${caller.participant.mnemonic} на ${nameOf(entry!.root)} дано владельцам названных в нём личных сертификатов: ${why}. Обратитесь к оператору шлюза`;
  return fault('PersonalAccessDenied', text);
}

function subjectOf(der: Buffer): string {
  const certificate = readCertificate(der);
  return isUnreadable(certificate) ? fingerprintOf(der) : `${certificate.serial}, ${certificate.subject.text}`;
}
