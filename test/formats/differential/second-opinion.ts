import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createXercesOpinion, xercesCommand } from '../../../src/drivers/second-opinion-xerces/index.js';
import type { DocumentOpinion, SecondOpinion, SecondSchema } from '../../../src/ports/index.js';
import { documentsOf, type Put } from './compare.js';
import { judgeOf } from './judge.js';
import { type Pair, repository } from './pairs.js';

/** A document that the two engines judge differently by one and the same schema, ours. */
export interface Parting {
  readonly how: string;
  readonly refusedBy: 'libxml2' | 'Xerces';
  /** The first complaint of the engine that refuses. */
  readonly complaint: string;
}

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
      const [a, b] = [complaintOf(mine[i]), complaintOf(theirs[i])];
      judged++;
      if ((a === undefined) !== (b === undefined)) {
        differences.push(`${how}: ours: ${a ?? 'valid'}; published: ${b ?? 'valid'}`);
      }
      const first = libxml2(xml);
      if ((a === undefined) === (first === undefined)) continue;
      partings.push({ how, refusedBy: a === undefined ? 'libxml2' : 'Xerces', complaint: a ?? first ?? '' });
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

/** undefined = valid. No verdict is a failure of the comparison, not a verdict. */
function complaintOf(opinion: DocumentOpinion | undefined): string | undefined {
  if (opinion === undefined || opinion.verdict === 'untold') throw new Error(`no verdict: ${opinion?.detail}`);
  return opinion.verdict === 'valid' ? undefined : (opinion.complaints[0]?.text ?? 'no reason given');
}

/** Files are read as the engine asks for them: a path of the set is a path below the root of the disk. */
async function schemaAt(opinion: SecondOpinion, path: string, mended: Pair['mended'] = {}): Promise<SecondSchema> {
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
