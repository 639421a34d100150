import type {
  Fact,
  FactEvent,
  PackageElement,
  StatementRequest,
  StoredAnswer,
} from '../../../src/sandbox/egisso/api.js';
import { type RunningRegistry, startRegistry } from '../../../src/sandbox/egisso/index.js';

export const MEASURE = '4ae1c390-523c-4462-b90c-75ecc7ae9bc3';
export const CATEGORY = 'c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9';
export const OWN = '0001.000001';
export const PERSON = '91020304020';

/** A number as a UUID. */
export function uuid(n: number): string {
  return `00000000-0000-4000-9000-${n.toString().padStart(12, '0')}`;
}

/** A fact without faults, changed where the test says. */
export function fact(changes: Partial<Fact> = {}): Fact {
  return {
    oszCode: OWN,
    receiver: { snils: PERSON, familyName: 'Первая', firstName: 'Вера', gender: 'Female', birthDate: '1988-05-05' },
    reasonPersons: [],
    lmszId: MEASURE,
    categoryId: CATEGORY,
    decisionDate: '2020-03-10',
    dateStart: '2020-04-01',
    criteria: { used: true, codes: ['000001'] },
    assignment: { form: '01', amount: '1500,50' },
    ...changes,
  };
}

export function newFact(n: number, changes: Partial<Fact> = {}): PackageElement {
  return { kind: 'fact', uuid: uuid(n), fact: fact(changes) };
}

export function event(n: number, factN: number, rest: object): FactEvent {
  return { uuid: uuid(n), factUuid: uuid(factN), ...rest } as FactEvent; // the test names kind and fields
}

/** One package as the protocol tells it: a line for each record, or the errors of the whole. */
export interface Told {
  readonly lines: readonly string[];
  readonly ok: readonly boolean[];
  readonly refused: readonly string[];
}

/** A registry in memory with its HTTP interface spoken to as the adapter does. */
export class Registry {
  private last = 0;
  private readonly running: RunningRegistry;
  private constructor(running: RunningRegistry) {
    this.running = running;
  }

  static async start(file = ':memory:', now = Date.UTC(2024, 1, 29, 21, 0, 0, 7)): Promise<Registry> {
    const running = await startRegistry({ file, host: '127.0.0.1', port: 0, clock: { now: () => now }, seed: true });
    return new Registry(running);
  }

  get url(): string {
    return this.running.url;
  }

  close(): Promise<void> {
    return this.running.close();
  }

  async call(path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const init =
      body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(this.running.url + path, init);
    return { status: response.status, json: await response.json() };
  }

  /** The body of a package message; every field may be replaced. */
  packageBody(elements: readonly PackageElement[], changes: object = {}): Record<string, unknown> {
    this.last += 1;
    return {
      messageId: `message-${this.last}`,
      format: 'urn://egisso-ru/msg/10.10.I/1.0.3',
      receivedAt: '2024-02-29T20:59:58.5Z',
      findings: [],
      test: false,
      senderCodes: [OWN, '0036.000002'],
      packageId: uuid(100_000 + this.last),
      elements,
      ...changes,
    };
  }

  async send(elements: readonly PackageElement[], changes: object = {}): Promise<Told> {
    const { json } = await this.call('/packages', this.packageBody(elements, changes));
    const { result } = json as Extract<StoredAnswer, { kind: 'protocol' }>; // what POST /packages answers
    if ('messageResult' in result) {
      return { lines: [], ok: [], refused: result.messageResult.errors.map((error) => error.message) };
    }
    const { records } = result.packageResult;
    return {
      lines: records.flatMap((r) => r.messages.map((m) => `${m.type} ${m.code ?? '-'} ${m.report}`)),
      ok: records.map((r) => r.ok),
      refused: [],
    };
  }

  statementBody(requests: readonly Partial<StatementRequest>[], changes: object = {}): Record<string, unknown> {
    this.last += 1;
    const request = { snils: PERSON, assignments: { include: true }, obligations: false, assignees: false, job: false };
    const period = { beginDate: '2020-01-01', endDate: '2021-01-01' };
    return {
      messageId: `message-${this.last}`,
      format: 'urn://egisso-ru/msg/10.13.I/2.0.0',
      receivedAt: '2024-02-29T20:59:58.5Z',
      findings: [],
      test: false,
      packageUid: uuid(1),
      requests: requests.map((sketch, n) => ({ requestUid: uuid(900 + n), ...request, ...period, ...sketch })),
      ...changes,
    };
  }

  async ask(requests: readonly Partial<StatementRequest>[], changes: object = {}) {
    const { json } = await this.call('/statements', this.statementBody(requests, changes));
    return (json as Extract<StoredAnswer, { kind: 'statements' }>).result.answers; // what POST /statements answers
  }

  /** The assignments shown for one request. */
  async shown(request: Partial<StatementRequest> = {}) {
    const [answer] = await this.ask([request]);
    return answer && 'statement' in answer ? (answer.statement.assignments ?? []) : [];
  }
}
