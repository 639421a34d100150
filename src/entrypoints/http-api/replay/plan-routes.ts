import express, { type Request, type Response, Router } from 'express';
import { BY_NAME, type Despite, type Plan } from '../../../delivery/index.js';
import {
  failureGroups,
  judgeRefusal,
  PLAN_VERBS,
  type PlanDone,
  type PlanVerb,
  type PlanWish,
  refusalGroups,
} from '../../../pipeline/index.js';
import type { ApiParts } from '../api-parts.js';
import { problem } from '../problem.js';
import { isWrong, listOf, numberOf, readPlanFilter, readSaid, type Wrong, wrong } from './read-filter.js';
import { asCsv } from './report-csv.js';

const PAGE = 50;
const LARGEST_PAGE = 500;
const REPORT_PAGE = 1_000;
/** Groups of refusals whose sample is judged as of now. */
const MOST_JUDGED = 50;
const MOST_PER_SECOND = 5_000;

/** Failure groups, and plans from draft to report; a plan runs on the server, whoever watches. */
export function planRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/groups', async (request, response) => {
    const filter = readPlanFilter(request.query);
    if (isWrong(filter)) return problem(response, 400, filter.wrong.ru, filter.wrong.en);
    const groups = await failureGroups(filter, parts.store);
    const refused = request.query.refused === '1' ? await refusalGroups(filter, parts) : [];
    const today = await Promise.all(
      refused.slice(0, MOST_JUDGED).map(({ sample }) => judgeRefusal(sample.record ?? -1, parts)),
    );
    const judged = refused.map((group, i) => ({ ...group, ...(today[i] && { today: today[i] }) }));
    response.json({ items: [...groups, ...judged].map(withTimes) });
  });
  router.get('/plans', async (request, response) => {
    const limit = numberOf(request, 'limit', PAGE, LARGEST_PAGE);
    if (Number.isNaN(limit)) return problem(response, 400, 'limit 1…500', 'limit 1…500');
    response.json({ items: (await parts.replays.list(limit)).map((plan) => planView(plan, parts)) });
  });
  router.post('/plans', express.json(), async (request, response) => {
    const wish = readWish(request.body);
    if (isWrong(wish)) return problem(response, 400, wish.wrong.ru, wish.wrong.en);
    const done = await parts.replays.create(wish);
    if ('plan' in done) parts.replays.dryRun(done.plan, wish.by);
    return answer(done, parts, response, 201);
  });
  router.get('/plans/:id', async (request, response) => {
    const plan = await found(parts, request, response);
    if (plan !== undefined) response.json(planView(plan, parts));
  });
  router.get('/plans/:id/report', (request, response) => report(parts, request, response));
  router.post('/plans/:id/dry-run', express.json(), async (request, response) => {
    const said = readSaid(request.body, false);
    if (isWrong(said)) return problem(response, 400, said.wrong.ru, said.wrong.en);
    const plan = await found(parts, request, response);
    if (plan === undefined) return;
    if (plan.state !== 'draft' && plan.state !== 'dry-run')
      return problem(response, 409, `План в состоянии «${plan.state}»`, `The plan is ${plan.state}`);
    parts.replays.dryRun(plan, said.by);
    response.status(202).json(planView(plan, parts));
  });
  for (const verb of PLAN_VERBS)
    router.post(`/plans/:id/${verb}`, express.json(), (request, response) => say(verb, parts, request, response));
  return router;
}

async function say(verb: PlanVerb, parts: ApiParts, request: Request, response: Response): Promise<void> {
  const said = readSaid(request.body, verb === 'freeze' || verb === 'review');
  if (isWrong(said)) return problem(response, 400, said.wrong.ru, said.wrong.en);
  const breakGlass = (request.body as Record<string, unknown>).breakGlass === true;
  answer(await parts.replays.say(String(request.params.id), verb, { ...said, breakGlass }), parts, response);
}

async function report(parts: ApiParts, request: Request, response: Response): Promise<void> {
  const plan = await found(parts, request, response);
  if (plan === undefined) return;
  const [from, limit] = [numberOf(request, 'from', 0, 1e9), numberOf(request, 'limit', REPORT_PAGE, REPORT_PAGE)];
  if (Number.isNaN(from) || Number.isNaN(limit))
    return problem(response, 400, 'from, limit: числа, limit до 1000', 'from, limit: numbers, limit up to 1000');
  const made = await parts.replays.report(plan, { from, limit });
  if (made === undefined) return problem(response, 409, 'Прогона ещё не было', 'There was no dry run yet');
  if (request.accepts(['application/json', 'text/csv']) === 'text/csv')
    return void response.type('text/csv').send(asCsv(made.lines));
  response.json(made);
}

function readWish(body: unknown): PlanWish | Wrong {
  const said = readSaid(body);
  if (isWrong(said)) return said;
  const given = body as Readonly<Record<string, unknown>>;
  const filter = readPlanFilter((given.filter ?? {}) as Record<string, unknown>);
  if (isWrong(filter)) return filter;
  const despite = listOf(given.despite) ?? [];
  const strange = despite.find((d) => !(BY_NAME as readonly string[]).includes(d));
  if (strange !== undefined)
    return wrong(
      `despite: ${strange} нельзя, можно ${BY_NAME.join(', ')}`,
      `despite: not ${strange}, but ${BY_NAME.join(', ')}`,
    );
  const { perSecond, stopShare } = given;
  const isRate = (n: unknown) => typeof n === 'number' && n > 0 && n <= MOST_PER_SECOND;
  const isShare = (n: unknown) => typeof n === 'number' && n >= 0 && n <= 1;
  if (perSecond !== undefined && !isRate(perSecond))
    return wrong(`perSecond: число до ${MOST_PER_SECOND}`, `perSecond: a number up to ${MOST_PER_SECOND}`);
  if (stopShare !== undefined && !isShare(stopShare))
    return wrong('stopShare: доля от 0 до 1', 'stopShare: a share from 0 to 1');
  return {
    ...said,
    filter,
    despite: despite as readonly Despite[],
    ...(perSecond === undefined ? {} : { perSecond: perSecond as number }),
    ...(stopShare === undefined ? {} : { stopShare: stopShare as number }),
  };
}

function answer(done: PlanDone, parts: ApiParts, response: Response, status = 200) {
  if ('refused' in done) return problem(response, 409, done.refused.ru, done.refused.en);
  if ('unknown' in done) return problem(response, 404, `Плана ${done.unknown} нет`, `There is no plan ${done.unknown}`);
  if ('conflict' in done)
    return problem(response, 503, 'План не записан, повторите', 'The plan was not written, try again');
  response.status(status).json({ ...planView(done.plan, parts), record: done.record });
}

async function found(parts: ApiParts, request: Request, response: Response): Promise<Plan | undefined> {
  const id = String(request.params.id);
  const plan = await parts.replays.plan(id);
  if (plan === undefined) problem(response, 404, `Плана ${id} нет`, `There is no plan ${id}`);
  return plan;
}

/** The plan with how far its dry run or its run is. */
function planView(plan: Plan, { replays }: ApiParts): object {
  const judging = replays.judging(plan.id);
  return { ...plan, ...(judging && { judging }) };
}

function withTimes<T extends { readonly firstSeen: number; readonly lastSeen: number }>(group: T): object {
  const [firstSeen, lastSeen] = [group.firstSeen, group.lastSeen].map((at) => new Date(at).toISOString());
  return { ...group, firstSeen, lastSeen, replayable: !('state' in group && group.state === 'refused') };
}
