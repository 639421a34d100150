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

/** Every thread compiles a schema at its first message, within the deadline of a job (10 s, on a machine that may be busier). */
const LONGEST_COMPILATION_MS = 3_000;

/** What libxml2 says, by which messages will be judged: its refusal is the package's. `now`: milliseconds of any clock. */
export function judgeByLibxml2(sources: Sources, entry: string, now: () => number): EngineVerdict | Refusal {
  const begun = now();
  const compiled = compileSchema(sources, entry);
  const took = now() - begun;
  if (!isXsdProblem(compiled)) {
    compiled.dispose();
    return took > LONGEST_COMPILATION_MS ? tooComplex(entry, took) : ACCEPTED;
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

function tooComplex(entry: string, took: number): Refusal {
  const s = (took / 1000).toFixed(1);
  const most = LONGEST_COMPILATION_MS / 1000;
  return {
    code: 'overrun',
    document: entry,
    ru: `Схема ${entry} компилируется ${s} с, а первое же сообщение ждало бы её; допускается ${most} с. Обычная причина — сотни необязательных элементов подряд.`,
    en: `The schema ${entry} takes ${s} s to compile, and the first message would wait for it; ${most} s is the limit. Hundreds of optional elements in a row are the usual cause.`,
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
