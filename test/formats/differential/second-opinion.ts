import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createXercesOpinion, xercesCommand } from '../../../src/drivers/second-opinion-xerces/index.js';
import type { DocumentOpinion, SecondOpinion, SecondSchema } from '../../../src/ports/index.js';
import { documentsOf, type Put } from './compare.js';
import { judgeOf } from './judge.js';
import { type Pair, repository } from './pairs.js';
import type { Parting } from './partings.js';

export interface SecondComparison {
  readonly documents: number;
  /** One line per document on which, in Xerces, our schema and the published one disagree. */
  readonly differences: readonly string[];
  readonly partings: readonly Parting[];
}

const batch = 200;

export function xerces(): SecondOpinion {
  return createXercesOpinion({ command: xercesCommand(repository), limits: { question: 120_000 } });
}

/** The documents of `compare`, judged in Xerces by both schemas, and by ours in libxml2. */
export async function compareInXerces(
  opinion: SecondOpinion,
  pair: Pair,
  count: number,
  seed: number,
): Promise<SecondComparison> {
  const libxml2 = judgeOf(pair.ours);
  const ours = await schemaAt(opinion, pair.ours);
  const published = await schemaAt(opinion, pair.published, pair.mended);
  const differences: string[] = [];
  const partings: Parting[] = [];
  let judged = 0;
  for (const put of inBatches(documentsOf(pair, count, seed))) {
    const octets = put.map(({ xml }) => (typeof xml === 'string' ? Buffer.from(xml) : xml));
    const [mine, theirs] = [await ours.validate(octets), await published.validate(octets)];
    for (const [i, { how, xml }] of put.entries()) {
      const [a, b] = [judgementOf(mine[i]), judgementOf(theirs[i])];
      judged++;
      if (a.verdict !== b.verdict) differences.push(`${how}: ours: ${told(a)}; published: ${told(b)}`);
      const first = libxml2(xml);
      const verdict = first === undefined ? 'valid' : 'invalid';
      if (a.verdict === verdict) continue;
      const complaints = [first, a.complaint].filter((c) => c !== undefined);
      partings.push({ how, libxml2: verdict, xerces: a.verdict, complaints });
    }
  }
  ours.release();
  published.release();
  return { documents: judged, differences, partings };
}

function* inBatches(puts: Iterable<Put>): Generator<Put[]> {
  let next: Put[] = [];
  for (const put of puts) {
    next.push(put);
    if (next.length < batch) continue;
    yield next;
    next = [];
  }
  yield next;
}

interface Judgement {
  readonly verdict: Parting['xerces'];
  readonly complaint?: string;
}

function told({ verdict, complaint }: Judgement): string {
  return complaint === undefined ? verdict : `${verdict}, ${complaint}`;
}

/** An exception inside Xerces is a finding about it; an engine that is gone is a failure of the comparison. */
function judgementOf(opinion: DocumentOpinion | undefined): Judgement {
  if (opinion === undefined) throw new Error('an opinion is missing');
  if (opinion.verdict === 'valid') return { verdict: 'valid' };
  if (opinion.verdict === 'invalid') return { verdict: 'invalid', complaint: opinion.complaints[0]?.text ?? '' };
  if (!opinion.detail.startsWith('Xerces gave up')) throw new Error(`no verdict: ${opinion.detail}`);
  return { verdict: 'gave-up', complaint: opinion.detail };
}

/** Files are read as the engine asks for them: a path of the set is a path below the root of the disk. */
export async function schemaAt(
  opinion: SecondOpinion,
  path: string,
  mended: Pair['mended'] = {},
): Promise<SecondSchema> {
  const entry = relative('/', path);
  const documents = {
    get: (wanted: string) => {
      const bytes = readFileSync(join('/', wanted));
      if (wanted !== entry) return bytes;
      return Buffer.from(Object.entries(mended).reduce((all, [from, to]) => all.replaceAll(from, to), String(bytes)));
    },
  };
  const told = await opinion.compile(documents, entry);
  if (told.verdict !== 'accepted') throw new Error(`${path}: ${JSON.stringify(told)}`);
  return told.schema;
}
