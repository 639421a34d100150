import type { Request, Response } from 'express';
import type { Catalogue } from '../../../formats/index.js';
import { nameOf } from '../../../message/index.js';
import {
  type Change,
  hashOf,
  type Judged,
  newProblems,
  type Snapshot,
  snapshotDifference,
  type Words,
} from '../../../participants/index.js';
import type { ApiParts } from '../api-parts.js';
import { problems } from '../problem.js';

type Refusal = { readonly status: 400 | 409 | 412 | 422; readonly why: readonly Words[] };

/**
 * Puts a change in force for the operator who asks, and answers what it changed, in words. `?dry=1` changes nothing and
 * answers the same. `If-Match` with the hash of a snapshot refuses (412) when another one is in force meanwhile.
 */
export async function applyChange(
  parts: ApiParts,
  request: Request,
  response: Response,
  what: string,
  change: Change,
): Promise<void> {
  const expected = request.get('If-Match')?.replaceAll('"', '');
  const judge = (snapshot: Snapshot) => judged(snapshot, change, expected, judgedBy(parts));
  const before = parts.inForce.directory.snapshot;
  if (request.query.dry === '1') {
    const made = judge(before);
    if ('why' in made) return refuse(response, made.why);
    const { snapshot } = made;
    return void response.json({ dry: true, snapshot: hashOf(snapshot), changes: snapshotDifference(before, snapshot) });
  }
  // Another change may come in between: words and record are of the snapshot this one was made upon.
  let upon = before;
  const done = await parts.inForce.change(
    (snapshot) => {
      upon = snapshot;
      return judge(snapshot);
    },
    { by: 'operator', operation: what },
  );
  if ('why' in done) return refuse(response, done.why);
  if ('refused' in done)
    return problems(response, 503, [
      { ru: 'Журнал недоступен, ничего не изменено', en: 'The journal is unavailable, nothing was changed' },
    ]);
  const { hash, snapshot } = done.directory;
  response.setHeader('ETag', `"${hash}"`);
  response.json({ snapshot: hash, changes: snapshotDifference(upon, snapshot) });
}

function judged(
  before: Snapshot,
  change: Change,
  expected: string | undefined,
  by: Judged,
): { readonly snapshot: Snapshot } | { readonly why: Refusal } {
  if (expected !== undefined && expected !== hashOf(before)) return { why: { status: 412, why: [CHANGED_MEANWHILE] } };
  const made = change(before);
  if ('why' in made) return { why: { status: 409, why: made.why } };
  const wrong = newProblems(before, made.snapshot, by);
  return wrong.length > 0 ? { why: { status: 422, why: wrong } } : made;
}

const CHANGED_MEANWHILE: Words = {
  ru: 'Настройки уже изменил кто-то другой: прочитайте их заново',
  en: 'Somebody else changed the configuration meanwhile: read it anew',
};

export function refuse(response: Response, { status, why }: Refusal): void {
  problems(response, status, why);
}

const names = new WeakMap<Catalogue, Pick<Judged, 'formats' | 'withPurpose'>>();

function judgedBy({ catalogue, clock, sandbox }: ApiParts): Judged {
  const known = names.get(catalogue) ?? {
    formats: new Set(catalogue.entries().map((e) => nameOf(e.root))),
    withPurpose: new Set(
      catalogue
        .entries()
        .filter((e) => e.role === 'request' && e.format.purpose !== undefined)
        .map((e) => nameOf(e.root)),
    ),
  };
  names.set(catalogue, known);
  return { ...known, at: clock.now(), basisNeeded: !sandbox };
}
