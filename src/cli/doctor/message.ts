import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Envelope, readEnvelope, readMessage, readSigned } from '../../envelope/index.js';
import { type Fault, isFault } from '../../faults/index.js';
import { VERSIONS } from '../../message/index.js';
import { timeOf } from '../../pipeline/index.js';
import {
  PERSONAL_PROFILE,
  readSignature,
  type SignatureProfile,
  SMEV_PROFILE,
  TrustStore,
  verifyByProvider,
  type XRay,
  xRay,
} from '../../signature/index.js';
import { cryptoProviders } from '../../start/crypto-providers.js';
import { isXmlProblem, parseXml, type XmlElement, type XmlTree } from '../../xml/index.js';
import { contentTypeOf, versionOf } from '../envelope-file.js';

export interface MessageQuestion {
  readonly file: Uint8Array;
  readonly version?: string;
  /** What the sender's program hashed, to compare with. */
  readonly canonical?: Uint8Array;
  /** Folder with PEM roots, `ca/*.cert.pem` below it. */
  readonly certificates: string;
  /** ms since 1970. */
  readonly now: number;
}

/** X-rays of a message's signatures, the organisation's first. */
export interface MessageFindings {
  readonly version: string;
  readonly operation: string;
  readonly signatures: readonly (XRay & { readonly signature: string })[];
}

/** Looks at a saved envelope without any gateway: no registry, so the key is the one the message brings. */
export function examineMessage(
  question: MessageQuestion,
): MessageFindings | Fault | { unreadable: string; unreadableEn: string } {
  const { file } = question;
  const named = question.version ?? versionOf(file);
  const version = VERSIONS.find((v) => v === named) ?? '1.2';
  const message = readMessage(contentTypeOf(file), Buffer.from(file));
  if (isFault(message)) return message;
  const tree = parseXml(message.root);
  if (isXmlProblem(tree)) {
    const { line, column, text, textEn } = tree;
    return { unreadable: `${line}:${column} ${text}`, unreadableEn: `${line}:${column} ${textEn}` };
  }
  const envelope = readEnvelope(tree, version);
  if (isFault(envelope)) return envelope;
  const look = eyeFor(tree, question);
  const sentAt = timeOf(tree, envelope.signed);
  const first = look(envelope.signed, envelope.signatureBlock, SMEV_PROFILE, sentAt);
  const inner = innerSignature(tree, envelope);
  const second = inner && look(inner.content, inner.block, PERSONAL_PROFILE, undefined);
  return { version, operation: envelope.operation, signatures: second === undefined ? [first] : [first, second] };
}

type Eye = (
  target: XmlElement,
  block: XmlElement,
  profile: SignatureProfile,
  sentAt: number | undefined,
) => MessageFindings['signatures'][number];

function eyeFor(tree: XmlTree, { certificates, canonical, now }: MessageQuestion): Eye {
  const { provider } = cryptoProviders();
  const roots = rootsIn(join(certificates, 'ca'));
  const trust = new TrustStore(
    { roots, intermediates: [], lists: [], responses: [] },
    { verifySignedBy: verifyByProvider(provider) },
  );
  return (target, block, profile, sentAt) => {
    const read = readSignature(tree, block, target, profile);
    const known = roots.length > 0 && !isFault(read) ? trust.judgeDer(read.certificate, now) : undefined;
    const ray = xRay(tree, target, block, {
      provider,
      at: now,
      profile,
      // Only the outer signature's octets were asked about.
      ...(canonical !== undefined && profile === SMEV_PROFILE && { senderCanonical: canonical }),
      ...(known && { trust: known }),
      ...(sentAt !== undefined && { sentAt }),
    });
    return { signature: profile.title, ...ray };
  };
}

function innerSignature(tree: XmlTree, { version, operation, signed }: Envelope) {
  const data = readSigned(tree, signed, version, operation);
  if (isFault(data) || !('personalSignature' in data) || data.personalSignature === undefined) return undefined;
  return { content: data.content, block: data.personalSignature };
}

function rootsIn(folder: string) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cert.pem'))
    .map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}
