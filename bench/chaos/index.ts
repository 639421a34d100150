/**
 * `npm run chaos`: two gateways, PostgreSQL and Redis of its own, mixed traffic, and kill -9 of a gateway, of Redis (wiped) and
 * of PostgreSQL in turn; then every accepted message is counted at the partner and the journal is verified. Exits 1 when a
 * promise is broken, 2 when a server it needs is not installed.
 *   --seconds N   of traffic (300)    --seed N   of the run that is to be repeated    --rate N   exchanges begun a second (10)
 *   --logs DIR    keeps the logs of the gateways there
 */
import { parseArgs } from 'node:util';
import { postgresBinaries } from '../../test/contracts/postgres-server.js';
import { hasRedis } from '../../test/contracts/redis-server.js';
import { brokenPromises, printReport } from './report.js';
import { runChaos } from './run.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rate: { type: 'string', default: '10' },
    logs: { type: 'string' },
  },
});
const [length, seed, rate] = [values.seconds, values.seed, values.rate].map(Number) as [number, number, number];
const binaries = postgresBinaries();
const missing = [
  ...(binaries === undefined ? ['PostgreSQL 14 or newer (postgresql)'] : []),
  ...(hasRedis() ? [] : ['Redis (redis-server)']),
];
if (binaries === undefined || missing.length > 0) {
  console.error(`chaos: not installed here: ${missing.join(', ')}; scripts/test-tools installs what the tests need`);
  process.exit(2);
}
console.log(`chaos: seed ${seed}, ${length} s, ${rate} exchanges a second`);
const result = await runChaos({
  seconds: length,
  settleWithin: 60,
  seed,
  rate,
  victims: ['gateway', 'redis', 'postgresql'],
  pause: Math.min(20, length / 5),
  binaries,
  ...(values.logs !== undefined && { logs: values.logs }),
  progress: (line) => console.log(line),
});
printReport(result, seed);
const broken = brokenPromises(result);
for (const one of broken.slice(0, 50)) console.error(`BROKEN  ${one}`);
console.log(
  broken.length === 0
    ? 'Every promise held.'
    : `${broken.length} promises are broken; again: npm run chaos -- --seed ${seed}`,
);
process.exit(broken.length === 0 ? 0 : 1);
