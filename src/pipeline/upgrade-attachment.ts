import { isFault } from '../faults/index.js';
import { acceptable, type FormatEntry, formatName, isUpgradable, stateAt, upgradeTree } from '../formats/index.js';
import type { Attachment, Violation } from '../message/index.js';
import { isXmlProblem, parseXml, type XmlTree } from '../xml/index.js';
import type { CheckedDocument } from './known.js';
import type { World } from './world.js';

/** What is done with documents of retired versions in a message. */
export interface Upgrading {
  /** Ids of formats whose retired versions are rewritten: the sender's own setting. */
  readonly upgrades?: readonly string[];
  /** Of a stored message: what was put beside its attachments at acceptance. Nothing is rewritten a second time. */
  readonly upgraded?: ReadonlyMap<number, Buffer>;
}

type Document = Pick<CheckedDocument, 'entry' | 'tree' | 'element'>;
type Outcome = (Document & Pick<CheckedDocument, 'rewriting'>) | { violations: readonly Violation[] };

/**
 * The document a recipient is given for an attachment of a retired version (docs/adr/0011); undefined where it is judged as it stands.
 * What has no place in the new version refuses the message, by name.
 */
export function upgradeAttachment(
  { tree, entry }: { readonly tree: XmlTree; readonly entry: FormatEntry | undefined },
  attachment: Attachment & { readonly index: number },
  { at, upgrades, upgraded }: Upgrading & { readonly at: number },
  { catalogue }: World,
): Outcome | undefined {
  const stored = upgraded?.get(attachment.index);
  const sent = entry && { entry, tree, element: tree.root };
  if (stored !== undefined) return read(stored, catalogue, sent);
  if (entry === undefined || upgrades?.includes(entry.format.id) !== true) return undefined;
  if (stateAt(entry.format, at) !== 'retired' || !isUpgradable(entry.format)) return undefined;
  const result = upgradeTree(tree, catalogue);
  if (result.kind !== 'upgraded') return undefined;
  if (result.lost.length > 0) {
    const name = formatName(entry.format);
    return {
      violations: result.lost.map(({ path, line, ru, en }) => ({
        path,
        line,
        attachment: attachment.contentId,
        text: `${name} не преобразуется в ${result.to}: ${ru}`,
        textEn: `${name} cannot become ${result.to}: ${en}`,
      })),
    };
  }
  // Accepted before the sender was set so: nothing lies beside the attachment, and what is stored is not changed.
  if (upgraded !== undefined) return undefined;
  const document = read(result.documents[0], catalogue, sent);
  return document === undefined || isFault(acceptable(document.entry, at)) ? undefined : document;
}

function read(
  octets: Buffer,
  catalogue: World['catalogue'],
  sent: Document | undefined,
): (Document & Pick<CheckedDocument, 'rewriting'>) | undefined {
  const tree = parseXml(octets);
  if (isXmlProblem(tree)) return undefined;
  const entry = catalogue.find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root));
  return entry && { entry, tree, element: tree.root, ...(sent && { rewriting: { octets, of: sent } }) };
}

/** The sender has never seen the rewriting: its lines would point nowhere. */
export function afterRewriting({ line, column, ...violation }: Violation, { entry }: CheckedDocument): Violation {
  const name = formatName(entry.format);
  return {
    ...violation,
    text: `после преобразования в ${name}: ${violation.text}`,
    ...(violation.textEn && { textEn: `after the upgrade to ${name}: ${violation.textEn}` }),
  };
}
