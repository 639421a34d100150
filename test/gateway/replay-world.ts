/** A gateway whose partner a test breaks and mends, and an operator who speaks to the API. */
import { expect } from 'chai';
import type { Plan } from '../../src/delivery/index.js';
import type { PlanReport } from '../../src/pipeline/index.js';
import type { PartnerAdapter, PartnerAnswer } from '../../src/ports/index.js';
import { query } from './contents.js';
import { eventually, PERSON } from './pull-world.js';
import { BROKEN } from './replay-answers.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

export type PlanView = Plan & { readonly judging?: { readonly done: number; readonly failed?: string } };

export interface ReplayWorld {
  readonly gateway: TestGateway;
  /** MessageIDs the partner took, in order: each is an effect. */
  readonly effects: string[];
  /** What the partner says to the next calls. */
  says: (messageId: string) => PartnerAnswer;
  /** What it says when it is asked about a message in doubt. */
  asked: (messageId: string) => PartnerAnswer;
  /** The clock runs ahead by so much. */
  ahead: number;
  /** Sends so many requests and waits until all their deliveries are in the state. */
  sent(count: number, state: string): Promise<string[]>;
  call<T = PlanView>(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; body: T }>;
  /** A plan, dry run included. */
  planned(wish?: object): Promise<PlanView>;
  /** Freezes and approves it. */
  approved(id: string): Promise<void>;
  until(id: string, state: string): Promise<PlanView>;
  report(id: string): Promise<PlanReport>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function replayWorld(folder = newFolder()): Promise<ReplayWorld> {
  let gateway: TestGateway;
  const adapter: PartnerAdapter = {
    partner: 'EGISSO',
    deliver: async ({ messageId }) => {
      const answer = world.says(messageId);
      if (answer.kind === 'answered' || answer.kind === 'in-doubt') world.effects.push(messageId);
      return answer;
    },
    ask: async (messageId) => world.asked(messageId),
  };
  const start = async () => {
    const clock = { now: () => Date.now() + world.ahead };
    gateway = await testGateway({ clock, threads: 1, adapters: new Map([['EGISSO', adapter]]) }, folder);
  };
  const world: ReplayWorld = {
    get gateway() {
      return gateway;
    },
    effects: [],
    says: () => BROKEN,
    asked: () => ({ kind: 'in-doubt', cause: 'no answer' }),
    ahead: 0,
    sent: async (count, state) => {
      const agency = gateway.as('FED001');
      const answers = await Promise.all(Array.from({ length: count }, () => agency.sendRequest(query(PERSON))));
      for (const { fault } of answers) expect(fault).to.equal(undefined);
      const ids = answers.map(({ sentId }) => sentId);
      const stateOf = async (id: string) => (await gateway.store.deliveriesOf(id))[0]?.state;
      await eventually(async () => (await Promise.all(ids.map(stateOf))).every((s) => s === state), `all are ${state}`);
      return ids;
    },
    call: async (method, path, body) => {
      const response = await fetch(`${gateway.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as never };
    },
    planned: async (wish = {}) => {
      const made = await world.call('POST', '/replay/plans', {
        by: 'Иванова',
        reason: 'партнёр починен',
        filter: {},
        ...wish,
      });
      expect(made.status, JSON.stringify(made.body)).to.equal(201);
      return world.until(made.body.id, 'dry-run');
    },
    approved: async (id) => {
      const frozen = await world.call('POST', `/replay/plans/${id}/freeze`, { by: 'Иванова', reason: 'обращение 17' });
      expect(frozen.status, JSON.stringify(frozen.body)).to.equal(200);
      const approved = await world.call('POST', `/replay/plans/${id}/approve`, { by: 'Петров' });
      expect(approved.status, JSON.stringify(approved.body)).to.equal(200);
    },
    until: async (id, state) => {
      let plan: PlanView | undefined;
      await eventually(async () => {
        plan = (await world.call('GET', `/replay/plans/${id}`)).body;
        return plan.state === state && plan.judging === undefined;
      }, `plan ${id} is ${state}`);
      return plan!;
    },
    report: async (id) => (await world.call<PlanReport>('GET', `/replay/plans/${id}/report`)).body,
    restart: async () => {
      await gateway.stop();
      await start();
    },
    close: async () => {
      await gateway.checkInvariants();
      await gateway.close();
    },
  };
  await start();
  return world;
}
