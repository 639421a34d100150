/**
 * Another schema engine, asked beside ours when a format is published and in comparisons; never on the way of a message.
 * It may be absent, die or hang: every question is answered all the same, by `untold` where it has no verdict, and the
 * next question finds a fresh engine. Nothing is read from disk or network whatever a schema or a document names, and
 * what carries a DOCTYPE is refused. Questions may be asked at once; they are taken one after another.
 */
export interface SecondOpinion {
  /**
   * Compiles one schema of a set. Paths have no leading slash; imports and includes are looked up among `documents` by
   * path relative to the document they stand in, and one that is not there is a complaint. Any number of compiled
   * schemas may be held at once. `documents` must answer the same for as long as the schema is in use.
   */
  compile(documents: Pick<ReadonlyMap<string, Uint8Array>, 'get'>, entry: string): Promise<SchemaOpinion>;
  /** Ends the engine; questions that wait, and later ones, are answered `untold`, closed. Idempotent. */
  close(): Promise<void>;
}

export type SchemaOpinion =
  | { readonly verdict: 'accepted'; readonly engine: string; readonly schema: SecondSchema }
  | { readonly verdict: 'refused'; readonly engine: string; readonly complaints: readonly OpinionComplaint[] }
  | Untold;

/** A schema the engine holds; it is compiled again by itself when the engine had to be started anew. */
export interface SecondSchema {
  /** One opinion a document, in their order. Cheap by the thousand. */
  validate(documents: readonly Uint8Array[]): Promise<readonly DocumentOpinion[]>;
  /** The engine may forget it. Idempotent; afterwards `validate` is a mistake. */
  release(): void;
}

export type DocumentOpinion =
  | { readonly verdict: 'valid' }
  | { readonly verdict: 'invalid'; readonly complaints: readonly OpinionComplaint[] }
  | Untold;

/** One complaint in the engine's own words (English). Only the first ones of a document are told, at least one. */
export interface OpinionComplaint {
  /** Virtual path of the schema document; absent for a document that is validated. */
  readonly file?: string;
  /** 1-based; absent where the engine does not know. */
  readonly line?: number;
  readonly column?: number;
  /** The engine's code with the text: `cvc-pattern-valid: …`. */
  readonly text: string;
}

export interface Untold {
  readonly verdict: 'untold';
  /**
   * absent: cannot be run on this machine, not a fault · crashed: died or gave up under the question, and again when it
   * was asked anew · overrun: past its deadline, ended · closed: `close` was called
   */
  readonly why: 'absent' | 'crashed' | 'overrun' | 'closed';
  /** For the operator, English. */
  readonly detail: string;
}
