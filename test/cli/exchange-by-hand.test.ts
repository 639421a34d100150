import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { runCommandLine } from '../../src/cli/index.js';
import { announcement, factsFile, query } from '../gateway/contents.js';
import { type TestGateway, testGateway } from '../gateway/test-gateway.js';

interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** A SNILS with a right control number. */
const SNILS = '11223344595';

describe('cli: an exchange by hand, against a running gateway', () => {
  const files = mkdtempSync(join(tmpdir(), 'gateway-cli-'));
  let gateway: TestGateway;

  before(async () => {
    gateway = await testGateway();
  });
  after(async () => {
    await gateway.close();
    rmSync(files, { recursive: true });
  });
  afterEach(() => gateway.checkInvariants());

  async function run(...args: string[]): Promise<Run> {
    let [out, err] = ['', ''];
    const environment = { GATEWAY_DATA: gateway.folder, GATEWAY_URL: gateway.url, GATEWAY_LANG: 'en' };
    const exit = await runCommandLine(args, environment, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    });
    return { exit, out, err };
  }

  function file(name: string, content: string): string {
    const path = join(files, name);
    writeFileSync(path, content);
    return path;
  }

  it('sends a query, waits for its answer, takes and confirms it, proves it', async () => {
    const request = file('query.xml', query(SNILS));
    const sent = await run('send', request, '--as', 'FED001', '--wait', '20', '--json');
    expect(sent.exit, sent.err + sent.out).to.equal(0);
    const { messageId, receiptUrl, answer } = JSON.parse(sent.out) as {
      messageId: string;
      receiptUrl: string;
      answer: { messageId: string };
    };
    expect(receiptUrl).to.include(messageId);

    const folder = join(files, 'taken');
    const polled = await run('poll', 'responses', '--as', 'FED001', '--out', folder, '--ack');
    expect(polled.exit, polled.err).to.equal(0);
    expect(polled.out).to.include(answer.messageId).and.include(messageId).and.include('Confirmed.');
    const saved = join(folder, answer.messageId, 'content.xml');
    expect(readFileSync(saved, 'utf8')).to.include('responsePackage');
    expect(statSync(saved).mode & 0o077, 'personal data is for the owner alone').to.equal(0);
    expect((await run('poll', 'responses', '--as', 'FED001')).out).to.equal('The queue is empty.\n');

    const listed = await run('exchanges', '--participant', 'FED001');
    expect(listed.out).to.include(messageId);
    const archive = join(files, 'proof.zip');
    const shown = await run('exchange', messageId, '--proof', archive);
    expect(shown.exit, shown.err).to.equal(0);
    expect(shown.out).to.include('acknowledged').and.include(answer.messageId);
    const leaf = strFromU8(unzipSync(readFileSync(archive))['leaf.json'] ?? new Uint8Array());
    expect(JSON.parse(leaf)).to.include({ kind: 'accepted', messageId });
    const verified = await run('journal', 'verify', gateway.folder, '--vkey', gateway.verifierKey);
    expect(verified.exit, verified.out).to.equal(0);
  });

  for (const road of ['inline', 'mtom'] as const) {
    it(`sends an attachment ${road}`, async () => {
      const facts = file(`факты ${road}.xml`, factsFile());
      const args = ['send', file('announcement.xml', announcement()), '--as', 'REG001', '--attach', facts];
      const sent = await run(...args, ...(road === 'mtom' ? ['--mtom'] : []), '--version', '1.3');
      expect(sent.exit, sent.err).to.equal(0);
      expect(sent.out).to.match(/^Accepted: [0-9a-f-]{36}\nReceipt: http/);
    });
  }

  it('ends with 1 for content that breaks its schema, with every violation', async () => {
    const broken = query(SNILS).replaceAll(/<r:(incomes|job)Include>false/g, '<r:$1Include>perhaps');
    const { exit, err } = await run('send', file('broken.xml', broken), '--as', 'FED001');
    expect(exit).to.equal(1);
    expect(err).to.include('Refused InvalidContent').and.include('incomesInclude').and.include('jobInclude');
  });

  it('ends with 1 for a right that is not granted', async () => {
    const { exit, err } = await run('send', file('query.xml', query(SNILS)), '--as', 'EPGU');
    expect(exit).to.equal(1);
    expect(err).to.include('AccessDenied');
  });

  it('ends with 2 for what cannot be asked', async () => {
    const request = file('query.xml', query(SNILS));
    const wrong: string[][] = [
      ['send', request],
      ['send', request, '--as', 'NOBODY'],
      ['send', request, '--as', '../FED001'],
      ['send', request, '--as', 'FED001', '--version', '2.0'],
      ['send', request, '--as', 'FED001', '--wait', 'long'],
      ['send', request, '--as', 'FED001', '--attach', join(files, 'absent')],
      ['poll', 'letters', '--as', 'FED001'],
      ['poll', 'responses'],
      ['poll', 'status', '--as', 'FED001', '--ack'],
      ['poll', 'requests', '--as', 'FED001', '--type', 'root'],
    ];
    for (const args of wrong) expect(await run(...args), args.join(' ')).to.include({ exit: 2, out: '' });
  });

  it('polls every queue', async () => {
    for (const mailbox of ['requests', 'status']) {
      expect(await run('poll', mailbox, '--as', 'REG001', '--json'), mailbox).to.deep.include({
        exit: 0,
        out: 'null\n',
      });
    }
  });

  it('sends a ready envelope as it is, and preflights one without sending it', async () => {
    const size = (await gateway.store.exchanges({ limit: 500 })).length;
    const { body } = await gateway.as('FED001').buildRequest(query(SNILS));
    const envelope = file('envelope.xml', body.toString());
    const judged = await run('preflight', envelope);
    expect(judged.exit, judged.out + judged.err).to.equal(0);
    expect((await gateway.store.exchanges({ limit: 500 })).length).to.equal(size);
    expect((await run('send', envelope, '--mtom')).exit).to.equal(2);
    const sent = await run('send', envelope);
    expect(sent.exit, sent.err).to.equal(0);
    const again = await run('send', envelope);
    expect(again.exit).to.equal(1);
    expect(again.err).to.include('MessageIsAlreadySent');
    expect((await run('preflight', envelope)).exit).to.equal(1);
  });
});
