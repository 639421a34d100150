/** What one version did to its predecessor, in prefixed names: `parent/child`, each as it is called BEFORE the step. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** `parent/child` → the child's new name. */
  readonly renames?: Readonly<Record<string, string>>;
  /** `parent/child` (before the step) of elements that come last in their parent from now on. */
  readonly last?: readonly string[];
  /** `parent/child` → a new element around the child. */
  readonly wraps?: Readonly<Record<string, string>>;
  /** `parent/child` → why it has no place any more. */
  readonly lost?: Readonly<Record<string, Reason>>;
}

export interface Reason {
  readonly ru: string;
  readonly en: string;
}

/** How documents of one format get from any retired version to the current one. */
export interface UpgradeTable {
  readonly id: string;
  readonly to: string;
  /** Version → prefix → namespace: the namespaces its documents are made of. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** In order; a document enters at its own version. */
  readonly steps: readonly Step[];
  /** The element whose children may be too many for one document, and the identifier that each document needs for itself. */
  readonly parcel: { readonly list: string; readonly id: string };
}
