/** Shapes of the questions. A reader answers where the value is wrong, as a path, or undefined. */
export type Shape = (value: unknown, path: string) => string | undefined;

const matching =
  (pattern: RegExp): Shape =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? undefined : path;
/** A place or a paper may have empty parts: the formats let them. */
const text = matching(/^[\s\S]{0,500}$/);
const day = matching(/^-?\d{4,}-\d\d-\d\d$/);
const snils = matching(/^\d{3}-\d{3}-\d{3} \d{2}$/);
const sex = matching(/^[MF]$/);
const flag: Shape = (value, path) => (typeof value === 'boolean' ? undefined : path);
const whole: Shape = (value, path) => (Number.isSafeInteger(value) ? undefined : path);

function object(needed: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape {
  return (value, path) => {
    if (typeof value !== 'object' || value === null) return path;
    const held = value as Readonly<Record<string, unknown>>;
    for (const [name, shape] of Object.entries(needed)) {
      const wrong = shape(held[name], `${path}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    for (const [name, shape] of Object.entries(optional)) {
      const wrong = held[name] === undefined ? undefined : shape(held[name], `${path}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

const place = object({ type: text, settlement: text }, { district: text, region: text, country: text });
const paper = object({ type: text, number: text, issued: day, issuer: text }, { series: text });
const names = { surname: text, forename: text };
const asked = (about: Shape) =>
  object({ messageId: matching(/^[0-9A-Za-z-]{1,64}$/), format: text, test: flag, about });

export const QUESTIONS = {
  '/accounts/by-data': asked(object({ ...names, sex, born: day }, { patronymic: text })),
  '/accounts/by-particulars': asked(object({ ...names, sex, born: day }, { patronymic: text, place, paper })),
  '/accounts/check': asked(object({ ...names, snils }, { patronymic: text, sex, born: day })),
  '/experience': asked(object({ ...names, snils, born: day, onDay: day }, { patronymic: text })),
  '/payments': asked(object({ ...names, snils, sex, born: day, from: day, months: whole }, { patronymic: text })),
} as const;

export type QuestionPath = keyof typeof QUESTIONS;
