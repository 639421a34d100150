import { fault, isFault } from '../../faults/index.js';
import type { Attachment, Violation } from '../../message/index.js';
import { canonicalize } from '../../xml/index.js';
import { findDocuments } from '../documents.js';
import { fileHeaders } from '../file-references.js';
import type { Checked, CheckedDocument, Paired } from '../known.js';
import { ruleContext, ruleViolations } from '../rule-violations.js';
import { type Refusal, refuse } from '../stage.js';
import { afterRewriting } from '../upgrade-attachment.js';
import type { World } from '../world.js';

/** Content and XML attachments against their formats, schemas before rules: at once, or later where the participant is set so. */
export function checkContent(known: Paired, world: World): Checked | Refusal<Checked> {
  const found = findDocuments({ ...known, upgrades: upgradesFor(known) }, world);
  const isAllLate = known.caller.participant.contentChecks === 'smev';
  // Files in the store are looked at after the answer, whatever the participant is set to.
  const late = isAllLate || fileHeaders(known.data).length > 0;
  const checked: Checked = { ...known, late, documents: found.documents };
  if (isAllLate) return checked;
  if (isFault(found.refused)) return refuse(found.refused, checked);
  const violations = [...found.violations, ...contentViolations(found.documents, known.attachments, world)];
  if (violations.length > 0) {
    const text = `Бизнес-данные сообщения не соответствуют схеме вида сведений: нарушений ${violations.length}`;
    return refuse(fault('InvalidContent', text, { violations }), checked);
  }
  const context = ruleContext(known.caller.participant.codes, known.at, world);
  const broken = ruleViolations(found.documents, known.attachments, context);
  if (broken.length === 0) return checked;
  const text = `Бизнес-данные сообщения нарушают правила вида сведений: нарушений ${broken.length}`;
  return refuse(fault('InvalidContent', text, { violations: broken }), checked);
}

/**
 * Formats whose retired versions are rewritten for this message. Only where an adapter hands it over: a recipient that polls gets what
 * the sender signed, or nothing.
 */
function upgradesFor({ caller, recipients }: Paired): readonly string[] {
  return recipients.every((r) => r.mode === 'push') ? (caller.participant.upgrades ?? []) : [];
}

/** Every violation of every document, the content first. */
export function contentViolations(
  documents: readonly CheckedDocument[],
  attachments: readonly Attachment[],
  { validator }: World,
): readonly Violation[] {
  return documents.flatMap((document) => {
    const { attachment, rewriting } = document;
    const contentId = attachment === undefined ? undefined : attachments[attachment]?.contentId;
    if (rewriting === undefined) return violationsOf(document, contentId, validator);
    const sent = rewriting.of.entry.format.entry === undefined ? [] : violationsOf(rewriting.of, contentId, validator);
    return sent.length > 0
      ? sent
      : violationsOf(document, contentId, validator).map((v) => afterRewriting(v, document));
  });
}

function violationsOf(
  { entry, tree, element }: Pick<CheckedDocument, 'entry' | 'tree' | 'element'>,
  contentId: string | undefined,
  validator: World['validator'],
): readonly Violation[] {
  const place = { tree, element, ...(contentId === undefined ? {} : { attachment: contentId }) };
  return validator.validate(entry, canonicalize(tree, element), place);
}
