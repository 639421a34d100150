/** The topology of compose.yaml as plain processes: two gateways, PostgreSQL, Redis, one partner; one gateway is killed, the other goes on. */
import { expect } from 'chai';
import { brokenPromises } from '../../bench/chaos/report.js';
import { runChaos } from '../../bench/chaos/run.js';
import { postgresBinaries } from '../contracts/postgres-server.js';
import { hasRedis } from '../contracts/redis-server.js';

const SEED = 20261123;

describe('the topology of compose.yaml', () => {
  const binaries = postgresBinaries();
  const missing = [binaries === undefined ? 'postgresql' : '', hasRedis() ? '' : 'redis-server'].filter(Boolean);
  if (binaries === undefined || missing.length > 0) {
    it(`needs ${missing.join(' and ')}`, function () {
      this.skip();
    });
    return;
  }

  it(`keeps every promise while one of two gateways is killed, and takes messages meanwhile (seed ${SEED})`, async () => {
    const result = await runChaos({
      seconds: 15,
      settleWithin: 40,
      seed: SEED,
      rate: 6,
      victims: ['gateway'],
      pause: 5,
      binaries,
      progress: () => undefined,
    });
    expect(brokenPromises(result)).to.deep.equal([]);
    const [kill] = result.kills;
    expect(kill).to.include({ victim: 'gateway', isLeader: true });
    const meanwhile = result.ledger.acceptedAt.filter((at) => at > kill!.at && at < kill!.backAt);
    expect(meanwhile.length, 'accepted by the one that was left').to.be.greaterThan(0);
    expect(result.judged.effects).to.be.greaterThan(0);
    expect(result.judged.journal).to.include({ ok: true });
  }).timeout(240_000);
});
