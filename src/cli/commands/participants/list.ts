import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { isProblem } from '../../exit-codes.js';
import { table } from '../../terminal.js';
import { verb } from './change.js';
import { participantTexts } from './texts.js';

type Bilingual = string | { readonly ru: string; readonly en: string };

interface Summary {
  readonly mnemonic: string;
  readonly name: Bilingual;
  readonly mode: string;
}

interface Detail extends Summary {
  readonly codes: readonly string[];
  readonly nodes?: readonly string[];
  readonly quota?: object;
  readonly capacity: number;
  readonly contentChecks: string;
  readonly certificates: readonly { readonly sha256: string; readonly subject: string; readonly notAfter: string }[];
  readonly delegations?: readonly Held[];
  readonly rights: readonly Held[];
  readonly routes: readonly Held[];
  readonly subscriptions: readonly Held[];
}

/** Whatever has a term: a right, a route, a subscription, a delegation. */
interface Held {
  readonly format?: string;
  readonly code?: string;
  readonly operation?: string;
  readonly purpose?: string;
  readonly from?: string;
  readonly until?: string;
  readonly basis?: string;
}

export function registerList(parent: Command, context: Context): void {
  const { texts, settings } = context;
  const say = (text: Bilingual) => (typeof text === 'object' ? text[settings.language] : text);
  const list = verb(parent, context, 'list', texts.participantsList, '');
  action(list, context, async () => {
    const found = await context.api.get<{ readonly items: readonly Summary[] }>('/participants');
    if (isProblem(found)) return found;
    const c = texts.columns;
    const rows = found.items.map((p) => [p.mnemonic, p.mode, say(p.name)]);
    return { data: found, text: table([c.mnemonic, c.mode, c.name], rows) };
  });
  const words = participantTexts(settings.language);
  const show = verb(parent, context, 'show', words.show, 'FED001').argument('<mnemonic>', words.mnemonic);
  action(show, context, async (mnemonic: string) => {
    const found = await context.api.get<Detail>(`/participants/${encodeURIComponent(mnemonic)}`);
    return isProblem(found) ? found : { data: found, text: describe(found, say(found.name), context) };
  });
}

function describe(p: Detail, name: string, { settings }: Context): string {
  const words = participantTexts(settings.language);
  const until = settings.language === 'ru' ? 'до' : 'until';
  const certificates = p.certificates.map(
    (c) => `${c.sha256.slice(0, 16)} ${until} ${c.notAfter.slice(0, 10)}  ${c.subject}`,
  );
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  return (
    `${p.mnemonic}  ${name}\n${p.mode}, ${p.contentChecks}, capacity ${p.capacity}${p.quota === undefined ? '' : `, quota ${JSON.stringify(p.quota)}`}\n` +
    part(words.certificates, certificates) +
    part(words.codes, p.codes) +
    part(words.nodes, p.nodes ?? []) +
    part(words.rights, p.rights.map(held)) +
    part(words.delegations, (p.delegations ?? []).map(held)) +
    part(words.routes, p.routes.map(held)) +
    part(words.subscriptions, p.subscriptions.map(held))
  );
}

function held({ format, code, operation, purpose, from, until, basis }: Held): string {
  const term = from === undefined && until === undefined ? '' : `${from ?? ''}…${until ?? ''}`;
  return [format ?? code, operation, purpose && `purpose ${purpose}`, term, basis]
    .filter((t) => t !== undefined && t !== '')
    .join(' · ');
}
