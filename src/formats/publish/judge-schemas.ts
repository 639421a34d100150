import { Buffer } from 'node:buffer';
import type { SecondOpinion } from '../../ports/index.js';
import { compileSchema, isXsdProblem } from '../../xml/index.js';
import type { EngineVerdict, Refusal, Warning } from './plan.js';

/** Complaints shown of one schema. */
const MOST_SHOWN = 3;

export type Sources = ReadonlyMap<string, Uint8Array>;

export function sourcesOf(schemas: Readonly<Record<string, string>>): Sources {
  return new Map(Object.entries(schemas).map(([path, text]) => [path, Buffer.from(text, 'utf8')]));
}

const ACCEPTED: EngineVerdict = { verdict: 'accepted', ru: 'схема принята', en: 'the schema is accepted' };

/** What libxml2 says, by which messages will be judged: its refusal is the package's. */
export function judgeByLibxml2(sources: Sources, entry: string): EngineVerdict | Refusal {
  const compiled = compileSchema(sources, entry);
  if (!isXsdProblem(compiled)) {
    compiled.dispose();
    return ACCEPTED;
  }
  const complaints = compiled.details
    .slice(0, MOST_SHOWN)
    .map((d) => `${d.file ?? compiled.document}:${d.line} ${d.message}`)
    .join('; ');
  return {
    code: compiled.xsdProblem === 'missing-document' ? 'missing-import' : compiled.xsdProblem,
    document: compiled.document,
    ru: complaints === '' ? compiled.text : `Схема ${entry} не компилируется: ${complaints}`,
    en: complaints === '' ? compiled.textEn : `The schema ${entry} does not compile: ${complaints}`,
  };
}

/** What the other engine says; where it is absent that is said once, by `absence`. */
export async function judgeBySecond(
  second: SecondOpinion | undefined,
  sources: Sources,
  entry: string,
): Promise<EngineVerdict> {
  if (second === undefined) return untold('not asked');
  const opinion = await second.compile(sources, entry);
  switch (opinion.verdict) {
    case 'accepted':
      opinion.schema.release();
      return { ...ACCEPTED, ru: `схема принята (${opinion.engine})`, en: `the schema is accepted (${opinion.engine})` };
    case 'refused': {
      const words = opinion.complaints
        .slice(0, MOST_SHOWN)
        .map((c) => `${c.file ?? entry}${c.line === undefined ? '' : `:${c.line}`} ${c.text}`)
        .join('; ');
      return {
        verdict: 'refused',
        ru: `${opinion.engine} не принимает: ${words}`,
        en: `${opinion.engine} refuses: ${words}`,
      };
    }
    case 'untold':
      return untold(`${opinion.why}: ${opinion.detail}`);
  }
}

function untold(why: string): EngineVerdict {
  return { verdict: 'untold', ru: `второе мнение не получено (${why})`, en: `no second opinion (${why})` };
}

/** Disagreements are shown one by one; silence of the other engine once. */
export function secondWarnings(
  verdicts: readonly { readonly document: string; readonly second: EngineVerdict }[],
): Warning[] {
  const refused = verdicts.filter((v) => v.second.verdict === 'refused');
  const silent = verdicts.find((v) => v.second.verdict === 'untold');
  return [
    ...refused.map(({ document, second: { ru, en } }) => ({
      kind: 'second-opinion' as const,
      document,
      ru: `${document}: libxml2 принимает, ${ru}`,
      en: `${document}: libxml2 accepts, ${en}`,
    })),
    ...(silent === undefined
      ? []
      : [{ kind: 'second-opinion' as const, ru: capital(silent.second.ru), en: capital(silent.second.en) }]),
  ];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
