import { Catalogue, type CatalogueData, composeCatalogue } from '../formats/index.js';
import type { Snapshot } from '../participants/index.js';
import type { Commit, Store } from '../ports/index.js';
import { Defect } from './defect.js';

type Published = Pick<Snapshot, 'published' | 'lifeCycles'>;

/** From what a snapshot says of formats to the catalogue itself: built-in formats, packages published since, life cycles. */
export class Catalogues {
  readonly #builtIn: CatalogueData;
  readonly #artefact: Store['artefact'];
  readonly #packages = new Map<string, CatalogueData>();
  #last: { readonly key: string; readonly catalogue: Catalogue } | undefined;

  constructor(builtIn: CatalogueData, artefact: Store['artefact']) {
    this.#builtIn = builtIn;
    this.#artefact = artefact;
  }

  /** The same object for as long as snapshots say the same of formats. `fresh`: what the snapshot names and the store does not hold yet. */
  async of({ published = [], lifeCycles = {} }: Published, fresh: Commit['artefacts'] = []): Promise<Catalogue> {
    const key = JSON.stringify([published, lifeCycles]);
    if (this.#last?.key === key) return this.#last.catalogue;
    const packages = [];
    for (const hash of published) packages.push(await this.#package(hash, fresh));
    const catalogue = new Catalogue(composeCatalogue(this.#builtIn, packages, lifeCycles));
    this.#last = { key, catalogue };
    return catalogue;
  }

  async #package(hash: string, fresh: NonNullable<Commit['artefacts']>): Promise<CatalogueData> {
    const known = this.#packages.get(hash);
    if (known !== undefined) return known;
    const bytes = fresh.find((a) => a.hash === hash)?.bytes ?? (await this.#artefact(hash));
    // A snapshot and what it names are written in one transaction.
    if (bytes === undefined) throw new Defect(`the store has lost the format package ${hash}`);
    const data = JSON.parse(Buffer.from(bytes).toString('utf8')) as CatalogueData;
    this.#packages.set(hash, data);
    return data;
  }
}
