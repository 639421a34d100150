import { type CertificateVerdict, type TrustOptions, TrustStore } from '../../../src/signature/index.js';
import { type CertificateWishes, type Issued, issue, type ListWishes, NOW, revocationList } from './pki.js';

/** A root, an authority below it and an end certificate, with fresh lists, each as a test wishes. */
export interface Wishes {
  readonly root?: CertificateWishes;
  readonly authority?: CertificateWishes;
  readonly end?: CertificateWishes;
  /** Lists of root and authority; null leaves one out. */
  readonly rootList?: ListWishes | null;
  readonly list?: ListWishes | null;
  /** More of everything, made from what there is. */
  readonly more?: (pki: Pki) => Partial<Extra>;
}

export interface Pki {
  readonly root: Issued;
  readonly authority: Issued;
  readonly end: Issued;
}

interface Extra {
  readonly certificates: readonly Issued[];
  readonly lists: readonly Buffer[];
  readonly responses: readonly Buffer[];
  /** Judged instead of the end certificate. */
  readonly end: Issued;
}

export interface Made {
  readonly pki: Pki;
  readonly store: TrustStore;
  judge(at?: number): CertificateVerdict;
}

export function make(wishes: Wishes = {}, options: TrustOptions = {}): Made {
  const root = issue(undefined, true, wishes.root);
  const authority = issue(root, true, wishes.authority);
  const end = issue(authority, false, wishes.end);
  const pki: Pki = { root, authority, end };
  const extra = wishes.more?.(pki) ?? {};
  const lists = [
    ...(wishes.rootList === null ? [] : [revocationList(root, wishes.rootList)]),
    ...(wishes.list === null ? [] : [revocationList(authority, wishes.list)]),
    ...(extra.lists ?? []),
  ];
  const file = (content: Buffer, i: number) => ({ name: `file ${i}`, content });
  const store = new TrustStore(
    {
      roots: [root.der].map(file),
      intermediates: [authority.der, ...(extra.certificates ?? []).map((c) => c.der)].map(file),
      lists: lists.map(file),
      responses: (extra.responses ?? []).map(file),
    },
    { ...options, policy: { revocation: 'required', ...options.policy } },
  );
  return { pki, store, judge: (at = NOW) => store.judgeDer((extra.end ?? end).der, at) };
}

/** `ok`, or the codes of what is wrong, joined by commas. */
export function outcomeOf(verdict: CertificateVerdict): string {
  return verdict.ok ? 'ok' : verdict.problems.map((p) => p.code).join(', ');
}
