import type { Refusal } from './plan.js';

const LONGEST_PATH = 400;
const DEEPEST = 20;

/** A file name of a package as a path inside it, or why it is none: absolute, leading out of the package, unprintable. */
export function safePath(name: string): string | Refusal {
  const path = name.replaceAll('\\', '/');
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || steps.includes('..'))
    return refusal(name, 'выводит за пределы пакета', 'leads out of the package');
  if (/[\p{Cc}\p{Cs}\uFFFD]/u.test(path))
    return refusal(name, 'содержит непечатные знаки', 'has unprintable characters');
  if (path.length > LONGEST_PATH || steps.length > DEEPEST) return refusal(name, 'слишком длинное', 'is too long');
  return steps.join('/');
}

function refusal(name: string, ru: string, en: string): Refusal {
  const shown = name.replace(/[\p{Cc}\p{Cs}]/gu, '·').slice(0, 120);
  return {
    code: 'unsafe-name',
    document: shown,
    ru: `Имя файла «${shown}» ${ru}; пакет не читается. Переименуйте файл.`,
    en: `The file name “${shown}” ${en}; the package is not read. Rename the file.`,
  };
}
