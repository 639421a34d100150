import { type RuleContext, refusingViolations } from '../formats/index.js';
import type { Attachment, Violation } from '../message/index.js';
import type { CheckedDocument } from './known.js';
import { afterRewriting } from './upgrade-attachment.js';
import type { World } from './world.js';

/** What the gateway's rules may know beside a document. `at`: the instant they judge at, ms. */
export function ruleContext(senderCodes: readonly string[], at: number, world: World): RuleContext {
  return { senderCodes, today: new Date(at + world.offset(at) * 60_000).toISOString().slice(0, 10) };
}

/** What refuses documents that are valid under their schemas: errors of the rules their formats let refuse, the content's first. */
export function ruleViolations(
  documents: readonly CheckedDocument[],
  attachments: readonly Attachment[],
  context: RuleContext,
): readonly Violation[] {
  return documents.flatMap((document) => {
    const { entry, tree, element, attachment, rewriting } = document;
    const contentId = attachment === undefined ? undefined : attachments[attachment]?.contentId;
    const place = contentId === undefined ? {} : { attachment: contentId };
    const found = refusingViolations(entry, tree, element, context).map((violation) => ({ ...violation, ...place }));
    return rewriting === undefined ? found : found.map((violation) => afterRewriting(violation, document));
  });
}
