import { compare } from './differential/compare.js';
import { pairs, referencePresent } from './differential/pairs.js';

/** The long run by hand: `node dist/test/formats/differential-all.js [documents per schema] [seed]`. */
const [count = '5000', seed = '20251201'] = process.argv.slice(2);

if (!referencePresent) {
  console.log('nothing to compare with: ../shared/reference is absent');
  process.exit(0);
}

let differing = 0;
for (const pair of pairs) {
  const started = performance.now();
  const result = compare(pair, Number(count), Number(seed));
  differing += result.differences.length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${pair.name}: ${result.documents} documents (${result.samples} published samples, ${result.valid} valid), ` +
      `${result.differences.length} differences, seed ${seed}, ${seconds} s`,
  );
  for (const difference of result.differences.slice(0, 20)) console.log(`  ${difference}`);
}
process.exit(differing === 0 ? 0 : 1);
