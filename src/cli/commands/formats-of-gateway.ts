import { writeFileSync } from 'node:fs';
import type { Difference } from '../../formats/index.js';
import type { Context } from '../context.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import type { FormatDetail, FormatSummary } from './formats-in-words.js';

/** An address of the open catalogue. */
function address(...steps: readonly string[]): string {
  return `/formats/${steps.map(encodeURIComponent).join('/')}`;
}

async function json<T>({ api }: Context, path: string): Promise<T | Problem> {
  const answer = await api.fetch(path, { headers: { accept: 'application/json' } });
  // The shape is the catalogue's promise; a wrong one shows as missing cells.
  return isProblem(answer) ? answer : ((await answer.json()) as T);
}

export function versions(context: Context, id: string): Promise<{ items: readonly FormatSummary[] } | Problem> {
  return json(context, address(id, ''));
}

export function format(context: Context, id: string, version: string): Promise<FormatDetail | Problem> {
  return json(context, address(id, version, ''));
}

/** Versions whose schemas are not kept cannot be compared: exit 1, naming them. */
export async function difference(
  context: Context,
  id: string,
  from: string,
  to: string,
): Promise<Difference | Problem> {
  const found = await json<Difference | { missing: readonly string[] }>(context, address(id, `${from}..${to}`, ''));
  if (isProblem(found) || !('missing' in found)) return found;
  return problem(EXIT.bad, context.texts.noDifference(found.missing.join(', ')));
}

export interface SampleFound {
  readonly id: string;
  readonly version: string;
  readonly role: string;
  readonly xml: string;
}

export async function sample(
  context: Context,
  id: string,
  version: string,
  { full, role }: { readonly full?: boolean; readonly role?: string },
): Promise<SampleFound | Problem> {
  const detail = await format(context, id, version);
  if (isProblem(detail)) return detail;
  const chosen = detail.fields.map((f) => f.role).find((r) => role === undefined || r === role);
  if (chosen === undefined) return problem(EXIT.bad, context.texts.noSample(`${id} ${version}`));
  const xml = await context.api.text(address(id, version, 'samples', `${chosen}${full === true ? '-full' : ''}.xml`));
  return isProblem(xml) ? xml : { id, version, role: chosen, xml };
}

/** Saves the archive; a file that exists is not overwritten. */
export async function download(
  context: Context,
  id: string,
  version: string,
  out = `${id}-${version}.zip`.replace(/[^\p{L}\d._-]/gu, '_'),
): Promise<{ file: string; bytes: number } | Problem> {
  const answer = await context.api.fetch(address(id, `${version}.zip`));
  if (isProblem(answer)) return answer;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  try {
    writeFileSync(out, bytes, { flag: 'wx' });
  } catch {
    return problem(EXIT.usage, context.texts.notWritten(out));
  }
  return { file: out, bytes: bytes.length };
}
