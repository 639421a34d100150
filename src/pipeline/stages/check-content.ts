import { fault, isFault } from '../../faults/index.js';
import type { Attachment, Violation } from '../../message/index.js';
import { canonicalize } from '../../xml/index.js';
import { findDocuments } from '../documents.js';
import type { Checked, CheckedDocument, Paired } from '../known.js';
import { ruleContext, ruleViolations } from '../rule-violations.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Content and XML attachments against their formats, schemas before rules: at once, or later where the participant is set so. */
export function checkContent(known: Paired, world: World): Checked | Refusal<Checked> {
  const found = findDocuments(known, world);
  const late = known.caller.participant.contentChecks === 'smev';
  const checked: Checked = { ...known, late, documents: found.documents };
  if (late) return checked;
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

/** Every violation of every document, the content first. */
export function contentViolations(
  documents: readonly CheckedDocument[],
  attachments: readonly Attachment[],
  { validator }: World,
): readonly Violation[] {
  return documents.flatMap(({ entry, tree, element, attachment }) => {
    const contentId = attachment === undefined ? undefined : attachments[attachment]?.contentId;
    const place = { tree, element, ...(contentId === undefined ? {} : { attachment: contentId }) };
    return validator.validate(entry, canonicalize(tree, element), place);
  });
}
