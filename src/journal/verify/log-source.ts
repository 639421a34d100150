/** Where a log is read from: a tile directory, or a store. The verifier believes none of it. */
export interface LogSource {
  /** The newest signed checkpoint; undefined when there is none. */
  checkpoint(): Promise<string | undefined>;
  /** Leaves `from` … `to`−1; fewer when the source ends before. */
  leaves(from: number, to: number): Promise<readonly Uint8Array[] | SourceDamage>;
  /** Stored nodes `from` … `to`−1 of a tree level; asked only for complete nodes, of the levels `keepsLevel` names. */
  hashes(level: number, from: number, to: number): Promise<readonly Uint8Array[] | SourceDamage>;
  keepsLevel(level: number): boolean;
}

/** The source's own form is wrong: a tile too short, a bundle with trailing bytes. */
export interface SourceDamage {
  /** As in a verdict: `tile/0/000`. */
  readonly where: string;
  readonly wrong: string;
}
