import { randomUUID } from 'node:crypto';
import { type Judged, judgeUpgrade, type Upgraded } from '../formats/index.js';
import type { World } from './world.js';

/** An upgrade as plain data: documents as text. */
export type UpgradeReport = Omit<Judged, 'result'> & {
  readonly result:
    | Exclude<Judged['result'], Upgraded>
    | (Omit<Upgraded, 'documents'> & { readonly documents: readonly string[] });
};

/** Rewrites a document of a retired version under the catalogue in force, judged at both ends. Stores nothing. */
export function upgradeReport(document: Uint8Array, split: boolean, world: World): UpgradeReport {
  const judged = judgeUpgrade(document, world, split ? { newPackageId: () => randomUUID() } : {});
  const { result } = judged;
  if (result.kind !== 'upgraded') return { ...judged, result };
  return { ...judged, result: { ...result, documents: result.documents.map((d) => d.toString()) } };
}
