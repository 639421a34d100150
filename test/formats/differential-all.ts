import { javaPresent } from '../oracle/java.js';
import { compare } from './differential/compare.js';
import { pairs, referencePresent } from './differential/pairs.js';
import { type Row, reportOf } from './differential/report.js';
import { compareInXerces, xerces } from './differential/second-opinion.js';

/**
 * The long run: `npm run test:differential -- [documents per schema] [seed] [part of a name]`. Prints the report of
 * docs/differential.md; its code tells whether a schema of ours differs, or the engines part in a way that is not known.
 */
const [count = '2000', seed = '20251201', only = ''] = process.argv.slice(2);

if (!referencePresent) {
  console.log('nothing to compare with: ../shared/reference is absent');
  process.exit(0);
}

const opinion = javaPresent ? xerces() : undefined;
if (opinion === undefined) console.error('libxml2 alone: there is no java (a JDK) here');

const rows: Row[] = [];
for (const pair of pairs.filter(({ name }) => name.includes(only))) {
  const started = performance.now();
  const first = compare(pair, Number(count), Number(seed));
  const second = opinion && (await compareInXerces(opinion, pair, Number(count), Number(seed)));
  const seconds = (performance.now() - started) / 1000;
  rows.push({ pair, first, second, seconds });
  console.error(`${pair.name}: ${first.documents} documents, ${seconds.toFixed(1)} s`);
  for (const line of first.differences.slice(0, 20)) console.error(`  libxml2: ${line}`);
  for (const line of second?.differences.slice(0, 20) ?? []) console.error(`  Xerces: ${line}`);
}
await opinion?.close();

const { text, good } = reportOf(rows, Number(seed));
console.log(text);
process.exit(good ? 0 : 1);
