import type { PostgresServer } from '../../test/contracts/postgres-server.js';
import type { RedisServer } from '../../test/contracts/redis-server.js';
import type { Dice } from './dice.js';
import type { Member } from './gateways.js';
import { sleep } from './traffic.js';
import type { Watch } from './watch.js';

export type Victim = 'gateway' | 'redis' | 'postgresql';

export interface Kill {
  readonly victim: Victim;
  /** Which one, and whether it kept the log. */
  readonly which: string;
  readonly isLeader: boolean;
  /** ms since 1970. */
  readonly at: number;
  /** When it ran again. */
  readonly backAt: number;
}

export interface KillParts {
  readonly members: readonly Member[];
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  readonly watch: Watch;
  readonly dice: Dice;
}

/** One kill -9 and one start after it. Redis comes back empty; of the gateways the keeper of the log goes every other time. */
export async function kill(
  victim: Victim,
  leads: boolean,
  { members, redis, postgres, watch, dice }: KillParts,
): Promise<Kill> {
  const away = dice.between(300, 4_000);
  if (victim === 'gateway') {
    const leader = await watch.leader();
    const member = members.find(({ pid }) => (pid === leader) === leads) ?? members[0]!;
    const isLeader = member.pid === leader;
    const at = Date.now();
    await member.kill();
    await sleep(away);
    await member.start();
    return {
      victim,
      which: `${member.name}${isLeader ? ', keeper of the log' : ''}`,
      isLeader,
      at,
      backAt: Date.now(),
    };
  }
  const at = Date.now();
  const server = victim === 'redis' ? redis : postgres;
  await server.kill();
  await sleep(away);
  await started(() => server.start());
  return { victim, which: victim === 'redis' ? 'Redis, wiped' : 'PostgreSQL', isLeader: false, at, backAt: Date.now() };
}

/** The postmaster's children may hold its memory for a moment after it was killed. */
async function started(start: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt >= 20) throw error;
      await sleep(250);
    }
  }
}
