/** A local measure as 10.05.I brings it: what the rules look at. */
export interface LocalMeasure {
  readonly id: string;
  readonly periodicityCode: string;
  /** `codePartKMSZ`, six digits. */
  readonly sectionCode: string;
  /** `codeMSZ`, four digits. */
  readonly measureCode: string;
  readonly formCode: string;
  readonly levelCode: string;
  /** `codeCategoryKMSZ` of each local category, eight digits. */
  readonly categoryCodes: readonly string[];
  readonly funding: readonly { readonly source: string /** Percent, as written. */; readonly quota: string }[];
  readonly territories: readonly string[];
  readonly budgetCode: string;
}

/** Classifiers of the registry, by the operator's own numbers of them. */
export type Classifier = '011' | '012' | '013' | '014' | '015' | '016' | '020' | '022';

/** What only the registry knows of the classifier of measures (КМСЗ). */
export interface ClassifierLookups {
  has(classifier: Classifier, code: string): boolean;
  /** Whether the rules of the КМСЗ (017) let the measure have the category. */
  combines(measureCode: string, categoryCode: string): boolean;
  /** Whether the КМСЗ (010) has the whole code. */
  holds(kmszCode: string): boolean;
}

export interface MeasureUnderRules {
  readonly measure: LocalMeasure;
  readonly lookups: ClassifierLookups;
}

/** One level for all sources of funding together: 0100 and 0010 make 0110. */
export function fundingTotal({ funding }: LocalMeasure): string {
  return String(funding.reduce((total, { source }) => total + Number(source), 0)).padStart(4, '0');
}
