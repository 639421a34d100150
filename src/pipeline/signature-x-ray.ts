import { readDateTime } from '../envelope/index.js';
import { isFault } from '../faults/index.js';
import { isMessageId, messageIdTime } from '../message/index.js';
import { PERSONAL_PROFILE, readSignature, type XRay, xRay } from '../signature/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import type { AnyData, Opened, WithData } from './known.js';
import type { World } from './world.js';

/** X-ray of ЭП-ОВ, whether or not its signer is known. */
export function xRayOfCaller({ tree, envelope, at }: Opened, { provider, trust, directory }: World): XRay {
  const { signed, signatureBlock } = envelope;
  const signature = readSignature(tree, signatureBlock, signed);
  const certificate = isFault(signature) ? undefined : signature.certificate;
  const key = certificate && directory.byCertificate(certificate)?.key;
  const sentAt = timeOf(tree, signed);
  return xRay(tree, signed, signatureBlock, {
    provider,
    at,
    ...(key && { registeredKey: key }),
    ...(certificate && { trust: trust.judgeDer(certificate, at) }),
    ...(sentAt !== undefined && { sentAt }),
  });
}

/** X-ray of ЭП-СП; undefined where the message has none. */
export function xRayOfPerson({ tree, data, at }: WithData<AnyData>, { provider, trust }: World): XRay | undefined {
  if (!('content' in data) || data.personalSignature === undefined) return undefined;
  const signature = readSignature(tree, data.personalSignature, data.content, PERSONAL_PROFILE);
  return xRay(tree, data.content, data.personalSignature, {
    provider,
    at,
    profile: PERSONAL_PROFILE,
    ...(!isFault(signature) && { trust: trust.judgeDer(signature.certificate, at) }),
  });
}

/** What the message says of its own time: the clock inside its MessageID, or Timestamp. */
export function timeOf(tree: XmlTree, signed: XmlElement): number | undefined {
  for (const element of [signed, ...tree.children(signed)]) {
    const text = tree.textOf(element);
    if (text === undefined) continue;
    if (tree.localNameOf(element) === 'MessageID' && isMessageId(text)) return messageIdTime(text);
    if (tree.localNameOf(element) === 'Timestamp') return readDateTime(text);
  }
  return undefined;
}
