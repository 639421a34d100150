import type { Judged } from '../../formats/index.js';
import type { Violation } from '../../message/index.js';
import type { Context } from '../context.js';

const RU = {
  nothing: (name: string) => `Документ уже ${name}: менять нечего.`,
  notUnderstood: 'Документ не преобразуется:',
  changed: 'Изменено:',
  lost: (count: number) => `Не перенесено, места в новой версии нет (${count}):`,
  source: (name: string, count: number) => `Исходный документ не соответствует схеме ${name} (${count}):`,
  target: (name: string, count: number) => `Получившийся документ не соответствует схеме ${name} (${count}):`,
  valid: (name: string) => `Документ соответствует схеме ${name}, не потеряно ничего.`,
  held: 'Документ не записан; записать как есть: --force.',
};

const EN: typeof RU = {
  nothing: (name) => `The document is ${name} already: nothing to do.`,
  notUnderstood: 'The document cannot be upgraded:',
  changed: 'Changed:',
  lost: (count) => `Lost, the new version has no place for it (${count}):`,
  source: (name, count) => `The source breaks the schema of ${name} (${count}):`,
  target: (name, count) => `The result breaks the schema of ${name} (${count}):`,
  valid: (name) => `The document is valid under the schema of ${name}, nothing is lost.`,
  held: 'The document is not written; write it as it is: --force.',
};

/** An upgrade for people: what changed, what is lost and where, and both schemas' verdicts. `held`: there is a document, kept back. */
export function upgradeInWords(judged: Judged, held: boolean, { settings: { language } }: Context): string {
  const { result, sourceViolations, violations } = judged;
  const say = language === 'ru' ? RU : EN;
  const inWords = (v: Violation) =>
    `  ${v.line === undefined ? '' : `${v.line}${v.column === undefined ? '' : `:${v.column}`} `}${v.path === undefined ? '' : `${v.path} `}${language === 'en' ? (v.textEn ?? v.text) : v.text}`;
  if (result.kind === 'not-understood') return `${say.notUnderstood}\n${inWords(result.violation)}\n`;
  const name = (version: string) => `${result.id} ${version}`;
  const { from, to } = result;
  const lines: string[] = [];
  if (result.kind === 'nothing-to-do') lines.push(say.nothing(name(to)));
  else {
    const { changed, lost } = result;
    lines.push(`${name(from)} → ${to}`, say.changed);
    lines.push(...changed.map((c) => `  ${c.count > 1 ? `${c.count} × ` : ''}${c[language]}`));
    if (lost.length > 0) lines.push(say.lost(lost.length), ...lost.map((l) => `  ${l.line} ${l.path} ${l[language]}`));
    if (sourceViolations.length > 0)
      lines.push(say.source(name(from), sourceViolations.length), ...sourceViolations.map(inWords));
    if (lost.length + violations.length + sourceViolations.length === 0) lines.push(say.valid(name(to)));
  }
  if (violations.length > 0) lines.push(say.target(name(to), violations.length), ...violations.map(inWords));
  if (held) lines.push(say.held);
  return `${lines.join('\n')}\n`;
}
