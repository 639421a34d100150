import {
  type Certificate,
  derBlocksOf,
  isUnreadable,
  type OcspResponse,
  type RevocationList,
  readCertificate,
  readOcspResponse,
  readRevocationList,
  type Unreadable,
} from './asn1/index.js';

/** One file, or one entry of a snapshot: its name is for people. */
export interface TrustFile {
  readonly name: string;
  /** PEM with one or more blocks, or DER. */
  readonly content: Uint8Array;
}

/** All that trust rests on, as plain data: what the main thread hands to the others. */
export interface TrustMaterial {
  readonly roots: readonly TrustFile[];
  readonly intermediates: readonly TrustFile[];
  readonly lists: readonly TrustFile[];
  /** OCSP responses, DER. */
  readonly responses: readonly TrustFile[];
}

export interface RejectedFile {
  readonly name: string;
  readonly why: string;
}

/** Roots, intermediates, lists and answers, ready for questions. Immutable; what cannot be read is left out and named. */
export class TrustRegistry {
  readonly roots: ReadonlySet<string>;
  readonly rejected: readonly RejectedFile[];
  readonly certificates: readonly Certificate[];
  /** Of every issuer and scope the newest, complete and delta apart. */
  readonly newestLists: readonly RevocationList[];
  readonly #bySubject: ReadonlyMap<string, readonly Certificate[]>;
  readonly #listsByIssuer: ReadonlyMap<string, readonly RevocationList[]>;
  readonly #responsesBySerial: ReadonlyMap<string, readonly OcspResponse[]>;

  constructor(material: TrustMaterial) {
    const rejected: RejectedFile[] = [];
    const roots = readAll(material.roots, 'CERTIFICATE', readCertificate, rejected);
    const between = readAll(material.intermediates, 'CERTIFICATE', readCertificate, rejected);
    const lists = readAll(material.lists, 'X509 CRL', readRevocationList, rejected);
    const responses = readAll(material.responses, undefined, readOcspResponse, rejected);
    this.rejected = rejected;
    this.roots = new Set(roots.map((r) => r.fingerprint));
    this.certificates = [...roots, ...between.filter((c) => !this.roots.has(c.fingerprint))];
    this.#bySubject = groupBy(this.certificates, (c) => [c.subject.key]);
    // Newest first: where two lists of one scope are fresh, the newer one decides.
    const newest = [...lists].sort((a, b) => b.thisUpdate - a.thisUpdate || compare(b.number, a.number));
    const kinds = groupBy(newest, (l) => [`${l.issuer.key} ${l.scope.key} ${l.baseNumber === undefined}`]);
    this.newestLists = [...kinds.values()].map(([first]) => first!);
    this.#listsByIssuer = groupBy(newest, (l) => [l.issuer.key]);
    this.#responsesBySerial = groupBy(responses, (r) => [...new Set(r.answers.map((a) => a.serial))]);
  }

  /** Certificates of roots and authorities with this subject (`DistinguishedName.key`), roots first. */
  bySubject(key: string): readonly Certificate[] {
    return this.#bySubject.get(key) ?? [];
  }

  listsOf(issuerKey: string): readonly RevocationList[] {
    return this.#listsByIssuer.get(issuerKey) ?? [];
  }

  responsesFor(serial: string): readonly OcspResponse[] {
    return this.#responsesBySerial.get(serial) ?? [];
  }
}

function readAll<T extends object>(
  files: readonly TrustFile[],
  label: 'CERTIFICATE' | 'X509 CRL' | undefined,
  read: (der: Uint8Array) => T | Unreadable,
  rejected: RejectedFile[],
): T[] {
  return files.flatMap(({ name, content }) => {
    const blocks = label === undefined ? [content] : derBlocksOf(content, label);
    if (blocks.length === 0) rejected.push({ name, why: `no ${label} in it` });
    return blocks.flatMap((der) => {
      const found = read(der);
      if (!isUnreadable(found)) return [found];
      rejected.push({ name, why: found.unreadable });
      return [];
    });
  });
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

function compare(a: bigint | undefined, b: bigint | undefined): number {
  const [x, y] = [a ?? -1n, b ?? -1n];
  return x < y ? -1 : x > y ? 1 : 0;
}
