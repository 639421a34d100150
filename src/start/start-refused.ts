/** A start that is refused, with the fix; not a bug. Thrown by the composition roots, told by main.ts. */
export class StartRefused extends Error {
  readonly ru: string;
  constructor(ru: string, en: string) {
    super(en);
    this.ru = ru;
  }
}
