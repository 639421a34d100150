/** A signing command that works, dies, hangs, lies and talks nonsense: what a message gets, and what comes after. */
import { expect } from 'chai';
import {
  ECDSA,
  type External,
  external,
  FAKE_SIGNER,
  GOST,
  type KeyFolder,
  keyFolder,
  local,
  PSS,
  RSA,
  refusal,
  until,
} from './external-keys.js';

const OCTETS = Buffer.from('<ds:SignedInfo/>');

describe('a signing command', () => {
  let keys: KeyFolder;
  let running: External | undefined;
  beforeEach(() => {
    keys = keyFolder();
  });
  afterEach(async () => {
    await running?.command.close();
    running = undefined;
    keys.remove();
  });
  const start = async (mode: string, limits: Parameters<typeof external>[2] = {}) => {
    const command = [process.execPath, FAKE_SIGNER, mode, keys.folder] as const;
    running = await external(
      command,
      [
        [keys.rsa, RSA],
        [keys.ec, ECDSA],
      ],
      { pause: 20, ...limits },
    );
    return running;
  };

  it('signs by RSA, RSA-PSS, raw ECDSA and GOST, verified under the certificate’s key', async () => {
    const { provider, started } = await start('good');
    expect(started).to.equal(undefined);
    for (const [key, uri] of [
      [keys.rsa, RSA],
      [keys.rsa, PSS],
      [keys.ec, ECDSA],
      [keys.gost, GOST],
    ] as const) {
      const signature = await provider.sign(uri, key, OCTETS);
      expect(local.verify(uri, key.key!, OCTETS, signature), uri).to.equal(true);
    }
    expect((await provider.sign(ECDSA, keys.ec, OCTETS)).length, 'raw r‖s').to.equal(64);
  });

  it('gives each answer to its own question, in whatever order they come', async () => {
    const { provider } = await start('pairs');
    const octets = Array.from({ length: 40 }, (_, i) => Buffer.from(`message ${i}`));
    const signatures = await Promise.all(octets.map((o) => provider.sign(ECDSA, keys.ec, o)));
    for (const [i, signature] of signatures.entries())
      expect(local.verify(ECDSA, keys.ec.key!, octets[i]!, signature), `message ${i}`).to.equal(true);
  });

  it('that dies fails what it owed at once, is started again and signs', async () => {
    const { provider, command, log } = await start('dies');
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => provider.sign(RSA, keys.rsa, OCTETS)));
    expect(answers.map((a) => a.status)).to.deep.equal(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(await refusal(provider.sign(RSA, keys.rsa, OCTETS))).to.match(/down: it ended with code 3/);
    await until(() => command.trouble === undefined, 'it signs again');
    await provider.sign(RSA, keys.rsa, OCTETS);
    expect(log.join('\n')).to.include('is lost and will be started again');
  });

  it('that hangs fails its messages within the limit, refuses the next at once, and comes back', async () => {
    const { provider, command } = await start('silent', { silence: 150, pause: 300 });
    const began = performance.now();
    const both = await Promise.all([1, 2].map(() => refusal(provider.sign(RSA, keys.rsa, OCTETS))));
    for (const text of both) expect(text).to.include('it was silent for 150 ms');
    expect(performance.now() - began).to.be.lessThan(1_000);
    const asked = performance.now();
    expect(await refusal(provider.sign(RSA, keys.rsa, OCTETS))).to.include('is down');
    expect(performance.now() - asked, 'does not wait for the silence again').to.be.lessThan(150);
    await until(() => command.trouble === undefined, 'it signs again');
    await provider.sign(RSA, keys.rsa, OCTETS);
  });

  it('that lies is caught: a signature that does not verify never leaves', async () => {
    const { provider } = await start('lies');
    expect(await refusal(provider.sign(RSA, keys.rsa, OCTETS))).to.include('does not verify under its certificate');
  });

  it('whose key is another than the certificate’s is down from the start', async () => {
    const other = keyFolder();
    running = await external([process.execPath, FAKE_SIGNER, 'good', other.folder], [[keys.rsa, RSA]], {
      pause: 60_000,
    });
    other.remove();
    expect(running.started).to.include('does not verify under its certificate');
    expect(await refusal(running.provider.sign(RSA, keys.rsa, OCTETS))).to.include('is down');
  });

  it('that refuses says why to the message, and stays when its check passes', async () => {
    const { provider, command } = await start('refuses');
    expect(await refusal(provider.sign(RSA, keys.rsa, OCTETS))).to.include('the token says no');
    expect(command.trouble).to.equal(undefined);
  });

  for (const mode of ['garbage', 'endless']) {
    it(`that talks nonsense (${mode}) is killed`, async () => {
      const { provider, log } = await start(mode, { silence: 2_000 });
      await refusal(provider.sign(RSA, keys.rsa, OCTETS));
      expect(log.join('\n')).to.match(/no answer|endless line/);
    });
  }

  it('that cannot be run, or ends at once, is a named trouble and no crash', async () => {
    for (const [command, says] of [
      [['/nowhere/signer'], 'cannot be run'],
      [['/bin/false'], 'ended with code 1'],
    ] as const) {
      const missing = await external(command, [[keys.rsa, RSA]], { pause: 60_000 });
      expect(missing.started).to.include(says);
      await missing.command.close();
    }
  });

  it('waits longer from one failed start to the next', async () => {
    const { log } = await start('mute', { startup: 20, pause: 10, longestPause: 40 });
    const pauses = () => log.flatMap((l) => /"again":(\d+)/.exec(l)?.[1] ?? []).map(Number);
    await until(() => pauses().length >= 4, 'four failed starts');
    expect(pauses().slice(0, 4)).to.deep.equal([10, 20, 40, 40]);
  });

  it('refuses what its queue cannot hold, at once', async () => {
    const { provider } = await start('silent', { queue: 4, silence: 200, pause: 60_000 });
    const texts = await Promise.all(Array.from({ length: 7 }, () => refusal(provider.sign(RSA, keys.rsa, OCTETS))));
    expect(texts.filter((t) => t.includes('4 signatures are waiting already'))).to.have.length(3);
    expect(texts.filter((t) => t.includes('silent'))).to.have.length(4);
  });

  it('ends with the gateway', async () => {
    const { command, provider } = await start('good');
    await command.close();
    expect(await refusal(provider.sign(RSA, keys.rsa, OCTETS))).to.include('closed');
  });
});
