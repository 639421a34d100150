import type { Routing } from '../../envelope/index.js';
import { type Fault, fault, isFault } from '../../faults/index.js';
import { readSignature, type SignatureProfile, SMEV_PROFILE, verifySignature } from '../../signature/index.js';
import type { XmlElement } from '../../xml/index.js';
import type { Routed } from '../known.js';
import type { World } from '../world.js';

const ROUTING_PROFILE: SignatureProfile = { ...SMEV_PROFILE, title: 'RoutingSignature' };
const RECORD_PROFILE: SignatureProfile = { ...SMEV_PROFILE, title: 'RecordSignature' };

/**
 * rout:Routing stands outside what the caller signed, so it holds by its own signature only: of the same participant, over
 * instructions that name this very message. Otherwise anybody on the way could send a message elsewhere.
 */
export function refusalOfRouting(known: Routed, routing: Routing, world: World): Fault | undefined {
  const { tree, data, caller } = known;
  if (routing.messageId !== data.messageId) return ofAnother(known, routing);
  const { information, signatureBlock } = routing;
  const signed = verifyRegistered(known, information, signatureBlock, ROUTING_PROFILE, world);
  if ('wrong' in signed) return named(signed.wrong);
  if (signed.participant === caller.participant.mnemonic) return undefined;
  const text = `RoutingSignature поставлена участником ${signed.participant}, а сообщение — участником ${caller.participant.mnemonic}: маршрут указывает сам отправитель`;
  return fault('SignatureVerificationFault', `${text} (${tree.pathOf(signatureBlock)})`, {
    signature: 'CertificateIsNotFound',
  });
}

/** RecordSignature: ЭП-ОВ of any registered system over Record; what is wrong with it as a result code, or nothing. */
export function codeOfRecordSignature(
  known: Routed,
  record: XmlElement,
  block: XmlElement,
  world: World,
): 'certificateInvalid' | 'signatureInvalid' | undefined {
  const signed = verifyRegistered(known, record, block, RECORD_PROFILE, world);
  if (!('wrong' in signed)) return undefined;
  return codeOf(signed.wrong);
}

/** Everything about a certificate is one code, everything else about a signature the other. */
export function codeOf({ fault, signature }: Fault): 'certificateInvalid' | 'signatureInvalid' {
  const ofCertificate = signature === 'CertificateIsNotFound' || signature === 'CertificateIsExpired';
  return fault === 'SenderIsNotRegistered' || ofCertificate ? 'certificateInvalid' : 'signatureInvalid';
}

/** Like the caller's signature: structure, registered certificate, digest and value, then the certificate's own state. */
function verifyRegistered(
  { tree, at }: Routed,
  target: XmlElement,
  block: XmlElement,
  profile: SignatureProfile,
  { directory, provider, trust }: World,
): { readonly participant: string } | { readonly wrong: Fault } {
  const signature = readSignature(tree, block, target, profile);
  if (isFault(signature)) return { wrong: signature };
  const registered = directory.byCertificate(signature.certificate);
  if (registered === undefined) {
    const text = `Сертификат подписи ${profile.title} не зарегистрирован`;
    return { wrong: fault('SignatureVerificationFault', text, { signature: 'CertificateIsNotFound' }) };
  }
  const proof = verifySignature(tree, target, signature, registered.key, provider);
  if (isFault(proof)) return { wrong: proof };
  const verdict = trust.judge(registered.certificate, at);
  if (verdict.ok) return { participant: registered.participant.mnemonic };
  return { wrong: fault('SignatureVerificationFault', verdict.text, { signature: 'CertificateIsExpired' }) };
}

function ofAnother({ tree, data }: Routed, { information, messageId }: Routing): Fault {
  const element = tree.children(information).find((c) => tree.localNameOf(c) === 'MessageID') ?? information;
  const text = `Routing относится к сообщению ${messageId}, а MessageID этого сообщения ${data.messageId}: создайте и подпишите RoutingInformation заново`;
  const textEn = `Routing belongs to message ${messageId}, this message is ${data.messageId}`;
  return fault('InvalidContent', text, {
    violations: [{ ...tree.positionOf(element), path: tree.pathOf(element), text, textEn }],
  });
}

/** A message has several signatures: the text says which one it speaks of. */
function named(wrong: Fault): Fault {
  const { description } = wrong;
  return description.includes(ROUTING_PROFILE.title)
    ? wrong
    : { ...wrong, description: `${ROUTING_PROFILE.title}: ${description}` };
}
