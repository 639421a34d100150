import type { Asked, Reply } from '../service/index.js';
import {
  emptied,
  openDatabase,
  type RunningService,
  resetReply,
  Script,
  scriptReply,
  startService,
} from '../service/index.js';
import { accountsOf } from './accounts.js';
import type { Fund } from './answer-question.js';
import { ask, inquiriesAbout, storedAnswer } from './ask.js';
import { seed } from './seeded-accounts.js';
import { QUESTIONS, type QuestionPath } from './shapes.js';
import { TABLES } from './tables.js';

export interface FundOptions {
  /** SQLite file, or ':memory:'. */
  readonly file: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** Fill an empty fund with these synthetic people, and with those the published requests name. */
  readonly people: { readonly seed: number; readonly count: number };
  /** Told of unexpected failures; the caller of HTTP only learns that there was one. */
  readonly onFailure?: (error: unknown) => void;
}

export type RunningFund = RunningService;

const BODY_LIMIT = 256 * 1024;

/** Opens the file and listens. Rejects when either is impossible. */
export async function startFund(options: FundOptions): Promise<RunningFund> {
  const { file, host, port, clock, people, onFailure } = options;
  const db = openDatabase(file, TABLES);
  seed(db, people);
  const fund: Fund = { db, accounts: accountsOf(db), now: () => clock.now() };
  const script = new Script();
  const reset = () => {
    emptied(db, TABLES);
    seed(db, people);
    script.set([]);
  };
  const service = await startService({ host, port, bodyLimit: BODY_LIMIT, onFailure }, (asked) =>
    serve(asked, { fund, script, reset }),
  );
  return {
    url: service.url,
    close: async () => {
      await service.close();
      db.close();
    },
  };
}

interface Served {
  readonly fund: Fund;
  readonly script: Script;
  /** As on the first day, and fair. */
  readonly reset: () => void;
}

function serve(asked: Asked, { fund, script, reset }: Served): Reply {
  const { method, path, query, body } = asked;
  if (Object.hasOwn(QUESTIONS, path)) {
    if (method !== 'POST') return { status: 405, json: { error: 'POST only' } };
    return ask(path as QuestionPath, body, fund, script); // one of its own names
  }
  if (path === '/script') return scriptReply(asked, script);
  if (path === '/reset') return resetReply(asked, reset);
  if (method !== 'GET') return { status: 405, json: { error: 'GET only' } };
  if (path === '/health') return { status: 200, json: { status: 'ok', synthetic: true } };
  if (path === '/inquiries') return inquiriesAbout(query.get('snils'), fund);
  const message = /^\/messages\/([0-9A-Za-z-]+)$/.exec(path)?.[1];
  return message === undefined ? { status: 404, json: { error: 'no such path' } } : storedAnswer(message, fund);
}
