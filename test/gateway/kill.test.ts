/** kill -9 right after answers: what was answered is there, the log is whole, and an older copy of the store is not taken for the store. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readGuard } from '../../src/journal/index.js';
import { type ChildGateway, endOf, startChild } from './child-gateway.js';
import { announcement, factsFile, query } from './contents.js';
import { leavesOf } from './refusals.js';
import { participant, type Sender } from './sender.js';
import { newFolder, testGateway } from './test-gateway.js';

type Wire = Awaited<ReturnType<Sender['buildRequest']>>;

const CONNECTIONS = 6;

describe('a gateway killed by -9', () => {
  const folder = newFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));

  const as = ({ url }: ChildGateway, mnemonic: string) => participant(url, join(folder, 'certs-dev'), mnemonic);
  const wires = async (child: ChildGateway, count: number) => {
    const [agency, region] = [as(child, 'FED001'), as(child, 'REG001')];
    const facts = () => [{ contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(factsFile()) }];
    return Promise.all(
      Array.from({ length: count }, (_, i) =>
        i % 3 === 0
          ? region.buildRequest(announcement(), { attachments: facts() })
          : agency.buildRequest(query('11737784886')),
      ),
    );
  };
  /** Sends over several connections and kills the process in the middle of it, at the answer of that number. */
  const sendAndKill = async (child: ChildGateway, all: readonly Wire[], killAt: number) => {
    const agency = as(child, 'FED001');
    const answered = new Set<string>();
    const queue = [...all];
    const connection = async () => {
      for (let wire = queue.shift(); wire !== undefined; wire = queue.shift()) {
        const answer = await agency.post(wire).catch(() => undefined);
        if (answer === undefined) return;
        expect(answer.fault).to.equal(undefined);
        answered.add(wire.messageId);
        if (answered.size === killAt) child.process.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    expect((await child.ended).signal).to.equal('SIGKILL');
    return answered;
  };

  for (const killAt of [1, 30]) {
    it(`at answer ${killAt} has every answered message, a whole log, a guard not ahead of it, and goes on`, async () => {
      const child = await startChild({ GATEWAY_DATA: folder });
      const all = await wires(child, killAt + 20);
      const answered = await sendAndKill(child, all, killAt);
      expect(answered.size).to.be.greaterThanOrEqual(killAt);
      const guard = readGuard(join(folder, 'checkpoint.last'));

      const again = await testGateway({}, folder);
      try {
        for (const id of answered) expect(await again.store.message(id), `${id} was answered`).to.not.equal(undefined);
        await again.checkInvariants();
        const head = await again.store.checkpoint();
        expect(Number(guard?.split('\n')[1])).to.be.within(1, head!.size);
        // Without an answer the sender cannot know: the same id again is either taken or known.
        for (const wire of all.filter((w) => !answered.has(w.messageId)).slice(0, 6)) {
          const answer = await again.as('FED001').post(wire);
          expect(answer.fault?.code).to.be.oneOf([undefined, 'MessageIsAlreadySent']);
          expect(await again.store.message(wire.messageId)).to.not.equal(undefined);
        }
        await again.checkInvariants();
        // What was accepted is delivered, by the process that comes after.
        const asked = all.find((w, i) => i % 3 !== 0 && answered.has(w.messageId)) ?? all[1]!;
        const agency = again.as('FED001');
        for (let about: string | undefined; about !== asked.messageId; ) {
          const answer = await agency.waitForResponse();
          about = answer.valueOf('OriginalMessageId');
          await agency.ack(answer.messageId!);
        }
        await again.checkInvariants();
      } finally {
        await again.stop();
      }
    });
  }

  it('does not start on an older copy of its store, and says how to restore', async () => {
    const file = join(folder, 'gateway.db');
    const copy = join(folder, 'older.db');
    copyFileSync(file, copy);
    const newer = await testGateway({}, folder);
    expect((await newer.as('FED001').sendRequest(query('11737784886'))).fault).to.equal(undefined);
    const leaves = (await leavesOf(newer)).length;
    await newer.stop();
    const newest = join(folder, 'newest.db');
    copyFileSync(file, newest);
    for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
    copyFileSync(copy, file);
    const { code, output } = await endOf({ GATEWAY_DATA: folder });
    expect(code, output).to.equal(2);
    expect(output)
      .to.include('checkpoint.last')
      .and.match(/восстанов/i);
    // The newest copy is the store itself.
    copyFileSync(newest, file);
    const restored = await testGateway({}, folder);
    expect((await leavesOf(restored)).length).to.be.at.least(leaves);
    await restored.checkInvariants();
    await restored.stop();
  });
});
