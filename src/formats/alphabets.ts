/** Latin letters that look like Cyrillic ones: only these are slips of the keyboard; `IIго` or `IPтелефон` are not. */
const LOOK_ALIKE = /^[ABCEHKMOPTXYaceopxykunmr]$/;

/** The first word that mixes Cyrillic letters with Latin look-alikes of theirs; a hyphen ends a word. */
export function mixedWord(text: string): string | undefined {
  return text
    .match(/\p{L}+/gu)
    ?.find(
      (w) =>
        /[А-Яа-яЁё]/.test(w) && /[A-Za-z]/.test(w) && (w.match(/[A-Za-z]/g) ?? []).every((c) => LOOK_ALIKE.test(c)),
    );
}
