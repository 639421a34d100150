import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { isProblem } from '../../exit-codes.js';
import { apply, applyAsked, verb } from './change.js';
import { formatNamed } from './format-name.js';
import { pathOf } from './participant.js';
import { type TermOptions, termOf, withTerm } from './terms.js';
import { participantTexts } from './texts.js';

interface GrantOptions extends TermOptions {
  readonly purpose?: true;
  readonly broadcast?: true;
  readonly personal: readonly string[];
}

/** grant, revoke, delegate. */
export function registerRights(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const grant = withTerm(
    verb(parent, context, 'grant', words.grant, 'FED001 10.13.I/2.0.0 --basis "…" --purpose'),
    context,
  )
    .argument('<mnemonic>', words.mnemonic)
    .argument('<format>', words.format)
    .option('--purpose', words.purpose)
    .option('--broadcast', words.broadcast)
    .option(
      '--personal <sha256>',
      words.personal,
      (value: string, before: readonly string[]) => [...before, value],
      [],
    );
  action(grant, context, async (participant: string, name: string, options: GrantOptions) => {
    const format = await formatNamed(name, context);
    if (isProblem(format)) return format;
    const term = termOf(options, context);
    if (isProblem(term)) return term;
    const { purpose, broadcast, personal } = options;
    const body = {
      participant,
      format,
      ...term,
      ...(purpose && { purpose: 'required' }),
      ...(broadcast && { operation: 'broadcast' }),
      ...(personal.length > 0 && { personal: personal.map((p) => p.replaceAll(':', '').toLowerCase()) }),
    };
    return apply(context, { method: 'POST', path: '/rights', body });
  });
  const revoke = verb(parent, context, 'revoke', words.revoke, 'FED001 10.13.I/2.0.0')
    .argument('<mnemonic>', words.mnemonic)
    .argument('<format>', words.format)
    .option('--broadcast', words.broadcast)
    .option('--yes', words.yes);
  action(
    revoke,
    context,
    async (participant: string, name: string, options: { broadcast?: true; yes?: true; json?: true }) => {
      const format = await formatNamed(name, context);
      if (isProblem(format)) return format;
      const query = { participant, format, operation: options.broadcast ? 'broadcast' : undefined };
      return applyAsked(context, { method: 'DELETE', path: '/rights', query }, options);
    },
  );
  delegate(parent, context);
}

function delegate(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const command = withTerm(verb(parent, context, 'delegate', words.delegate, 'REG777 0777.000009 --basis "…"'), context)
    .argument('<mnemonic>', words.mnemonic)
    .argument('<code>', words.code)
    .option('--end', words.endDelegation)
    .option('--yes', words.yes);
  action(
    command,
    context,
    async (mnemonic: string, code: string, options: TermOptions & { end?: true; yes?: true; json?: true }) => {
      const path = `${pathOf(mnemonic)}/delegations/${encodeURIComponent(code)}`;
      if (options.end) return applyAsked(context, { method: 'DELETE', path }, options);
      const body = termOf(options, context);
      return isProblem(body) ? body : apply(context, { method: 'PUT', path, body });
    },
  );
}
