import type { RequestData, ResponseData } from '../envelope/index.js';
import { type Fault, fault, isFault } from '../faults/index.js';
import { acceptable, type FormatEntry, formatName } from '../formats/index.js';
import { type Attachment, nameOf, type QualifiedName, type Violation } from '../message/index.js';
import { isXmlProblem, parseXml, type XmlTree } from '../xml/index.js';
import type { CheckedDocument } from './known.js';
import { type Upgrading, upgradeAttachment } from './upgrade-attachment.js';
import type { World } from './world.js';

export interface FoundDocuments {
  readonly documents: readonly CheckedDocument[];
  /** XML attachments that cannot be read. */
  readonly violations: readonly Violation[];
  /** An attachment of a format that is unknown, retired or does not belong here. */
  readonly refused?: Fault;
}

interface Sent extends Upgrading {
  readonly tree: XmlTree;
  readonly data: RequestData | ResponseData;
  readonly attachments: readonly Attachment[];
  readonly at: number;
  readonly test: boolean;
  readonly entry?: FormatEntry;
}

/** The documents a message carries that its format declares: the content, and XML attachments where the format carries some. */
export function findDocuments(sent: Sent, world: World): FoundDocuments {
  const { catalogue } = world;
  const { entry, data, tree } = sent;
  if (entry === undefined || !('content' in data)) return { documents: [], violations: [] };
  const documents: CheckedDocument[] = [{ entry, tree, element: data.content }];
  const violations: Violation[] = [];
  // What a format carries it announces in its request; answers bring what they like.
  if (entry.role !== 'request' || entry.format.carries.length === 0) return { documents, violations };
  for (const [index, attachment] of sent.attachments.entries()) {
    if (!/^(text|application)\/([a-zA-Z0-9.-]+\+)?xml$/.test(attachment.mimeType)) continue;
    const attached = parseXml(attachment.content);
    if (isXmlProblem(attached)) {
      const { line, column, text, textEn } = attached;
      violations.push({
        line,
        column,
        attachment: attachment.contentId,
        text: `Вложение не читается: ${text}`,
        textEn,
      });
      continue;
    }
    const found = catalogue.find(attached.namespaceOf(attached.root), attached.localNameOf(attached.root));
    const upgraded = upgradeAttachment({ tree: attached, entry: found }, { ...attachment, index }, sent, world);
    if (upgraded !== undefined && 'violations' in upgraded) {
      violations.push(...upgraded.violations);
      continue;
    }
    const document = upgraded ?? { entry: found, tree: attached, element: attached.root };
    const wrong = judgeRoot(document.entry, document.tree, attachment, sent, catalogue);
    if (wrong !== undefined) return { documents, violations, refused: wrong };
    documents.push({ ...document, entry: document.entry!, attachment: index });
  }
  return { documents, violations };
}

function judgeRoot(
  document: FormatEntry | undefined,
  tree: XmlTree,
  attachment: Attachment,
  sent: Sent,
  catalogue: World['catalogue'],
): Fault | undefined {
  const name = { namespace: tree.namespaceOf(tree.root), local: tree.localNameOf(tree.root) };
  const judged = document === undefined ? catalogue.unknown(name) : acceptable(document, sent.at, { test: sent.test });
  const refused = isFault(judged) ? judged : notCarried(name, sent.entry!);
  if (refused === undefined) return undefined;
  return {
    ...refused,
    description: `Вложение «${attachment.contentId}», ${nameOf(name)}: ${refused.description}`,
    extra: { RootElementLocalName: name.local, RootElementNamespaceURI: name.namespace },
  };
}

function notCarried(name: QualifiedName, { format }: FormatEntry): Fault | undefined {
  if (format.carries.includes(nameOf(name))) return undefined;
  return fault(
    'BusinessDataTypeIsNotSupported',
    `${formatName(format)} такого файла не передаёт; ожидается ${format.carries.join(', ')}`,
  );
}
