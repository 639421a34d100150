import type { PlannedFormat, Warning } from './plan.js';

/** What an operator should look at in a plan before confirming it: one warning a kind, naming the formats. */
export function planWarnings(formats: readonly PlannedFormat[]): Warning[] {
  const changed = formats.filter((f) => f.novelty !== 'unchanged');
  return [
    ...told('breaking', changed.filter(breaks), (list) => ({
      ru: `Ревизия ломает: документы, верные сейчас, могут перестать приниматься (${list})`,
      en: `Breaking revisions: documents that are valid now may be refused (${list})`,
    })),
    ...told('life-cycle', formats.filter(isEnding), (list) => ({
      ru: `Версии выводятся или выведены из действия, публикация этого не меняет; вернуть — gateway formats activate (${list})`,
      en: `Retired or retiring versions stay so: a publication does not change that, gateway formats activate does (${list})`,
    })),
    ...told(
      'guess',
      changed.filter((f) => f.guessed.includes('personal')),
      (list) => ({
        ru: `Личные поля найдены по именам, их число в скобках; проверьте и запишите в format.json: ${list}`,
        en: `Personal fields were guessed by their names, their number in brackets; check and write them into format.json: ${list}`,
      }),
    ),
    ...told('guess', changed.filter(isGuessedDocument), (list) => ({
      ru: `Единственный корневой элемент принят за документ, который едет файлом; если это запрос, напишите в format.json "request" (${list})`,
      en: `The only root element is taken for a document that travels as a file; if it is a request, write "request" into format.json (${list})`,
    })),
    ...told(
      'guess',
      changed.filter((f) => f.guessed.includes('version') && !f.namespace.includes(f.version)),
      (list) => ({
        ru: `Версия не названа в пространстве имён (${list}); напишите её в format.json`,
        en: `The namespace names no version (${list}); write it into format.json`,
      }),
    ),
  ];
}

type Words = Pick<Warning, 'ru' | 'en'>;

function told(kind: Warning['kind'], formats: readonly PlannedFormat[], say: (list: string) => Words): Warning[] {
  if (formats.length === 0) return [];
  const [first] = formats;
  const list = formats
    .map((f) => `${f.id} ${f.version}${kind === 'guess' ? ` (${f.personal.length})` : ''}`)
    .join(', ');
  return [{ kind, ...(formats.length === 1 && first?.document && { document: first.document }), ...say(list) }];
}

function breaks({ novelty, difference }: PlannedFormat): boolean {
  return novelty === 'revision' && difference !== undefined && 'breaking' in difference && difference.breaking > 0;
}

function isEnding({ novelty, state, retiredFrom }: PlannedFormat): boolean {
  const ends = state === 'retired' || state === 'retiring' || retiredFrom !== undefined;
  return ends && (novelty === 'revision' || novelty === 'unchanged');
}

function isGuessedDocument({ roots, guessed }: PlannedFormat): boolean {
  return roots.document !== undefined && guessed.includes('roots');
}
