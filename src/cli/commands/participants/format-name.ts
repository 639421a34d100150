import type { Context } from '../../context.js';
import { EXIT, isProblem, type Problem, problem } from '../../exit-codes.js';
import { participantTexts } from './texts.js';

interface FormatItem {
  readonly id: string;
  readonly version: string;
  readonly namespace: string;
  readonly roots: { readonly request?: string };
}

/** `{namespace}root` as it is, or of `10.13.I/2.0.0`: the root element of that version's request. */
export async function formatNamed(text: string, { api, settings }: Context): Promise<string | Problem> {
  if (text.startsWith('{')) return text;
  const found = await api.get<{ readonly items: readonly FormatItem[] }>('/formats');
  if (isProblem(found)) return found;
  const [id, version] = text.split('/');
  const named = found.items.filter((f) => f.id === id && (version === undefined || f.version === version));
  const [only, ...more] = named.flatMap((f) =>
    f.roots.request === undefined ? [] : [{ ...f, root: f.roots.request }],
  );
  if (only !== undefined && more.length === 0) return `{${only.namespace}}${only.root}`;
  const words = participantTexts(settings.language);
  return problem(
    EXIT.usage,
    only === undefined
      ? words.noFormat(text)
      : words.severalVersions(text, named.map((f) => `${f.id}/${f.version}`).join(', ')),
  );
}
