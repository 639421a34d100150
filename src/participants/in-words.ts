/** A sentence for a person, in both languages. */
export interface Words {
  readonly ru: string;
  readonly en: string;
}

export function words(ru: string, en: string): Words {
  return { ru, en };
}
