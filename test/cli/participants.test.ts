/** `gateway participants …` against a running gateway: what it prints, what it changes, what it asks first. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { newFolder, type TestGateway, testGateway } from '../gateway/test-gateway.js';

describe('gateway participants', () => {
  let gateway: TestGateway;
  let folder: string;
  before(async () => {
    folder = newFolder();
    gateway = await testGateway({ threads: 1 }, folder);
  });
  after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** `answers`: what a person types, where one sits there. */
  const run = async (args: readonly string[], answers?: readonly string[], language = 'en') => {
    const [out, err, left] = [[] as string[], [] as string[], [...(answers ?? [])]];
    const environment = {
      GATEWAY_URL: gateway.url,
      GATEWAY_TOKEN: gateway.token,
      GATEWAY_DATA: folder,
      GATEWAY_LANG: language,
    };
    const exit = await runCommandLine(['participants', ...args], environment, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      ...(answers && { ask: async () => left.shift() ?? '' }),
    });
    return { exit, out: out.join(''), err: err.join('') };
  };
  const snapshot = async () => (await gateway.store.snapshot())?.hash;

  it('grants with dates of the gateway’s zone, tells what changed, and lists it', async () => {
    const args = [
      'grant',
      'ZAGS',
      '10.13.I/2.0.0',
      '--basis',
      'приказ 5',
      '--from',
      '2026-01-01',
      '--until',
      '2090-01-01',
      '--purpose',
    ];
    const granted = await run(args);
    expect(granted).to.deep.include({ exit: 0, err: '' });
    expect(granted.out).to.equal(
      '+ right of ZAGS to request {urn://egisso-ru/msg/10.13.I/2.0.0}requestPackage, from 2026-01-01T00:00:00+03:00, until 2090-01-01T00:00:00+03:00, basis: приказ 5, with a purpose\n',
    );
    expect((await run(['show', 'ZAGS'])).out)
      .to.include('10.13.I/2.0.0}requestPackage · purpose required')
      .and.include('приказ 5')
      .and.match(/Certificates\n {2}[0-9a-f]{16} until \d{4}-\d\d-\d\d {2}/);
    expect((await run([...args.slice(0, 3), '--from', 'завтра'])).exit).to.equal(2);
    expect((await run(['grant', 'ZAGS', '10.13.I'])).err).to.include('several versions: 10.13.I/1.0.7, 10.13.I/2.0.0');
    expect((await run(['grant', 'NOBODY', '10.13.I/2.0.0'])).err).to.include('there is no participant NOBODY');
  });

  it('asks before it takes something away', async () => {
    const before = await snapshot();
    const revoke = ['revoke', 'ZAGS', '10.13.I/2.0.0'];
    expect(await run(revoke)).to.deep.include({ exit: 2, out: '' });
    const no = await run(revoke, ['no']);
    expect([no.exit, no.err.includes('− right of ZAGS')]).to.deep.equal([1, true]);
    expect(await snapshot()).to.equal(before);
    expect(await run(revoke, ['да'], 'ru')).to.deep.include({ exit: 0 });
    expect((await run(revoke, undefined, 'ru')).err).to.include('нет права');
  });

  it('adds, changes and removes a participant', async () => {
    const pem = join(folder, 'certs-dev/PFR/rsa.cert.pem');
    const taken = await run(['add', 'NEW1', '--name-ru', 'Новый', '--name-en', 'New', '--certificate', pem]);
    expect([taken.exit, taken.err.includes('registered twice')]).to.deep.equal([1, true]);
    const added = await run([
      'add',
      'NEW1',
      '--name-ru',
      'Новый',
      '--name-en',
      'New',
      '--mode',
      'push',
      '--code',
      '0777.000001',
    ]);
    expect(added).to.deep.include({
      exit: 0,
      out: 'Participant NEW1 is added: New\nParticipant NEW1: + code 0777.000001\n',
    });
    for (const [args, says] of [
      [['codes', 'NEW1', '0777.000002'], '− code 0777.000001'],
      [['nodes', 'NEW1', 'A', 'B'], 'nodes — → ["A","B"]'],
      [['nodes', 'NEW1'], 'nodes ["A","B"] → —'],
      [['quota', 'NEW1', '--messages-per-minute', '60'], 'quota — → {"messagesPerMinute":60}'],
      [['delegate', 'NEW1', '0888.000001', '--basis', 'договор'], '+ delegation of 0888.000001, basis: договор'],
      [['delegate', 'NEW1', '0888.000001', '--end', '--yes'], '− delegation of 0888.000001'],
      [['route', '10.02.I/1.0.3', 'NEW1', '--dynamic', '77'], '(dynamic 77) → NEW1'],
      [['route', '10.02.I/1.0.3', 'NEW1', '--dynamic', '77', '--remove', '--yes'], '− route'],
      [['subscribe', 'NEW1', '10.02.I/1.0.3'], '+ subscription of NEW1'],
      [['subscribe', 'NEW1', '10.02.I/1.0.3', '--remove', '--yes'], '− subscription of NEW1'],
      [['remove', 'NEW1', '--yes'], 'Participant NEW1 is removed'],
    ] as const) {
      const done = await run(args);
      expect([done.exit, done.out.includes(says)], `${args.join(' ')}: ${done.out}${done.err}`).to.deep.equal([
        0,
        true,
      ]);
    }
  });

  it('adds and removes certificates', async () => {
    const { certificates } = JSON.parse((await run(['show', 'FRI', '--json'])).out) as {
      certificates: { sha256: string; pem: string }[];
    };
    const [first, second] = certificates;
    expect((await run(['certificate', 'remove', 'FRI', second!.sha256.slice(0, 12), '--yes'])).exit).to.equal(0);
    const file = join(folder, 'fri.pem');
    writeFileSync(file, second!.pem);
    expect((await run(['certificate', 'add', 'FRI', file])).out).to.include(
      `+ certificate ${second!.sha256.slice(0, 16)}`,
    );
    await run(['certificate', 'remove', 'FRI', second!.sha256, '--yes']);
    const last = await run(['certificate', 'remove', 'FRI', first!.sha256, '--yes']);
    expect([last.exit, last.err.includes('the last certificate')]).to.deep.equal([1, true]);
    expect((await run(['certificate', 'remove', 'FRI', first!.sha256, '--yes', '--force'])).exit).to.equal(
      1,
      'it polls',
    );
  });

  it('writes all of it as YAML, shows the difference of a file, and takes it in', async () => {
    const file = join(folder, 'participants.yaml');
    expect((await run(['export', '--out', file])).exit).to.equal(0);
    expect((await run(['import', file, '--dry'])).out).to.equal('No changes.\n');
    writeFileSync(file, readFileSync(file, 'utf8').replace('capacity: 1000', 'capacity: 9'));
    const before = await snapshot();
    const dry = await run(['import', file, '--dry']);
    expect([dry.out, await snapshot()]).to.deep.equal(['Participant REG001: capacity 1000 → 9\n', before]);
    expect(await run(['import', file])).to.deep.include({ exit: 2 });
    expect((await run(['import', file, '--yes'])).out).to.equal(dry.out);
    expect(await snapshot()).to.not.equal(before);
    const history = await run(['history', 'REG001', '--limit', '1']);
    expect(history.out).to.include('operator  import').and.include('capacity 1000 → 9');
  });

  it('shows an example with every command', async () => {
    for (const command of [
      'list',
      'show',
      'add',
      'remove',
      'codes',
      'nodes',
      'quota',
      'grant',
      'revoke',
      'delegate',
      'route',
      'subscribe',
      'history',
      'export',
      'import',
    ])
      expect((await run([command, '--help'])).out, command).to.include(`\n  gateway participants ${command}`);
    for (const command of ['add', 'remove'])
      expect((await run(['certificate', command, '--help'])).out).to.include(
        `\n  gateway participants certificate ${command}`,
      );
  });
});
