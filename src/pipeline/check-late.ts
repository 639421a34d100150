import { type Fault, fault } from '../faults/index.js';
import type { Commit, StoredMessage } from '../ports/index.js';
import { DIGESTS } from '../signature/index.js';
import { arrow } from './arrow.js';
import { Defect } from './defect.js';
import { findDocuments } from './documents.js';
import type { FileFacts } from './file-desk.js';
import { fileHeaders } from './file-references.js';
import { documentsInFiles, refusalOfFiles } from './judge-files.js';
import { type OpenedMessage, openMessage } from './open-message.js';
import type { Job } from './outcome.js';
import { ruleContext, ruleViolations } from './rule-violations.js';
import { contentViolations } from './stages/check-content.js';
import { isToGateway, refuseDelivery, tellRouting } from './status-message.js';
import type { World } from './world.js';

/**
 * What is left to do of a message once it is accepted, in one commit for all its deliveries: the content checks put off
 * pass it to its recipients, or tell the sender by a status; the sender of a routed message is told what came of it.
 */
export async function checkLate(
  job: Extract<Job, { job: 'check-late' }>,
  world: World,
): Promise<{ readonly commit: Commit; readonly passed: boolean }> {
  const { message, body, deliveries, files, at } = job;
  const opened = openMessage(message, body, world);
  const recipients = deliveries.filter((d) => !isToGateway(d));
  const own = deliveries.find(isToGateway);
  const refused = recipients.length === 0 ? undefined : judgeLate(message, opened, files, world);
  if (refused !== undefined)
    return {
      commit: await refuseDelivery({ message, deliveries, fault: refused, to: 'refused', at }, world),
      passed: false,
    };
  const passed = recipients.map((delivery) => {
    const next = arrow(
      { kind: 'check-passed' },
      message,
      delivery,
      { now: at, vault: world.vault },
      filesInWords(files),
    );
    if (next === undefined) throw new Defect(`delivery ${delivery.id} is ${delivery.state}, not checking`);
    return next;
  });
  const { routing } = opened;
  const told = own && routing && (await tellRouting(message, own, routing, at, world));
  const commit = {
    ...told,
    moves: [...passed.flatMap((p) => p.moves), ...(told?.moves ?? [])],
    leaves: [...passed.flatMap((p) => p.leaves), ...(told?.leaves ?? [])],
  };
  return { commit, passed: true };
}

/** The content, then the files, then the documents in them; what the files cost was spent already. */
function judgeLate(
  message: StoredMessage,
  opened: OpenedMessage,
  files: readonly FileFacts[],
  world: World,
): Fault | undefined {
  const { acceptedAt } = message;
  const headers = fileHeaders(opened.data);
  const refused = judgeContent(message, opened, acceptedAt, world) ?? refusalOfFiles(headers, files, message, world);
  const documents = refused === undefined ? documentsInFiles(headers, files) : [];
  if (documents.length === 0) return refused;
  // In place of the attachments, which were judged above. A file of a retired version is not rewritten: it stays as it was signed.
  return judgeContent(message, { ...opened, attachments: documents, upgraded: NO_REWRITING }, acceptedAt, world);
}

/** An empty map stands for a message accepted without one: nothing is rewritten then. */
const NO_REWRITING: OpenedMessage['upgraded'] = new Map();

/** What was found in the store, under the leaf's commitment: uuid, bytes, SHA-256. */
function filesInWords(files: readonly FileFacts[]): { readonly files?: readonly string[] } {
  if (files.length === 0) return {};
  const sha256 = ({ digests }: FileFacts) => Buffer.from(digests[DIGESTS.sha256] ?? []).toString('base64');
  return { files: files.map((f) => `${f.uuid} ${f.size} ${sha256(f)}`) };
}

/** What the formats in force at `at` say against a stored message: its documents, their schemas, the rules that refuse. */
export function judgeContent(
  message: Pick<StoredMessage, 'messageId' | 'sender' | 'test'>,
  opened: Pick<OpenedMessage, 'tree' | 'data' | 'attachments' | 'upgraded'>,
  at: number,
  world: World,
): Fault | undefined {
  const { tree, data, attachments, upgraded } = opened;
  const entry =
    'contentName' in data ? world.catalogue.find(data.contentName.namespace, data.contentName.local) : undefined;
  const sent = {
    tree,
    data,
    attachments,
    at,
    test: message.test,
    upgraded,
    upgrades: world.directory.participant(message.sender)?.upgrades ?? [],
    ...(entry === undefined ? {} : { entry }),
  };
  const found = findDocuments(sent, world);
  const violations = [...found.violations, ...contentViolations(found.documents, attachments, world)];
  if (found.refused !== undefined) return found.refused;
  if (violations.length > 0) {
    const text = `Бизнес-данные сообщения не соответствуют схеме, зарегистрированной в СМЭВ. MessageId = ${message.messageId}`;
    return fault('InvalidContent', text, { violations });
  }
  const codes = world.directory.participant(message.sender)?.codes ?? [];
  const broken = ruleViolations(found.documents, attachments, ruleContext(codes, at, world));
  if (broken.length === 0) return undefined;
  const text = `Бизнес-данные сообщения нарушают правила вида сведений. MessageId = ${message.messageId}`;
  return fault('InvalidContent', text, { violations: broken });
}
