import {
  type Asked,
  emptied,
  openDatabase,
  played,
  type Reply,
  type RunningService,
  resetReply,
  Script,
  scriptReply,
  startService,
} from '../service/index.js';
import { dictionariesOf } from './dictionaries.js';
import { factsOf } from './facts.js';
import type { PackageDesk } from './packages.js';
import { getFacts, getMessage, postPackage, postStatements } from './routes.js';
import { seed } from './seeds.js';
import { TABLES } from './tables.js';

export interface RegistryOptions {
  /** SQLite file, or ':memory:'. */
  readonly file: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** Fill an empty registry with the bodies, measures and people of the sandbox. */
  readonly seed: boolean;
  /** Told of unexpected failures; the caller of HTTP only learns that there was one. */
  readonly onFailure?: (error: unknown) => void;
}

export type RunningRegistry = RunningService;

/** The longest body taken, bytes: 11 kinds of 1000 elements of some 2 KB, doubled. */
const BODY_LIMIT = 48 * 1024 * 1024;

/** Opens the file and listens. Rejects when either is impossible. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { file, host, port, clock, onFailure } = options;
  const db = openDatabase(file, TABLES);
  const now = () => clock.now();
  if (options.seed) seed(db, now());
  const desk: PackageDesk = { db, facts: factsOf(db), dictionaries: dictionariesOf(db), now };
  const script = new Script();
  const reset = () => {
    emptied(db, TABLES);
    if (options.seed) seed(db, now());
    script.set([]);
  };
  const service = await startService({ host, port, bodyLimit: BODY_LIMIT, onFailure }, (asked) =>
    serve(asked, { desk, script, reset }),
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
  readonly desk: PackageDesk;
  readonly script: Script;
  /** As on the first day, and fair. */
  readonly reset: () => void;
}

function serve(asked: Asked, { desk, script, reset }: Served): Reply {
  const { method, path, query, body } = asked;
  const posted = { '/packages': postPackage, '/statements': postStatements }[path];
  if (posted) {
    if (method !== 'POST') return { status: 405, json: { error: 'POST only' } };
    return played(script, personsAskedAbout(body), () => posted(body, desk));
  }
  if (path === '/script') return scriptReply(asked, script);
  if (path === '/reset') return resetReply(asked, reset);
  if (method !== 'GET') return { status: 405, json: { error: 'GET only' } };
  if (path === '/health') return { status: 200, json: { status: 'ok' } };
  if (path === '/facts') return getFacts(query.get('snils'), desk);
  const message = /^\/messages\/([0-9A-Za-z-]+)$/.exec(path)?.[1];
  return message ? getMessage(message, desk) : { status: 404, json: { error: 'no such path' } };
}

/** For the script only, before the body is judged: recipients of new facts, persons of requests; whatever is neither is nobody. */
function personsAskedAbout(body: unknown): readonly string[] {
  const parts = [
    ...listIn(body, 'elements').map((element) => at(at(at(element, 'fact'), 'receiver'), 'snils')),
    ...listIn(body, 'requests').map((request) => at(request, 'snils')),
  ];
  return parts.filter((snils) => typeof snils === 'string');
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const held = at(value, name);
  return Array.isArray(held) ? held : [];
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
