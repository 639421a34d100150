/** A mistake integrators make: the change to a valid document, and what the sender must be told. */
export interface Mistake {
  readonly title: string;
  /** Parts replaced, or the change as a function. */
  readonly change: readonly (readonly [string, string])[] | ((xml: string) => string);
  readonly told: readonly Told[];
}

/** Line, the last two steps of the path, the text in Russian and in English. */
export type Told = readonly [line: number, place: string, ru: string, en: string];
