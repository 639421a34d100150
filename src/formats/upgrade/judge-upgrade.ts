import type { Violation } from '../../message/index.js';
import { canonicalize, isXmlProblem, parseXml } from '../../xml/index.js';
import type { Catalogue } from '../catalogue.js';
import type { ContentValidator } from '../content-validator.js';
import type { UpgradeResult } from './result.js';
import { LIMITS, type UpgradeOptions, upgradeDocument } from './upgrade-document.js';

/** An upgrade with both schemas' verdicts. */
export interface Judged {
  readonly result: UpgradeResult;
  /** Of the source by its own version's schema, placed in the source; none where that version has no schema left. */
  readonly sourceViolations: readonly Violation[];
  /** Of the new documents by the new version's schema, placed in them. */
  readonly violations: readonly Violation[];
}

/** Upgrades a document and judges both ends. Needs `initXsd()` in this thread. */
export function judgeUpgrade(
  bytes: Uint8Array,
  { catalogue, validator }: { readonly catalogue: Catalogue; readonly validator: ContentValidator },
  options: UpgradeOptions = {},
): Judged {
  const result = upgradeDocument(bytes, catalogue, options);
  if (result.kind === 'not-understood') return { result, sourceViolations: [], violations: [] };
  const judge = (document: Uint8Array): readonly Violation[] => {
    const tree = parseXml(document, LIMITS);
    if (isXmlProblem(tree)) return [tree];
    const entry = catalogue.find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root));
    if (entry?.format.entry === undefined) return [];
    return validator.validate(entry, canonicalize(tree, tree.root), { tree, element: tree.root });
  };
  if (result.kind === 'nothing-to-do') return { result, sourceViolations: [], violations: judge(bytes) };
  return { result, sourceViolations: judge(bytes), violations: result.documents.flatMap(judge) };
}
