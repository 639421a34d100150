/** Failures become one group, the group a plan; the plan is judged, frozen, approved by a second person, run and reported. */
import { expect } from 'chai';
import type { FailureGroup } from '../../src/delivery/index.js';
import { leafFields, openLeaf } from '../../src/journal/index.js';
import { query } from './contents.js';
import { eventually, PERSON, type PullWorld, pullWorld, statement, statesOf } from './pull-world.js';
import { ANSWERED } from './replay-answers.js';
import { type PlanView, type ReplayWorld, replayWorld } from './replay-world.js';

describe('a replay', () => {
  let world: ReplayWorld;
  beforeEach(async () => {
    world = await replayWorld();
  });
  afterEach(() => world.close());

  const run = async (id: string) => {
    const done = await world.call('POST', `/replay/plans/${id}/run`, { by: 'Петров' });
    expect(done.status, JSON.stringify(done.body)).to.equal(200);
  };
  const kinds = async (name: string) => (await world.gateway.store.recordsOf(name)).map(({ kind }) => kind);

  it('of forty failures of one cause: one group, a plan, two people, forty effects, a report linked to the journal', async () => {
    const ids = await world.sent(40, 'failed');
    const groups = await world.call<{ items: FailureGroup[] }>('GET', '/replay/groups');
    expect(groups.body.items).to.have.length(1);
    const [group] = groups.body.items;
    expect(group).to.include({ state: 'failed', partner: 'EGISSO', count: 40, where: '/a/b/c' });
    expect(ids).to.include(group!.sample.messageId);

    world.says = () => ANSWERED;
    const plan = await world.planned({ filter: { groups: [group!.fingerprint] }, perSecond: 1_000 });
    expect(plan.dryRun).to.deep.include({ total: 40, counts: { ready: 40 } });
    expect((await world.call('POST', `/replay/plans/${plan.id}/run`, { by: 'Петров' })).status).to.equal(409);
    const frozen = await world.call('POST', `/replay/plans/${plan.id}/freeze`, {
      by: 'Иванова',
      reason: 'обращение 17',
    });
    expect(frozen.body.frozen).to.include({ count: 40, needsSecond: true });
    expect((await world.call('POST', `/replay/plans/${plan.id}/approve`, { by: 'Иванова' })).status).to.equal(409);
    expect((await world.call('POST', `/replay/plans/${plan.id}/approve`, { by: 'Петров' })).status).to.equal(200);
    expect(world.effects).to.deep.equal([]);
    await run(plan.id);
    await world.until(plan.id, 'done');

    expect(world.effects).to.have.members(ids);
    for (const id of ids) expect(await statesOf(world.gateway, id)).to.deep.equal(['failed', 'delivered']);
    const report = await world.report(plan.id);
    expect(report).to.deep.include({ total: 40, outcomes: { delivered: 40 } });
    for (const line of report.lines) {
      const replayed = (await world.gateway.store.record(line.replayed!))!;
      expect(leafFields(replayed.bytes)).to.include({ kind: 'replayed', messageId: line.messageId });
      expect((await world.gateway.store.record(line.record!))!.kind).to.equal('answered');
    }
    expect(await kinds(`replay ${plan.id}`)).to.deep.equal([
      'replay-planned',
      'replay-judged',
      'replay-frozen',
      'replay-approved',
      'replay-started',
      'replay-ended',
    ]);
    const [, , freeze] = await world.gateway.store.recordsOf(`replay ${plan.id}`);
    const opened = openLeaf(freeze!.bytes, freeze!.opening, world.gateway.vault);
    expect(typeof opened === 'string' ? undefined : opened.hidden).to.include({
      by: 'Иванова',
      reason: 'обращение 17',
      set: plan.dryRun!.set,
      planHash: frozen.body.frozen!.hash,
    });
    expect((await world.call<{ items: FailureGroup[] }>('GET', '/replay/groups')).body.items).to.deep.equal([]);
  });

  it('is judged as of today: what is answered, over, in doubt, or not allowed any more is told apart and left out', async () => {
    const [first, doubtful] = [(await world.sent(1, 'failed'))[0]!, 'in-doubt'];
    world.says = () => ({ kind: 'in-doubt', cause: 'no answer' });
    const [lost] = await world.sent(1, doubtful);
    const [old] = await world.gateway.store.deliveriesOf(lost!);
    const settled = await world.call<{ delivery: { state: string } }>('POST', `/deliveries/${old!.id}/settle`, {
      as: 'unknown',
      by: 'Иванова',
      reason: 'партнёр не знает',
    });
    expect(settled.body.delivery).to.include({ state: 'failed' });
    world.says = () => ANSWERED;
    const plan = await world.planned();
    expect(plan.dryRun!.counts).to.deep.equal({ ready: 1, 'in-doubt': 1 });
    await world.approved(plan.id);
    await run(plan.id);
    await world.until(plan.id, 'done');
    expect(world.effects, 'the doubtful one had its effect, and none again').to.deep.equal([lost, first]);
    const again = await world.planned();
    expect(again.dryRun!.counts).to.deep.equal({ replayed: 1, 'in-doubt': 1 });
    const nothing = await world.call('POST', `/replay/plans/${again.id}/freeze`, { by: 'Иванова', reason: 'ещё раз' });
    expect(nothing.status).to.equal(409);
    const word = { as: 'lost', by: 'Петров', reason: 'партнёр подтвердил: не получал' };
    expect((await world.call('POST', `/deliveries/${old!.id}/settle`, word)).status).to.equal(200);
    expect((await world.planned()).dryRun!.counts).to.deep.equal({ replayed: 1, ready: 1 });
  });

  it('stops by itself when too much of it fails, and goes on when a person says so', async () => {
    await world.sent(30, 'failed');
    const plan = await world.planned({ perSecond: 100, stopShare: 0.2 });
    await world.approved(plan.id);
    await run(plan.id);
    const paused = await world.until(plan.id, 'paused');
    expect(paused.note).to.match(/^errors: \d+ of \d+$/);
    expect((await kinds(`replay ${plan.id}`)).at(-1)).to.equal('replay-paused');
    world.says = () => ANSWERED;
    const { run: stopped } = paused;
    expect(stopped!.made).to.be.within(10, 30);
    await world.call('POST', `/replay/plans/${plan.id}/resume`, { by: 'Петров' });
    await world.until(plan.id, 'done');
    const { outcomes } = await world.report(plan.id);
    expect(outcomes.failed).to.equal(stopped!.made);
    expect((outcomes.failed ?? 0) + (outcomes.delivered ?? 0)).to.equal(30);
  });

  it('waits while it is paused, goes on after a restart, and makes of each delivery one replay', async () => {
    const ids = await world.sent(30, 'failed');
    world.says = () => ANSWERED;
    const plan = await world.planned({ perSecond: 20 });
    await world.approved(plan.id);
    await run(plan.id);
    await eventually(async () => world.effects.length > 0, 'it began');
    expect(
      (await world.call('POST', `/replay/plans/${plan.id}/pause`, { by: 'Петров', reason: 'обед' })).status,
    ).to.equal(200);
    const paused = await world.until(plan.id, 'paused');
    expect(paused.run!.made).to.be.within(1, 29);
    await eventually(async () => world.effects.length === paused.run!.made, 'what was made is delivered');
    expect((await world.call('POST', `/replay/plans/${plan.id}/resume`, { by: 'Петров' })).status).to.equal(200);
    await eventually(async () => world.effects.length > paused.run!.made, 'it goes on');
    await world.restart();
    await world.until(plan.id, 'done');
    expect(world.effects.toSorted()).to.deep.equal(ids.toSorted());
    expect((await world.report(plan.id)).outcomes).to.deep.equal({ delivered: 30 });
  });

  it('that is cancelled makes nothing more, and its report says what was left out', async () => {
    await world.sent(25, 'failed');
    world.says = () => ANSWERED;
    const plan = await world.planned({ perSecond: 10 });
    await world.approved(plan.id);
    await run(plan.id);
    await eventually(async () => world.effects.length > 0, 'it began');
    await world.call('POST', `/replay/plans/${plan.id}/cancel`, { by: 'Петров', reason: 'не то' });
    const { run: ended } = await world.until(plan.id, 'cancelled');
    const delivered = async () => (await world.report(plan.id)).outcomes.delivered === ended!.made;
    await eventually(delivered, 'what was made is delivered');
    expect((await world.report(plan.id)).outcomes).to.deep.equal({
      delivered: ended!.made,
      'left-out': 25 - ended!.made,
    });
  });

  it('of many is approved by its author only behind broken glass, and then a review stays open until another person looked', async () => {
    await world.sent(21, 'failed');
    const plan = await world.planned();
    const say = (verb: string, body: object) => world.call('POST', `/replay/plans/${plan.id}/${verb}`, body);
    await say('freeze', { by: 'Иванова', reason: 'ночь' });
    expect((await say('approve', { by: 'Иванова', breakGlass: true })).status, 'without a reason').to.equal(409);
    const approved = await say('approve', { by: 'Иванова', breakGlass: true, reason: 'пенсии к утру' });
    expect(approved.body).to.deep.include({ state: 'approved', review: 'open' });
    expect((await say('review', { by: 'Иванова', reason: 'всё верно' })).status).to.equal(409);
    const reviewed = await say('review', { by: 'Петров', reason: 'всё верно' });
    expect(reviewed.body.review).to.include({ by: 'Петров', note: 'всё верно' });
  });

  it('looks at rights and routes in force now', async () => {
    await world.sent(2, 'failed');
    const { gateway } = world;
    const format = encodeURIComponent('{urn://egisso-ru/msg/10.13.I/2.0.0}requestPackage');
    const revoked = await fetch(`${gateway.url}/api/v1/rights?participant=FED001&format=${format}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    expect(revoked.status).to.equal(200);
    const plan = await world.planned();
    expect(plan.dryRun!.counts).to.deep.equal({ rights: 2 });
    expect(plan.dryRun!.samples.rights!.why).to.include('FED001');
    expect((await world.planned({ despite: ['rights'] })).dryRun!.counts).to.deep.equal({ rights: 2 });
    expect((await world.call('POST', '/replay/plans', { by: 'И', reason: 'r', despite: ['eol'] })).status).to.equal(
      400,
    );
  });

  it('groups refused messages too, which nobody can replay, and says what would become of them today', async () => {
    const { gateway } = world;
    const headers = { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' };
    const format = '{urn://egisso-ru/msg/10.13.I/2.0.0}requestPackage';
    const right = `${gateway.url}/api/v1/rights`;
    await fetch(`${right}?participant=FED001&format=${encodeURIComponent(format)}`, { method: 'DELETE', headers });
    for (let i = 0; i < 3; i++)
      expect((await gateway.as('FED001').sendRequest(query(PERSON))).fault?.code).to.equal('AccessDenied');
    type Refusals = { items: (FailureGroup & { replayable: boolean; today: { verdict: string } })[] };
    const groups = async () => (await world.call<Refusals>('GET', '/replay/groups?refused=1')).body.items;
    const [group, ...others] = await groups();
    expect(others).to.deep.equal([]);
    expect(group).to.include({
      state: 'refused',
      count: 3,
      fault: 'AccessDenied',
      partner: 'FED001',
      replayable: false,
    });
    expect(group!.today.verdict).to.equal('would-be-refused');
    await fetch(right, {
      method: 'POST',
      headers,
      body: JSON.stringify({ participant: 'FED001', format, basis: 'приказ' }),
    });
    expect((await groups())[0]!.today).to.deep.equal({ verdict: 'would-be-accepted' });
    expect((await world.call<Refusals>('GET', '/replay/groups')).body.items).to.deep.equal([]);
  });

  it('judges anew in the run what changed since the dry run: what is not allowed any more is left out', async () => {
    const ids = await world.sent(2, 'failed');
    world.says = () => ANSWERED;
    const plan = await world.planned();
    await world.approved(plan.id);
    const { gateway } = world;
    const format = encodeURIComponent('{urn://egisso-ru/msg/10.13.I/2.0.0}requestPackage');
    await fetch(`${gateway.url}/api/v1/rights?participant=FED001&format=${format}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    await run(plan.id);
    const done = await world.until(plan.id, 'done');
    expect(done.run!.skipped.map(({ why }) => why)).to.deep.equal(['rights', 'rights']);
    expect(world.effects).to.deep.equal([]);
    expect(await statesOf(gateway, ids[0]!)).to.deep.equal(['failed']);
    expect((await world.report(plan.id)).outcomes).to.deep.equal({ 'left-out': 2 });
  });

  it('passes over what is too old: its life is over, or partners would not know the MessageID any more', async () => {
    await world.sent(1, 'failed');
    world.ahead = 11 * 24 * 3_600_000;
    expect((await world.planned()).dryRun!.counts).to.deep.equal({ 'stale-id': 1 });
  });
});

describe('a replay to a participant that polls', () => {
  let world: PullWorld;
  beforeEach(async () => {
    world = await pullWorld();
  });
  afterEach(async () => {
    await world.checkInvariants();
    await world.close();
  });

  const call = async (path: string, body?: object): Promise<PlanView> => {
    const response = await fetch(`${world.url}/api/v1/replay/plans${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as PlanView;
  };

  it('puts what it declined into its mailbox again, with the same MessageID, and its answer ends the exchange', async () => {
    const { sentId } = await world.agency.sendRequest(query(PERSON));
    expect((await world.poll(world.fund, 'GetRequest')).messageId).to.equal(sentId);
    await world.fund.ack(sentId, false);
    expect(await statesOf(world, sentId)).to.deep.equal(['not-accepted']);
    expect((await world.poll(world.fund, 'GetRequest')).messageId).to.equal(undefined);

    const { id } = await call('', {
      by: 'Иванова',
      reason: 'отклонено по ошибке',
      filter: { states: ['not-accepted'] },
    });
    await eventually(async () => (await call(`/${id}`)).state === 'dry-run', 'it is judged');
    await call(`/${id}/freeze`, { by: 'Иванова', reason: 'отклонено по ошибке' });
    await call(`/${id}/approve`, { by: 'Иванова' });
    await call(`/${id}/run`, { by: 'Иванова' });
    await eventually(async () => (await call(`/${id}`)).state === 'done', 'it is done');
    expect(await statesOf(world, sentId)).to.deep.equal(['not-accepted', 'queued']);

    const taken = await world.poll(world.fund, 'GetRequest');
    expect(taken.messageId).to.equal(sentId);
    expect((await world.fund.ack(sentId)).fault).to.equal(undefined);
    expect(await statesOf(world, sentId)).to.deep.equal(['not-accepted', 'delivered']);
    const answer = await world.fund.post(
      await world.fund.buildResponse(taken.valueOf('ReplyTo')!, { content: statement() }),
    );
    expect(answer.fault).to.equal(undefined);
    expect((await world.poll(world.agency, 'GetResponse')).valueOf('OriginalMessageId')).to.equal(sentId);
  });
});
