/** `gateway deliveries …` and `gateway replay …` as an operator types them, against a running gateway. */
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { ANSWERED } from '../gateway/replay-answers.js';
import { type ReplayWorld, replayWorld } from '../gateway/replay-world.js';

describe('gateway replay', () => {
  let world: ReplayWorld;
  before(async () => {
    world = await replayWorld();
  });
  after(() => world.close());

  const run = async (args: readonly string[], language = 'en', answers?: readonly string[]) => {
    const [out, err, left] = [[] as string[], [] as string[], [...(answers ?? [])]];
    const { url, token, folder } = world.gateway;
    const environment = { GATEWAY_URL: url, GATEWAY_TOKEN: token, GATEWAY_DATA: folder, GATEWAY_LANG: language };
    const exit = await runCommandLine(args, environment, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      ...(answers && { ask: async () => left.shift() ?? '' }),
    });
    return { exit, out: out.join(''), err: err.join('') };
  };
  const json = async <T>(args: readonly string[]): Promise<T> => JSON.parse((await run([...args, '--json'])).out) as T;

  it('goes from a group of failures to a report, in the words of both languages', async () => {
    const ids = await world.sent(24, 'failed');
    const groups = await run(['replay', 'groups']);
    expect(groups.out)
      .to.include('реестр ответил 400')
      .and.match(/\b24\b/);
    const { items } = await json<{ items: { fingerprint: string }[] }>(['replay', 'groups']);
    const by = (name: string) => ['--as', name];
    const why = ['--reason', 'registry mended'];
    world.says = () => ANSWERED;
    const made = await run([
      'replay',
      'plan',
      '--group',
      items[0]!.fingerprint,
      '--per-second',
      '500',
      ...by('Ivanova'),
      ...why,
    ]);
    expect(made).to.deep.include({ exit: 0 });
    expect(made.out).to.match(/24 would pass/);
    const id = /^Plan (\S+): dry-run$/m.exec(made.out)![1]!;
    expect((await run(['replay', 'show', id], 'ru')).out).to.match(/24 пройдёт/);
    expect((await run(['replay', 'freeze', id, ...by('Ivanova'), ...why])).exit).to.equal(0);
    const alone = await run(['replay', 'approve', id, ...by('Ivanova')]);
    expect(alone).to.deep.include({ exit: 1 });
    expect(alone.err).to.include('nother person than Ivanova must approve');
    expect((await run(['replay', 'approve', id, ...by('Petrov')])).out).to.include('approved by: Petrov');
    expect((await run(['replay', 'run', id, ...by('Petrov')])).exit, 'needs --yes').to.equal(2);
    expect((await run(['replay', 'run', id, ...by('Petrov')], 'en', ['no'])).exit).to.equal(1);
    const followed = await run(['replay', 'run', id, ...by('Petrov'), '--yes', '--follow']);
    expect(followed.out).to.include(`Plan ${id}: done`).and.include('Made 24 of 24, left out 0');
    expect(world.effects).to.have.members(ids);

    expect((await run(['replay', 'report', id])).out).to.include('delivered: 24');
    expect(await json<object>(['replay', 'report', id])).to.deep.include({ outcomes: { delivered: 24 } });
    const rows = (await run(['replay', 'report', id, '--csv'])).out.split('\r\n');
    expect(rows[0]).to.equal('delivery,messageId,verdict,outcome,replay,why,replayed,record');
    expect(rows).to.have.length(26);
    expect((await run(['replay', 'list'])).out)
      .to.include(id)
      .and.include('done');
    expect((await run(['replay', 'groups'], 'ru')).out).to.equal('Ничего нет.\n');
    expect((await run(['replay', 'show', 'none'])).exit).to.equal(1);
  });

  it('settles, cancels and lists single deliveries', async () => {
    world.says = () => ({ kind: 'in-doubt', cause: 'no answer' });
    const [id] = await world.sent(1, 'in-doubt');
    const { items } = await json<{ items: { id: number; messageId: string }[] }>([
      'deliveries',
      'list',
      '--state',
      'in-doubt',
    ]);
    expect(items.map((d) => d.messageId)).to.deep.equal([id]);
    const word = ['settle', String(items[0]!.id), '--as', 'arrived', '--by', 'Ivanova', '--reason', 'a call'];
    expect((await run(['deliveries', ...word])).exit).to.equal(2);
    const done = await run(['deliveries', ...word, '--yes']);
    expect([done.exit, done.out.includes(`Delivery ${items[0]!.id}: delivered.`)]).to.deep.equal([0, true]);
    expect((await run(['deliveries', 'cancel', ...word.slice(1, 2), ...word.slice(4), '--yes'])).exit).to.equal(1);
    expect((await run(['deliveries', 'list', '--state', 'delivered'])).exit).to.equal(2);
  });

  it('has an example in every help', async () => {
    const verbs = 'groups plan list show dry-run freeze approve run pause resume cancel review report'.split(' ');
    for (const verb of verbs)
      expect((await run(['replay', verb, '--help'])).out, verb).to.include(`gateway replay ${verb}`);
    for (const verb of ['list', 'settle', 'cancel', 'return'])
      expect((await run(['deliveries', verb, '--help'])).out, verb).to.include(`gateway deliveries ${verb}`);
  });
});
