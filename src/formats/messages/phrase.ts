/** One thought in both languages. */
export interface Phrase {
  readonly ru: string;
  readonly en: string;
}

/** A value as it is shown in a text: quoted, shortened, control characters made visible. */
export function shown(value: string): string {
  const visible = value.replace(/[\u0000-\u001f]/g, (c) => (c === '\n' ? '⏎' : '·'));
  return `«${visible.length > 60 ? `${visible.slice(0, 57)}…` : visible}»`;
}

/** Russian plural: 1 символ, 2 символа, 5 символов. */
export function counted(n: number, one: string, few: string, many: string): string {
  const tens = n % 100;
  const units = n % 10;
  if (tens >= 11 && tens <= 14) return `${n} ${many}`;
  return `${n} ${units === 1 ? one : units >= 2 && units <= 4 ? few : many}`;
}

export function symbols(n: number): string {
  return counted(n, 'символ', 'символа', 'символов');
}

export function characters(n: number): string {
  return n === 1 ? '1 character' : `${n} characters`;
}
