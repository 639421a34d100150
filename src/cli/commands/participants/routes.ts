import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, isProblem, problem } from '../../exit-codes.js';
import { apply, applyAsked, verb } from './change.js';
import { formatNamed } from './format-name.js';
import { type TermOptions, termOf, withTerm } from './terms.js';
import { participantTexts } from './texts.js';

interface RouteOptions extends TermOptions {
  readonly dynamic?: string;
  readonly identifier?: string;
  readonly answerWithin?: string;
  readonly remove?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** `48h`: hours; `5d`: working days. */
function answerTermOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const [, count = '', unit] = /^([1-9]\d{0,3})([hd])$/.exec(text) ?? [];
  if (unit === undefined) return 'wrong';
  return unit === 'h' ? { hours: Number(count) } : { workingDays: Number(count) };
}

/** route, subscribe. */
export function registerRoutes(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const route = withTerm(verb(parent, context, 'route', words.route, '10.13.I/2.0.0 EGISSO'), context)
    .argument('<format>', words.format)
    .argument('<mnemonic>', words.recipient)
    .option('--dynamic <value>', words.dynamic)
    .option('--identifier <value>', words.identifier)
    .option('--answer-within <term>', words.answerWithin)
    .option('--remove', words.removeRoute)
    .option('--yes', words.yes);
  action(route, context, async (name: string, recipient: string, options: RouteOptions) => {
    const format = await formatNamed(name, context);
    if (isProblem(format)) return format;
    const { dynamic, identifier } = options;
    if (options.remove) {
      const query = { format, recipient, dynamic, identifier };
      return applyAsked(context, { method: 'DELETE', path: '/routes', query }, options);
    }
    const term = termOf(options, context);
    if (isProblem(term)) return term;
    const answerWithin = answerTermOf(options.answerWithin);
    if (answerWithin === 'wrong') return problem(EXIT.usage, words.badAnswerTerm(String(options.answerWithin)));
    const mark = { ...(dynamic && { dynamic }), ...(identifier && { identifier }) };
    const body = {
      format,
      recipient,
      ...(Object.keys(mark).length > 0 && { by: mark }),
      ...(answerWithin && { answerWithin }),
      ...term,
    };
    return apply(context, { method: 'POST', path: '/routes', body });
  });
  const subscribe = withTerm(verb(parent, context, 'subscribe', words.subscribe, 'REG777 10.33.O/1.0.1'), context)
    .argument('<mnemonic>', words.mnemonic)
    .argument('<format>', words.format)
    .option('--remove', words.unsubscribe)
    .option('--yes', words.yes);
  action(subscribe, context, async (participant: string, name: string, options: RouteOptions) => {
    const format = await formatNamed(name, context);
    if (isProblem(format)) return format;
    const query = { participant, format };
    if (options.remove) return applyAsked(context, { method: 'DELETE', path: '/subscriptions', query }, options);
    const term = termOf(options, context);
    if (isProblem(term)) return term;
    return apply(context, { method: 'POST', path: '/subscriptions', body: { ...query, ...term } });
  });
}
