import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { documents } from './documents.js';
import { type Judge, judgeOf } from './judge.js';
import { type Pair, reference } from './pairs.js';

export interface Comparison {
  readonly documents: number;
  readonly valid: number;
  readonly samples: number;
  /** One line per document on which the two schemas disagree. */
  readonly differences: readonly string[];
}

/** A document and where it comes from. */
export interface Put {
  readonly how: string;
  readonly xml: string | Uint8Array;
}

/** Judges published samples and `count` generated documents by our schema and by the published one. */
export function compare(pair: Pair, count: number, seed: number): Comparison {
  const ours = judgeOf(pair.ours);
  const published = judgeOf(pair.published, pair.mended);
  const differences: string[] = [];
  let judged = 0;
  let valid = 0;
  const put = (how: string, xml: string | Uint8Array): void => {
    const mine = ours(xml);
    judged++;
    if (mine === undefined) valid++;
    const difference = disagreement(mine, xml, published);
    if (difference !== undefined) differences.push(`${how}: ${difference}`);
  };
  for (const { how, xml } of documentsOf(pair, count, seed)) put(how, xml);
  return { documents: judged, valid, samples: samplesOf(pair).length, differences };
}

/** The published samples, then `count` generated documents. */
export function* documentsOf(pair: Pair, count: number, seed: number): Generator<Put> {
  for (const file of samplesOf(pair)) yield { how: relative(reference, file), xml: readFileSync(file) };
  yield* documents(pair.ours, count, seed);
}

function disagreement(mine: string | undefined, xml: string | Uint8Array, published: Judge): string | undefined {
  const theirs = published(xml);
  if ((mine === undefined) === (theirs === undefined)) return undefined;
  return `ours: ${mine ?? 'valid'}; published: ${theirs ?? 'valid'}`;
}

function samplesOf(pair: Pair): string[] {
  if (pair.samples.length === 0) return [];
  const root = join(reference, 'formats/samples');
  return filesUnder(root).filter((file) => pair.samples.some((start) => file.startsWith(join(root, start))));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path);
    return path.endsWith('.xml') ? [path] : [];
  });
}
