/** A gateway moved from its embedded store to PostgreSQL between a request and its answer: nothing is lost, the journal goes on. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { verifyReceipt } from '../../src/journal/index.js';
import type { PartnerAdapter, PartnerAnswer } from '../../src/ports/index.js';
import { describeOnPostgres } from '../contracts/postgres-server.js';
import type { Answer } from './answer.js';
import { query } from './contents.js';
import { eventually, PERSON, statement, statesOf } from './pull-world.js';
import type { Sender } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

describeOnPostgres('a gateway moved to PostgreSQL', (server) => {
  const folder = newFolder();
  const calls: string[] = [];
  let says: PartnerAnswer = { kind: 'answered', content: statement(), attachments: [] };
  const adapter: PartnerAdapter = {
    partner: 'EGISSO',
    deliver: async ({ messageId }) => {
      calls.push(`deliver ${messageId}`);
      return says;
    },
    ask: async (messageId) => {
      calls.push(`ask ${messageId}`);
      return says;
    },
  };
  const start = (environment = {}) =>
    testGateway({ threads: 1, adapters: new Map([['EGISSO', adapter]]) }, folder, environment);
  const onServer = () => start({ DATABASE_URL: server().url });
  const command = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const exit = await runCommandLine(
      args,
      { GATEWAY_LANG: 'en', GATEWAY_DATA: folder },
      {
        out: (text) => {
          out += text;
        },
        err: (text) => {
          err += text;
        },
      },
    );
    return { exit, out, err };
  };
  let gateway: TestGateway | undefined;
  let first: Awaited<ReturnType<Sender['buildRequest']>>;
  let doubted: string;
  let answered: Answer;
  let oldSize: number;

  after(async () => {
    await gateway?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves an answer in a mailbox and a push in doubt behind, and a receipt with its sender', async () => {
    gateway = await start();
    const agency = gateway.as('FED001');
    first = await agency.buildRequest(query(PERSON));
    answered = await agency.post(first);
    expect(answered.fault).to.equal(undefined);
    await eventually(async () => (await statesOf(gateway!, first.messageId))[0] === 'delivered', 'it is answered');
    says = { kind: 'in-doubt', cause: 'no answer' };
    doubted = (await agency.sendRequest(query(PERSON))).sentId;
    await eventually(async () => (await statesOf(gateway!, doubted))[0] === 'in-doubt', 'it is in doubt');
  }).timeout(60_000);

  it('is not moved while it runs, and says who holds the folder', async () => {
    const { exit, err } = await command('store', 'copy', '--to', server().url);
    expect(exit).to.equal(1);
    expect(err).to.include(`in use by process ${process.pid}`);
  });

  it('is moved by one command, verified, told in words', async () => {
    const receipt = await fetch(receiptOf(answered));
    const text = await receipt.text();
    const record = (await gateway!.store.recordOf(first.messageId, 'accepted'))!;
    expect(verifyReceipt(text, record.bytes, [gateway!.verifierKey])).to.include({ index: record.index });
    await gateway!.stop();
    oldSize = record.index;

    const { exit, out, err } = await command('store', 'copy', '--to', server().url, '--full');
    expect(exit, err).to.equal(0);
    expect(out)
      .to.match(/^Moved: /)
      .and.to.match(/Journal: \d+ records, root \S{44}/);
    expect(out)
      .to.match(/Keys were not copied/)
      .and.to.include(join(folder, 'keys'));
  }).timeout(60_000);

  it('does not start on the folder any more', async () => {
    const refused = await start().catch((error: Error) => error.message);
    expect(refused).to.include('DATABASE_URL');
  });

  it('goes on there: the answer is taken, the doubt settled, a known MessageID refused, the old receipt holds', async () => {
    says = { kind: 'answered', content: statement(), attachments: [] };
    gateway = await onServer();
    const agency = gateway.as('FED001');
    const waiting = await agency.poll('GetResponse');
    expect(waiting.valueOf('OriginalMessageId')).to.equal(first.messageId);
    expect((await agency.ack(waiting.messageId!)).fault).to.equal(undefined);

    const again = await agency.post(first);
    expect(again.fault?.code).to.equal('MessageIsAlreadySent');

    await eventually(async () => (await statesOf(gateway!, doubted))[0] === 'delivered', 'the doubt is settled');
    expect(calls.filter((call) => call === `deliver ${doubted}`)).to.have.length(1);
    expect(calls).to.include(`ask ${doubted}`);
    const settled = await agency.waitForResponse();
    expect(settled.valueOf('OriginalMessageId')).to.equal(doubted);
    await agency.ack(settled.messageId!);

    const later = await agency.sendRequest(query(PERSON));
    expect(later.fault).to.equal(undefined);
    const { index } = (await gateway.store.recordOf(later.sentId, 'accepted'))!;
    expect(index).to.be.greaterThan(oldSize);
    const record = (await gateway.store.record(oldSize))!;
    const old = receiptOf(answered).replace(/^http:\/\/[^/]+/, gateway.url);
    const text = await (await fetch(old)).text();
    expect(verifyReceipt(text, record.bytes, [gateway.verifierKey])).to.include({ index: oldSize });
    await gateway.checkInvariants();
  }).timeout(60_000);

  it('comes back with what was added, and is one journal over both seams', async () => {
    await gateway!.stop();
    const { exit, out, err } = await command('store', 'copy', '--from', server().url, '--to', folder, '--json');
    expect(exit, err).to.equal(0);
    expect(JSON.parse(out)).to.include({ verified: true, moved: true, began: 'empty' });
    const refused = await onServer().catch((error: Error) => error.message);
    expect(refused).to.include('was moved to');
    gateway = await start();
    expect((await gateway.as('FED001').post(first)).fault?.code).to.equal('MessageIsAlreadySent');
    await gateway.checkInvariants();
    await gateway.stop();
    gateway = undefined;
    const verified = await command('journal', 'verify', folder);
    expect(verified.exit, verified.err + verified.out).to.equal(0);
  }).timeout(60_000);
});

function receiptOf(answer: Answer): string {
  return answer.headers.get('SMEV-Journal-Receipt')!;
}
