/** One HTTP question, its body read and parsed where it has one. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined for GET and DELETE. */
  readonly body: unknown;
}

/** How an answer leaves, where the script has it otherwise than at once and whole. */
export interface Manner {
  /** Milliseconds to wait first. */
  readonly delay: number;
  /** silence: the connection stays open and nothing comes; half: it ends in the middle of the answer. */
  readonly how: 'whole' | 'silence' | 'half';
}

/** One HTTP answer: a status and a JSON body. */
export interface Reply {
  readonly status: number;
  readonly json: unknown;
  readonly manner?: Manner;
}
