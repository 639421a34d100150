import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import canonicalJson from 'canonicalize';
import {
  type CatalogueData,
  type Format,
  formatName,
  isInstant,
  isRefused,
  type PublishPlan,
  type Refused,
  stateAt,
} from '../formats/index.js';
import type { HiddenFields } from '../message/index.js';
import type { LifeCycle, Snapshot } from '../participants/index.js';
import type { Clock, Commit, Store } from '../ports/index.js';
import type { Changed, InForce } from './in-force.js';

/** Names that stand in the record of a publication; beyond them their number. */
const MOST_NAMED = 200;

export interface PublicationParts {
  readonly inForce: InForce;
  readonly store: Pick<Store, 'artefact'>;
  readonly clock: Clock;
  /** Formats that come with the gateway. */
  readonly builtIn: CatalogueData;
  /** Judges a package away from this thread; never rejects. */
  judge(
    zip: Uint8Array,
    catalogue: CatalogueData,
    options: { readonly asTest: boolean },
  ): Promise<PublishPlan | Refused>;
}

/** Why nothing was changed, in both languages. `conflict`: what was shown is no longer what would happen. */
export interface NotDone {
  readonly why: 'unknown' | 'conflict' | 'bad' | 'unavailable';
  readonly ru: string;
  readonly en: string;
}

export type Done = { readonly snapshot: string; readonly formats: readonly string[] } | NotDone;

export interface Retirement {
  readonly at: string;
  readonly successor?: string;
}

/**
 * Format versions put in force, ended and taken back by an operator: each a change of the snapshot in force, on record, and in all
 * threads when the promise resolves. Messages under way are judged by the snapshot they began with, so none is refused for it.
 */
export class Publications {
  readonly #parts: PublicationParts;
  /** The last plan that was shown: confirming it need not judge again. */
  #shown: { readonly key: string; readonly plan: PublishPlan } | undefined;

  constructor(parts: PublicationParts) {
    this.#parts = parts;
  }

  /** What publishing this package would do now. */
  async plan(zip: Uint8Array, asTest: boolean): Promise<PublishPlan | Refused> {
    const { catalogue } = this.#parts.inForce;
    const key = [createHash('sha256').update(zip).digest('hex'), asTest, catalogue.hash].join(' ');
    if (this.#shown?.key === key) return this.#shown.plan;
    const plan = await this.#parts.judge(zip, catalogue.data, { asTest });
    if (!isRefused(plan)) this.#shown = { key, plan };
    return plan;
  }

  /** Puts a plan in force, if the catalogue is still the one it was judged against. */
  async publish(plan: PublishPlan, catalogueHash: string, more: HiddenFields): Promise<Done> {
    const { artefact } = plan;
    const names = plan.formats.filter((f) => f.novelty !== 'unchanged').map((f) => `${f.id} ${f.version}`);
    if (artefact === undefined)
      return no(
        'bad',
        'Публиковать нечего: всё это уже опубликовано',
        'There is nothing to publish: all of this is published already',
      );
    return this.#change('format-publish', names, more, (snapshot) => {
      if (snapshot.catalogue !== catalogueHash) return { why: CHANGED_MEANWHILE };
      // A package that was published before and is published again outranks what came in between.
      const others = (snapshot.published ?? []).filter((hash) => hash !== artefact.hash);
      return { snapshot: { ...snapshot, published: [...others, artefact.hash] }, artefacts: [artefact] };
    });
  }

  /** Announces or sets the end of a version: from `at` on it is refused, naming the successor. A later `at` prolongs it. */
  async retire(id: string, version: string, { at, successor }: Retirement, more: HiddenFields): Promise<Done> {
    const format = this.#format(id, version);
    if (format === undefined) return unknown(id, version);
    if (!isInstant(at))
      return no('bad', '"at" — момент с часовым поясом, например 2027-01-01T00:00:00+03:00', '"at" is an instant with a zone, such as 2027-01-01T00:00:00+03:00'); // biome-ignore format: one thought
    const next = successor === undefined ? undefined : this.#format(id, successor);
    if (successor !== undefined && (next === undefined || successor === version))
      return no('bad', `Версии на замену нет: ${id} ${successor}`, `There is no such successor: ${id} ${successor}`);
    if (next !== undefined && stateAt(next, Date.parse(at)) === 'retired')
      return no(
        'bad',
        `${formatName(next)} к этому дню тоже выведен из действия`,
        `${formatName(next)} is retired by then too`,
      );
    return this.#live(
      format,
      'format-retire',
      { at, ...(successor !== undefined && { successor }), ...more },
      (now) => ({
        ...now,
        retiredFrom: at,
        ...(successor !== undefined && { successor }),
      }),
    );
  }

  /** Puts a draft, a test version or one that an operator retired in force, now or from `at` on. */
  async activate(id: string, version: string, at: string | undefined, more: HiddenFields): Promise<Done> {
    const format = this.#format(id, version);
    if (format === undefined) return unknown(id, version);
    if (at !== undefined && !isInstant(at))
      return no('bad', '"at" — момент с часовым поясом', '"at" is an instant with a zone');
    if (format.entry === undefined) return no('bad', 'У этой версии нет схемы', 'This version has no schema');
    const now = this.#parts.clock.now();
    const from = at !== undefined && Date.parse(at) > now ? { activeFrom: at } : {};
    const isOpen = ['active', 'retiring'].includes(stateAt(format, now));
    if (isOpen && 'activeFrom' in from)
      return no('bad', `${formatName(format)} уже действует`, `${formatName(format)} is in force already`);
    const declared = await this.#declared(format.namespace);
    const end = declared?.retiredFrom;
    if (end !== undefined)
      return no('bad', `Последний день ${formatName(format)} стоит в самом описании: продлите его через retire с новым "at"`, `The end of ${formatName(format)} stands in its description: prolong it by retire with a new "at"`); // biome-ignore format: one thought
    return this.#live(format, 'format-activate', { ...from, ...more }, () => ({ state: 'active', ...from }));
  }

  /**
   * Takes the last publication back: revisions give way to what was in force before; versions it brought first are retired at once
   * rather than removed, so that exchanges which began under them can end.
   */
  async rollBack(more: HiddenFields): Promise<Done> {
    const { inForce, clock } = this.#parts;
    const published = inForce.directory.snapshot.published ?? [];
    const packages = await this.#packages(published);
    const now = clock.now();
    for (let i = published.length - 1; i >= 0; i--) {
      const { formats, schemas } = packages[i]!;
      const before = new Set(
        [this.#parts.builtIn, ...packages.slice(0, i)].flatMap((p) => p.formats.map((f) => f.namespace)),
      );
      const effective = formats.filter((f) => inForce.catalogue.data.formats.some((g) => g.namespace === f.namespace && g.entry === f.entry)); // biome-ignore format: one thought
      const revisions = effective.filter((f) => before.has(f.namespace));
      const firsts = effective.filter((f) => !before.has(f.namespace));
      const living = firsts.filter((f) => stateAt(this.#format(f.id, f.version) ?? f, now) !== 'retired');
      if (revisions.length + living.length === 0) continue;
      const kept = firsts.length === 0 ? undefined : artefactOf({ formats: firsts, schemas });
      const retiredFrom = new Date(now).toISOString();
      const names = [...revisions, ...living].map(formatName);
      return this.#change('format-roll-back', names, more, (snapshot) => {
        if (snapshot.published?.join() !== published.join()) return { why: CHANGED_MEANWHILE };
        const lifeCycles = { ...snapshot.lifeCycles };
        for (const f of living) lifeCycles[f.namespace] = { ...lifeCycles[f.namespace], retiredFrom };
        const place = kept === undefined ? [] : [kept.hash];
        return {
          snapshot: { ...snapshot, lifeCycles, published: published.flatMap((hash, j) => (i === j ? place : [hash])) },
          ...(kept && { artefacts: [kept] }),
        };
      });
    }
    return no('unknown', 'Нет публикации, которую можно отменить', 'There is no publication to take back');
  }

  #format(id: string, version: string): Format | undefined {
    return this.#parts.inForce.catalogue.versions(id).find((f) => f.version === version);
  }

  /** As built in or published, before life cycles set by operators. */
  async #declared(namespace: string): Promise<Format | undefined> {
    const packages = await this.#packages(this.#parts.inForce.directory.snapshot.published ?? []);
    return [this.#parts.builtIn, ...packages].flatMap((p) => p.formats).findLast((f) => f.namespace === namespace);
  }

  async #packages(hashes: readonly string[]): Promise<CatalogueData[]> {
    const found: CatalogueData[] = [];
    for (const hash of hashes) {
      const bytes = await this.#parts.store.artefact(hash);
      // A snapshot and what it names are written in one transaction: the bytes are there and are ours.
      found.push(JSON.parse(Buffer.from(bytes ?? '{"formats":[],"schemas":{}}').toString('utf8')) as CatalogueData);
    }
    return found;
  }

  #live(format: Format, operation: string, more: HiddenFields, next: (now: LifeCycle) => LifeCycle): Promise<Done> {
    return this.#change(operation, [formatName(format)], more, (snapshot) => ({
      snapshot: {
        ...snapshot,
        lifeCycles: { ...snapshot.lifeCycles, [format.namespace]: next(snapshot.lifeCycles?.[format.namespace] ?? {}) },
      },
    }));
  }

  async #change(
    operation: string,
    names: readonly string[],
    more: HiddenFields,
    change: (
      snapshot: Snapshot,
    ) => { readonly snapshot: Snapshot; readonly artefacts?: Commit['artefacts'] } | { readonly why: NotDone },
  ): Promise<Done> {
    const named = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `+${names.length - MOST_NAMED}`] : names;
    const done: Changed<NotDone> = await this.#parts.inForce.change(change, { ...more, operation, formats: named });
    if ('why' in done) return done.why;
    if ('refused' in done)
      return no(
        'unavailable',
        'Журнал недоступен, ничего не изменено',
        'The journal is unavailable, nothing was changed',
      );
    return { snapshot: done.directory.hash, formats: names };
  }
}

const CHANGED_MEANWHILE: NotDone = no(
  'conflict',
  'Каталог изменился после показа: посмотрите разницу ещё раз',
  'The catalogue changed after it was shown: look at the difference again',
);

function artefactOf(data: CatalogueData): { hash: string; bytes: Uint8Array } {
  const bytes = Uint8Array.from(Buffer.from(canonicalJson(data) ?? '', 'utf8'));
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}

function unknown(id: string, version: string): NotDone {
  return no('unknown', `Вида сведений ${id} ${version} нет`, `There is no format ${id} ${version}`);
}

function no(why: NotDone['why'], ru: string, en: string): NotDone {
  return { why, ru, en };
}
