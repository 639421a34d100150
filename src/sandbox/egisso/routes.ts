import type { Reply } from '../service/index.js';
import { inTransaction } from '../service/index.js';
import type { PackageBody, Statements, StatementsBody, StoredAnswer, UnreadableBody } from './api.js';
import { packageShape, statementsShape, unreadableShape } from './body-shapes.js';
import { type PackageDesk, processPackage, refuseMessage } from './packages.js';
import { mismatch } from './shapes.js';
import { answerStatements } from './statements.js';

/** POST /packages: a package, or the reason why none could be read. */
export function postPackage(body: unknown, desk: PackageDesk): Reply {
  if (typeof body === 'object' && body !== null && 'unreadable' in body) {
    const wrong = mismatch(body, unreadableShape);
    if (wrong) return malformed(wrong);
    const message = body as UnreadableBody; // its shape was just checked
    return answerOnce(message, 'protocol', desk, () => refuseMessage(message, desk.now()));
  }
  const wrong = mismatch(body, packageShape);
  if (wrong) return malformed(wrong);
  const given = body as PackageBody; // its shape was just checked
  return answerOnce(given, 'protocol', desk, () => processPackage(given, desk));
}

/** POST /statements. */
export function postStatements(body: unknown, desk: PackageDesk): Reply {
  const wrong = mismatch(body, statementsShape);
  if (wrong) return malformed(wrong);
  const given = body as StatementsBody; // its shape was just checked
  return answerOnce(given, 'statements', desk, (): Statements => answerStatements(given, desk, desk.now()));
}

/** GET /messages/{messageId}: what was answered, or 404 when the id never had an effect here. */
export function getMessage(messageId: string, desk: PackageDesk): Reply {
  const stored = storedAnswer(messageId, desk);
  return stored ? { status: 200, json: stored } : { status: 404, json: { unknown: messageId } };
}

/** GET /facts?snils=: every fact that names the person, with all its versions. */
export function getFacts(snils: string | null, desk: PackageDesk): Reply {
  if (snils === null) return { status: 400, json: { error: 'snils is missing' } };
  const facts = desk.facts
    .ofPerson(snils)
    .map(({ factUuid, state }) => ({ uuid: factUuid, state, versions: desk.facts.history(factUuid) }));
  return { status: 200, json: { facts } };
}

/**
 * The effect and the answer to it are one transaction, so a repeated messageId is told what the first one was told and
 * changes nothing. A crash before COMMIT leaves nothing; after it, the answer waits under GET /messages.
 */
function answerOnce<Kind extends StoredAnswer['kind']>(
  message: { readonly messageId: string; readonly format: string; readonly test: boolean },
  kind: Kind,
  desk: PackageDesk,
  work: () => Extract<StoredAnswer, { kind: Kind }>['result'],
): Reply {
  return inTransaction(desk.db, !message.test, () => {
    const stored = storedAnswer(message.messageId, desk);
    if (stored && stored.kind !== kind)
      return { status: 409, json: { error: 'the id belongs to a message of another kind' } };
    if (stored) return { status: 200, json: stored };
    const { messageId, format } = message;
    const answer = { messageId, format, kind, result: work() };
    desk.db.prepare('INSERT INTO messages (message_id, answer) VALUES (?,?)').run(messageId, JSON.stringify(answer));
    return { status: 200, json: answer };
  });
}

function storedAnswer(messageId: string, desk: PackageDesk): StoredAnswer | undefined {
  const row = desk.db.prepare('SELECT answer FROM messages WHERE message_id = ?').get(messageId);
  return row && (JSON.parse(String(row.answer)) as StoredAnswer); // answerOnce wrote it
}

function malformed(path: string): Reply {
  return { status: 400, json: { error: `${path} is missing or of a wrong type` } };
}
