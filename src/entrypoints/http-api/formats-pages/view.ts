import type { Request } from 'express';
import { type Format, type LifeCycleState, stateAt } from '../../../formats/index.js';
import { type Language, type Words, wordsFor } from './words.js';

/** What every page needs to know of the request: its language, the time, and how to link. */
export interface View {
  readonly language: Language;
  readonly words: Words;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Path of this page below the catalogue, as written in the request. */
  readonly here: string;
  /** An address below the catalogue: steps are escaped, a trailing '' ends it with `/`. */
  link(...steps: readonly string[]): string;
  /** This page in the other language. */
  readonly inOtherLanguage: string;
}

/** The language asked for by `?lang=`, else by Accept-Language, else Russian. */
export function viewOf(request: Request, now: number): View {
  const asked = request.query.lang;
  const chosen = asked === 'ru' || asked === 'en' ? asked : undefined;
  const preferred = request.acceptsLanguages('ru', 'en');
  const language: Language = chosen ?? (preferred === 'en' ? 'en' : 'ru');
  const keep = chosen === undefined ? '' : `?lang=${chosen}`;
  const other = language === 'ru' ? 'en' : 'ru';
  return {
    language,
    words: wordsFor(language),
    now,
    here: request.path,
    link: (...steps) => `${request.baseUrl}/${steps.map(encodeURIComponent).join('/')}${keep}`,
    inOtherLanguage: `${request.baseUrl}${request.path}?lang=${other}`,
  };
}

export function stateOf(format: Format, { now }: View): LifeCycleState {
  return stateAt(format, now);
}

/** By number: 1.0.10 after 1.0.9. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The day of an instant as it is written there: 01.12.2025, 2025-12-01. */
export function dayOf(instant: string, { language }: View): string {
  const day = instant.slice(0, 10);
  return language === 'ru' ? day.split('-').reverse().join('.') : day;
}
