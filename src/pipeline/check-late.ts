import { fault } from '../faults/index.js';
import type { Commit } from '../ports/index.js';
import { arrow } from './arrow.js';
import { Defect } from './defect.js';
import { findDocuments } from './documents.js';
import { openMessage } from './open-message.js';
import type { Job } from './outcome.js';
import { contentViolations } from './stages/check-content.js';
import { refuseDelivery } from './status-message.js';
import type { World } from './world.js';

/** The content checks of a message accepted before them: passes it to its recipient, or tells the sender by a status. */
export async function checkLate(job: Extract<Job, { job: 'check-late' }>, world: World): Promise<Commit> {
  const { message, body, delivery, at } = job;
  const { tree, data, attachments } = openMessage(message, body, world);
  const entry =
    'contentName' in data ? world.catalogue.find(data.contentName.namespace, data.contentName.local) : undefined;
  const sent = {
    tree,
    data,
    attachments,
    at: message.acceptedAt,
    test: message.test,
    ...(entry === undefined ? {} : { entry }),
  };
  const found = findDocuments(sent, world);
  const violations = [...found.violations, ...contentViolations(found.documents, attachments, world)];
  const refused =
    found.refused ??
    (violations.length === 0
      ? undefined
      : fault(
          'InvalidContent',
          `Бизнес-данные сообщения не соответствуют схеме, зарегистрированной в СМЭВ. MessageId = ${message.messageId}`,
          { violations },
        ));
  if (refused !== undefined) return refuseDelivery({ message, delivery, fault: refused, to: 'refused', at }, world);
  const passed = arrow({ kind: 'check-passed' }, message, delivery, { now: at, vault: world.vault });
  if (passed === undefined) throw new Defect(`delivery ${delivery.id} is ${delivery.state}, not checking`);
  return { moves: passed.moves, leaves: passed.leaves };
}
