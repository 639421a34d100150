/** Latin letters that look like Cyrillic ones: only these are slips of the keyboard; `IIго` or `IPтелефон` are not. */
const LOOK_ALIKE = /^[ABCEHKMOPTXYaceopxykunmr]$/;
const LATIN = 'ABCEHKMOPTXYaceopxy';
const CYRILLIC = 'АВСЕНКМОРТХУасеорху';

/** The first word that mixes Cyrillic letters with Latin look-alikes of theirs; a hyphen ends a word. */
export function mixedWord(text: string): string | undefined {
  return text
    .match(/\p{L}+/gu)
    ?.find(
      (w) =>
        /[А-Яа-яЁё]/.test(w) && /[A-Za-z]/.test(w) && (w.match(/[A-Za-z]/g) ?? []).every((c) => LOOK_ALIKE.test(c)),
    );
}

/** The text with Latin look-alikes inside words that mix alphabets written as the Cyrillic letters they stand for; undefined when nothing is mixed. */
export function withoutLookAlikes(text: string): string | undefined {
  const mixed = mixedWord(text);
  if (mixed === undefined) return undefined;
  const mended = mixed.replace(/[A-Za-z]/g, (c) => CYRILLIC[LATIN.indexOf(c)] ?? c);
  return text.replace(mixed, mended);
}
