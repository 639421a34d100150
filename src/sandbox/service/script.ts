import type { Asked, Manner, Reply } from './reply.js';

/**
 * One thing that goes wrong. It befalls the questions that are about one of `snils` (all, when absent), of those the given
 * share, evenly spread (0.25: every fourth), and no more than `times` of them.
 */
export interface Rule {
  /** latency: `ms`; status: `status`; duplicate: the partner believes the person to be two. */
  readonly what: 'latency' | 'status' | 'silence' | 'half' | 'duplicate';
  readonly ms?: number;
  readonly status?: number;
  /** status and silence: the work is done before, and only the answer is lost. */
  readonly done?: boolean;
  readonly snils?: readonly string[];
  readonly share?: number;
  readonly times?: number;
}

/** What the rules make of one question. */
export interface Plan {
  /** Answered so instead of doing the work. */
  readonly instead?: Reply;
  /** Done, and then answered so. */
  readonly after?: Reply;
  readonly manner: Manner;
  readonly duplicate: boolean;
}

interface Running {
  readonly rule: Rule;
  met: number;
  used: number;
}

/** The rules in force, in memory: a restart plays fair again. */
export class Script {
  #rules: Running[] = [];

  get rules(): readonly Rule[] {
    return this.#rules.map(({ rule }) => rule);
  }

  /** In place of all that were in force. */
  set(rules: readonly Rule[]): void {
    this.#rules = rules.map((rule) => ({ rule, met: 0, used: 0 }));
  }

  /** Counts the question against every rule that is about it. */
  plan(about: readonly string[]): Plan {
    const hit = this.#rules.filter((running) => befalls(running, about)).map(({ rule }) => rule);
    const fault = hit.find(({ what }) => what === 'status' || what === 'silence' || what === 'half');
    const delay = Math.max(0, ...hit.map(({ what, ms = 0 }) => (what === 'latency' ? ms : 0)));
    const how = fault === undefined || fault.what === 'status' ? 'whole' : fault.what === 'half' ? 'half' : 'silence';
    const manner: Manner = { delay, how };
    const duplicate = hit.some(({ what }) => what === 'duplicate');
    if (fault === undefined || fault.what === 'half') return { manner, duplicate };
    const reply = { status: fault.status ?? 500, json: { error: 'scripted' }, manner };
    return { manner, duplicate, ...(fault.done === true ? { after: reply } : { instead: reply }) };
  }
}

/** The work of one question as the script has it: not done, done and its answer lost, or done and answered in the plan's manner. */
export function played(script: Script, about: readonly string[], work: (plan: Plan) => Reply): Reply {
  const plan = script.plan(about);
  if (plan.instead) return plan.instead;
  const reply = work(plan);
  return plan.after ?? { ...reply, manner: plan.manner };
}

function befalls(running: Running, about: readonly string[]): boolean {
  const { snils, share = 1, times = Number.POSITIVE_INFINITY } = running.rule;
  if (snils !== undefined && !snils.some((one) => about.includes(one))) return false;
  if (running.used >= times) return false;
  running.met += 1;
  // Evenly spread without chance: the count of hits follows share × questions.
  const isHit = Math.floor(running.met * share + 1e-9) > Math.floor((running.met - 1) * share + 1e-9);
  if (isHit) running.used += 1;
  return isHit;
}

/** GET, PUT and DELETE /script: the rules in force, in their place, none. */
export function scriptReply({ method, body }: Asked, script: Script): Reply {
  if (method === 'PUT') {
    const wrong = mistakeIn(body);
    if (wrong !== undefined) return { status: 400, json: { error: wrong } };
    script.set((body as { rules: readonly Rule[] }).rules); // its shape was just checked
  } else if (method === 'DELETE') script.set([]);
  else if (method !== 'GET') return { status: 405, json: { error: 'GET, PUT or DELETE' } };
  return { status: 200, json: { rules: script.rules } };
}

/** POST /reset: the partner is as on its first day. */
export function resetReply({ method }: Asked, reset: () => void): Reply {
  if (method !== 'POST') return { status: 405, json: { error: 'POST only' } };
  reset();
  return { status: 200, json: { reset: true } };
}

const KINDS = new Set(['latency', 'status', 'silence', 'half', 'duplicate']);
const LONGEST = 10 * 60_000;

function mistakeIn(body: unknown): string | undefined {
  const rules = typeof body === 'object' && body !== null && 'rules' in body ? body.rules : undefined;
  if (!Array.isArray(rules)) return 'rules: a list is needed';
  for (const [i, rule] of (rules as Record<string, unknown>[]).entries()) {
    const within = (name: string, least: number, most: number, isNeeded: boolean) => {
      const value = rule[name];
      return value === undefined ? !isNeeded : typeof value === 'number' && value >= least && value <= most;
    };
    if (typeof rule !== 'object' || rule === null || !KINDS.has(String(rule.what)))
      return `rules[${i}].what: one of ${[...KINDS].join(', ')}`;
    if (!within('ms', 0, LONGEST, rule.what === 'latency')) return `rules[${i}].ms: 0 to ${LONGEST}`;
    if (!within('status', 400, 599, rule.what === 'status')) return `rules[${i}].status: 400 to 599`;
    if (!within('share', 0, 1, false)) return `rules[${i}].share: 0 to 1`;
    if (!within('times', 1, Number.MAX_SAFE_INTEGER, false)) return `rules[${i}].times: from 1`;
    if (rule.snils !== undefined && !(Array.isArray(rule.snils) && rule.snils.every((s) => /^\d{11}$/.test(String(s)))))
      return `rules[${i}].snils: a list of SNILS, eleven digits each`;
  }
  return undefined;
}
