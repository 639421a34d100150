import type { DatabaseSync } from 'node:sqlite';
import type { Accounts } from './accounts.js';
import type {
  Account,
  ByData,
  ByParticulars,
  Check,
  ExperienceQuestion,
  PaymentsQuestion,
  Question,
  Result,
} from './api.js';
import { experienceOf } from './experience.js';
import { MOST_MONTHS, paymentsOf } from './payments.js';
import type { QuestionPath } from './shapes.js';

export interface Fund {
  readonly db: DatabaseSync;
  readonly accounts: Accounts;
  readonly now: () => number;
}

/** A question of a kind: who it concerns here, and its answer. */
interface Kind {
  readonly concerns: (about: never, fund: Fund) => readonly Account[];
  readonly answer: (about: never, found: readonly Account[], fund: Fund) => Result;
}

/** The shapes of `about` were checked by the path's own shape, so each kind reads its own. */
const KINDS: Readonly<Record<QuestionPath, Kind>> = {
  '/accounts/by-data': {
    concerns: (about: ByData, { accounts }) => accounts.byData(about),
    answer: (_about: ByData, accounts) => ({ kind: 'accounts', accounts }),
  },
  '/accounts/by-particulars': {
    concerns: (about: ByParticulars, { accounts }) => accounts.byParticulars(about),
    answer: (_about: ByParticulars, accounts) => ({ kind: 'accounts', accounts }),
  },
  '/accounts/check': {
    concerns: (about: Check, { accounts }) => present(accounts.ofOwner(about)),
    answer: (_about: Check, found) => ({ kind: 'check', belongs: found.length > 0 }),
  },
  '/experience': {
    concerns: (about: ExperienceQuestion, { accounts }) => present(accounts.ofOwner(about)),
    answer: ({ onDay }: ExperienceQuestion, [account], { db }) => {
      const experience = account && experienceOf(db, account.snils, onDay);
      return { kind: 'experience', onDay, ...(account && { account }), ...(experience && { experience }) };
    },
  },
  '/payments': {
    concerns: (about: PaymentsQuestion, { accounts }) => present(accounts.ofOwner(about)),
    answer: ({ from, months }: PaymentsQuestion, [account], { db, now }) => {
      if (months < 1 || months > MOST_MONTHS)
        return { kind: 'refused', why: `число месяцев ${months}: допустимо от 1 до ${MOST_MONTHS}` };
      const actualOn = moscowDay(now());
      const paid = account === undefined ? [] : paymentsOf(db, account.snils, { from, months, actualOn });
      return { kind: 'payments', from, months, actualOn, ...(account && { account }), paid };
    },
  },
};

export function concerned(path: QuestionPath, question: Question<unknown>, fund: Fund): readonly Account[] {
  return KINDS[path].concerns(question.about as never, fund);
}

export function answerTo(
  path: QuestionPath,
  question: Question<unknown>,
  found: readonly Account[],
  fund: Fund,
): Result {
  return KINDS[path].answer(question.about as never, found, fund);
}

function present(account: Account | undefined): readonly Account[] {
  return account === undefined ? [] : [account];
}

function moscowDay(at: number): string {
  return new Date(at + 3 * 3_600_000).toISOString().slice(0, 10);
}
