/** kill -9 in the middle of a replay: the next process goes on by itself, and of each delivery there is one replay. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PlanReport } from '../../src/pipeline/index.js';
import { type ChildGateway, startChild } from './child-gateway.js';
import { query } from './contents.js';
import { eventually, PERSON } from './pull-world.js';
import type { PlanView } from './replay-world.js';
import { participant } from './sender.js';
import { newFolder, testGateway } from './test-gateway.js';

const COUNT = 60;

describe('a replay whose gateway is killed by -9', () => {
  const folder = newFolder();
  const effects = join(folder, 'effects');
  let running: ChildGateway | undefined;
  after(() => {
    running?.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (...args: string[]) => {
    const file = join(import.meta.dirname, 'replay-child.js');
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', file, folder, ...args] as const;
    running = await startChild({}, [command[0], ...command.slice(1)]);
    return running;
  };
  const kill = async () => {
    running?.process.kill('SIGKILL');
    await running?.ended;
  };
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const token = readFileSync(join(folder, 'operator.token'), 'utf8').trim();
    const response = await fetch(`${running!.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  };
  const taken = () => readFileSync(effects, 'utf8').split('\n').slice(0, -1);

  it('goes on where it was', async () => {
    const { url } = await start();
    const agency = participant(url, join(folder, 'certs-dev'), 'FED001');
    const sent = await Promise.all(Array.from({ length: COUNT }, () => agency.sendRequest(query(PERSON))));
    const ids = sent.map(({ sentId }) => sentId).sort();
    const failed = async () =>
      (await call<{ items: object[] }>('GET', '/deliveries?state=failed&limit=500')).items.length === COUNT;
    await eventually(failed, 'all failed');
    await kill();

    writeFileSync(effects, '');
    await start(effects);
    const wish = { by: 'Иванова', reason: 'починено', filter: {}, perSecond: 40 };
    const { id } = await call<PlanView>('POST', '/replay/plans', wish);
    const plan = () => call<PlanView>('GET', `/replay/plans/${id}`);
    await eventually(async () => (await plan()).state === 'dry-run', 'it is judged');
    await call('POST', `/replay/plans/${id}/freeze`, { by: 'Иванова', reason: 'починено' });
    await call('POST', `/replay/plans/${id}/approve`, { by: 'Петров' });
    await call('POST', `/replay/plans/${id}/run`, { by: 'Петров' });
    await eventually(async () => taken().length >= 10, 'it is in the middle');
    await kill();
    expect(new Set(taken()).size).to.be.within(10, COUNT - 1);

    await start(effects);
    await eventually(async () => (await plan()).state === 'done', 'it went on by itself');
    const report = await call<PlanReport>('GET', `/replay/plans/${id}/report`);
    expect(report.outcomes).to.deep.equal({ delivered: COUNT });
    // What the partner had when the kill came it gets again under the same MessageID, and knows it.
    expect([...new Set(taken())].sort()).to.deep.equal(ids);
    await kill();
    const whole = await testGateway({ threads: 1 }, folder);
    try {
      for (const message of ids) expect(await whole.store.deliveriesOf(message)).to.have.length(2);
      await whole.checkInvariants();
    } finally {
      await whole.stop();
    }
  });
});
