import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../../test/contracts/postgres-server.js';
import { type RedisServer, redisServer } from '../../test/contracts/redis-server.js';
import { Dice } from './dice.js';
import { type Gateways, startGateways } from './gateways.js';
import { type Judged, judge, unsettled } from './judge.js';
import { type Kill, kill, type Victim } from './kills.js';
import { Ledger } from './ledger.js';
import { type Partner, startPartner } from './partner.js';
import { sleep, Traffic } from './traffic.js';
import { type Outage, Watch } from './watch.js';

export interface ChaosOptions {
  /** Of traffic. */
  readonly seconds: number;
  /** Seconds for what is on its way then; counted anew whenever the number of deliveries on their way falls. */
  readonly settleWithin: number;
  readonly seed: number;
  /** Exchanges begun a second. */
  readonly rate: number;
  /** In turn, over and over; the first of each turn begins with the first. */
  readonly victims: readonly Victim[];
  /** Seconds from one kill to the next. */
  readonly pause: number;
  readonly binaries: string;
  /** Where the logs of the gateways are to be kept. */
  readonly logs?: string;
  readonly progress: (line: string) => void;
}

export interface ChaosResult {
  readonly judged: Judged;
  /** Gateways that ended though nobody killed them. */
  readonly ended: readonly string[];
  readonly kills: readonly Kill[];
  readonly sentSeconds: number;
  readonly settledSeconds: number;
  readonly ledger: Ledger;
  readonly watch: Pick<Watch, 'takeOvers' | 'readyAt' | 'said'> & {
    readonly outages: ReadonlyMap<string, readonly Outage[]>;
  };
  readonly partner: Pick<Partner, 'answeredAt' | 'faults'>;
  /** The logs of the gateways, where something went wrong in them. */
  readonly complaints: ReadonlyMap<string, number>;
}

const ORIGIN = 'chaos.example/journal';

/** Starts everything, makes the traffic and the kills, waits until all is settled, judges, and leaves nothing behind. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), 'smev-chaos-'));
  const closers: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const dice = new Dice(options.seed);
  try {
    const postgres = await startPostgres(options.binaries);
    closers.push(() => postgres.stop());
    const redis = await redisServer();
    closers.push(() => redis.stop());
    await redis.start();
    const partner = await startPartner(folder, dice.apart('partner'));
    closers.push(() => partner.close());
    const gateways = await startGateways(folder, 2, {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      GATEWAY_EGISSO_URL: partner.url,
      GATEWAY_JOURNAL_ORIGIN: ORIGIN,
      GATEWAY_FILES: join(folder, 'files'),
    });
    closers.push(() => gateways.close());
    return await underChaos(options, { folder, dice, postgres, redis, partner, gateways });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

interface World {
  readonly folder: string;
  readonly dice: Dice;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly partner: Partner;
  readonly gateways: Gateways;
}

async function underChaos(options: ChaosOptions, world: World): Promise<ChaosResult> {
  const { folder, dice, postgres, redis, partner, gateways } = world;
  const { members, certificates } = gateways;
  const ledger = new Ledger();
  const watch = new Watch(postgres, members);
  watch.start();
  const urls = members.map(({ url }) => url);
  const traffic = new Traffic({ urls, certificates, dice: dice.apart('traffic'), ledger, rate: options.rate });
  const began = Date.now();
  traffic.start();
  const kills: Kill[] = [];
  const throwing = dice.apart('kills');
  const end = began + options.seconds * 1_000;
  for (let i = 0; Date.now() + options.pause * 1_500 < end && options.victims.length > 0; i++) {
    await sleep(throwing.between(0.7, 1) * options.pause * 1_000);
    const turn = Math.floor(i / options.victims.length);
    const done = await kill(options.victims[i % options.victims.length]!, turn % 2 === 0, {
      members,
      redis,
      postgres,
      watch,
      dice: throwing,
    });
    kills.push(done);
    options.progress(
      `${seconds(done.at - began)} s  kill -9 ${done.which}; back after ${seconds(done.backAt - done.at)} s`,
    );
  }
  await sleep(Math.max(0, end - Date.now()));
  await traffic.endSending();
  const sentSeconds = (Date.now() - began) / 1_000;
  partner.calm();
  options.progress(
    `${sentSeconds.toFixed(1)} s  no new messages; ${await unsettled(postgres)} deliveries on their way`,
  );
  const settleFrom = Date.now();
  await settled(postgres, options.settleWithin * 1_000);
  const settledSeconds = (Date.now() - settleFrom) / 1_000;
  await traffic.stop();
  await watch.stop();
  const vkey = readFileSync(join(folder, 'gateway-1', 'journal.vkey'), 'utf8').trim();
  const ended = [...gateways.ended];
  await gateways.close();
  for (const i of options.logs === undefined ? [] : [1, 2])
    cpSync(join(folder, `gateway-${i}.log`), join(options.logs!, `gateway-${i}.log`));
  const judged = await judge({
    postgres,
    ledger,
    partner,
    vkey,
    heads: [...watch.heads],
    sequencer: {
      origin: ORIGIN,
      journalKey: readFileSync(join(folder, 'keys', 'journal.ed25519.pem'), 'utf8'),
      guardFile: join(folder, 'judge.last'),
    },
  });
  return {
    judged,
    ended,
    kills,
    sentSeconds,
    settledSeconds,
    ledger,
    watch,
    partner,
    complaints: complaintsIn(folder),
  };
}

async function settled(postgres: PostgresServer, within: number): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let since = Date.now();
  while (least > 0 && Date.now() - since < within) {
    const now = await unsettled(postgres);
    if (now < least) [least, since] = [now, Date.now()];
    await sleep(250);
  }
}

/** Lines of the gateways' logs without what differs, counted. */
function complaintsIn(folder: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const i of [1, 2]) {
    for (const line of readFileSync(join(folder, `gateway-${i}.log`), 'utf8')
      .split('\n')
      .filter((l) => /Z (warn|error) /.test(l))) {
      const text = line
        .replace(/^\S+Z /, '')
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
        .replace(/\d+/g, 'N')
        .slice(0, 220);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

export function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
