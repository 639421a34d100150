import { snilsWith } from '../people/index.js';
import { inTransaction, played, type Reply, type Script } from '../service/index.js';
import { answerTo, concerned, type Fund } from './answer-question.js';
import type { Account, FundAnswer, Question } from './api.js';
import { hyphenated } from './hyphenated.js';
import { QUESTIONS, type QuestionPath } from './shapes.js';

/** POST of a question: answered once for one messageId, as the script has it. */
export function ask(path: QuestionPath, body: unknown, fund: Fund, script: Script): Reply {
  const wrong = QUESTIONS[path](body, 'body');
  if (wrong !== undefined) return { status: 400, json: { error: `${wrong} is missing or of a wrong type` } };
  const question = body as Question<unknown>; // its shape was just checked
  const found = concerned(path, question, fund);
  const about = found.map(({ snils }) => snils.replace(/\D/g, ''));
  return played(script, about, ({ duplicate }) =>
    answerOnce(path, question, duplicate ? found.flatMap(doubled) : found, fund),
  );
}

/**
 * The record of the question and the answer to it are one transaction, so a repeated messageId is told what the first one was
 * told and records nothing. A crash before COMMIT leaves nothing; after it, the answer waits under GET /messages.
 */
function answerOnce(path: QuestionPath, question: Question<unknown>, found: readonly Account[], fund: Fund): Reply {
  const { messageId, format, test } = question;
  return inTransaction(fund.db, !test, () => {
    const row = fund.db.prepare('SELECT path, answer FROM messages WHERE message_id = ?').get(messageId);
    if (row && row.path !== path)
      return { status: 409, json: { error: 'the id belongs to a message of another kind' } };
    if (row) return { status: 200, json: JSON.parse(String(row.answer)) };
    const answer: FundAnswer = { messageId, format, ...answerTo(path, question, found, fund) };
    fund.db.prepare('INSERT INTO messages VALUES (?,?,?)').run(messageId, path, JSON.stringify(answer));
    const inquiry = fund.db.prepare('INSERT INTO inquiries (message_id, snils, asked_at) VALUES (?,?,?)');
    for (const { snils } of found) inquiry.run(messageId, snils, fund.now());
    return { status: 200, json: answer };
  });
}

/** GET /messages/{messageId}: what was answered, or 404 when the id never had an effect here. */
export function storedAnswer(messageId: string, { db }: Fund): Reply {
  const row = db.prepare('SELECT answer FROM messages WHERE message_id = ?').get(messageId);
  return row ? { status: 200, json: JSON.parse(String(row.answer)) } : { status: 404, json: { unknown: messageId } };
}

/** GET /inquiries?snils=ddd-ddd-ddd dd: under which messages the account was asked about. */
export function inquiriesAbout(snils: string | null, { db }: Fund): Reply {
  if (snils === null) return { status: 400, json: { error: 'snils is missing' } };
  const rows = db.prepare('SELECT message_id, asked_at FROM inquiries WHERE snils = ? ORDER BY seq').all(snils);
  return { status: 200, json: { inquiries: rows.map((r) => ({ messageId: r.message_id, at: r.asked_at })) } };
}

/** An account opened twice by mistake: the second has a number of its own, below those of synthetic people. */
function doubled(account: Account): readonly Account[] {
  const second = snilsWith(Number(`89${account.snils.replace(/\D/g, '').slice(2, 9)}`));
  return [account, { ...account, snils: hyphenated(second) }];
}
