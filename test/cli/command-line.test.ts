import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { runCommandLine } from '../../src/cli/index.js';

interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

describe('cli: the gateway command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-cli-'));
  let server: Server;
  let url: string;
  let answer: Answer;
  const requests: string[] = [];

  before(async () => {
    server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      answer(request, response, body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    requests.length = 0;
  });

  async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
    let [out, err] = ['', ''];
    const environment = { GATEWAY_DATA: folder, GATEWAY_URL: url, GATEWAY_TOKEN: 'secret', GATEWAY_LANG: 'en', ...env };
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

  const json = (document: unknown, status = 200): Answer => {
    return (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    };
  };

  describe('help and wrong usage', () => {
    it('shows help with an example for every command, in both languages', async () => {
      const commands = [
        'preflight',
        'exchanges',
        'exchange',
        'journal verify',
        'participants list',
        'formats list',
        'formats show',
        'formats diff',
        'formats sample',
        'formats download',
        'certs dev',
        'doctor',
      ];
      for (const command of commands) {
        const english = await run([...command.split(' '), '--help']);
        expect(english.exit, command).to.equal(0);
        expect(english.out, command)
          .to.include('Usage:')
          .and.include(`Example:\n  gateway ${command.split(' ')[0]}`);
        const russian = await run([...command.split(' '), '--help'], { GATEWAY_LANG: 'ru' });
        expect(russian.out, command)
          .to.include('Использование:')
          .and.include('Пример:')
          .and.include('показать справку');
        expect(russian.out, command).not.to.match(/Usage:|Options:|Arguments:|Example:/);
      }
    });

    it('ends with 2 on wrong usage and says what is wrong', async () => {
      for (const args of [
        [],
        ['nothing'],
        ['exchange'],
        ['exchanges', '--nothing'],
        ['exchanges', '--limit', '0'],
        ['preflight', '/no/such/file'],
      ]) {
        const { exit, err } = await run(args);
        expect(exit, args.join(' ')).to.equal(2);
        expect(err).not.to.equal('');
      }
      expect((await run(['exchange'], { GATEWAY_LANG: 'ru' })).err).to.include('не указан аргумент');
    });

    it('ends with 2 when the environment cannot be right', async () => {
      const { exit, err } = await run(['exchanges'], { GATEWAY_PORT: 'x' });
      expect(exit).to.equal(2);
      expect(err).to.include('GATEWAY_PORT');
    });

    it('prints its version', async () => {
      expect((await run(['--version'])).out).to.match(/^\d+\.\d+\.\d+\n$/);
    });
  });

  describe('finding the gateway', () => {
    it('ends with 3 when nobody answers, naming the address and the fix', async () => {
      const { exit, err } = await run(['exchanges'], { GATEWAY_URL: 'http://127.0.0.1:9' });
      expect(exit).to.equal(3);
      expect(err).to.include('http://127.0.0.1:9').and.include('npm start');
    });

    it('takes address and token from the data folder', async () => {
      writeFileSync(join(folder, 'gateway.url'), `${url}\n`);
      writeFileSync(join(folder, 'operator.token'), 'from-file\n', { mode: 0o600 });
      answer = json({ items: [] });
      for (const env of [{}, { GATEWAY_PORT: '0' }]) {
        expect((await run(['exchanges'], { GATEWAY_URL: '', GATEWAY_TOKEN: '', ...env })).exit).to.equal(0);
      }
      expect(requests[0]).to.equal('GET /api/v1/exchanges?limit=20 Bearer from-file');
      const elsewhere = await run(['exchanges'], { GATEWAY_URL: '', GATEWAY_PORT: '9' });
      expect(elsewhere.exit).to.equal(3);
    });

    it('tells a refused token, a missing thing and a gateway in trouble apart', async () => {
      const problem = { title: 'No such message', detail: 'Нет такого сообщения' };
      answer = json(problem, 401);
      expect(await run(['exchanges'])).to.include({ exit: 2 });
      answer = json(problem, 404);
      expect(await run(['exchange', 'x'])).to.deep.include({ exit: 1, err: 'No such message\n' });
      expect(await run(['exchange', 'x'], { GATEWAY_LANG: 'ru' })).to.deep.include({ err: 'Нет такого сообщения\n' });
      answer = json(problem, 503);
      expect(await run(['exchanges'])).to.include({ exit: 3 });
    });
  });

  describe('exchanges', () => {
    const item = {
      messageId: '5d5a8c1e-0f3a-11f0-8d3c-0242ac120002',
      exchange: '5d5a8c1e-0f3a-11f0-8d3c-0242ac120002',
      kind: 'request',
      version: '1.2',
      sender: 'REG001',
      recipient: 'EGISSO',
      format: '{urn:x}root',
      acceptedAt: '2026-01-01T00:00:00.000Z',
      states: [{ recipient: 'EGISSO', state: 'queued', attempts: 0 }],
      leaf: 7,
    };

    it('lists them with filters, as a table and as JSON', async () => {
      answer = json({ items: [item], next: 41 });
      const args = [
        'exchanges',
        '--participant',
        'REG001',
        '--format',
        '{urn:x}root',
        '--limit',
        '1',
        '--before',
        '50',
      ];
      const text = await run(args);
      expect(requests[0]).to.equal(
        'GET /api/v1/exchanges?limit=1&before=50&participant=REG001&format=%7Burn%3Ax%7Droot Bearer secret',
      );
      expect(text.out).to.include(item.messageId).and.include('queued').and.include('--before 41');
      expect(JSON.parse((await run([...args, '--json'])).out)).to.deep.equal({ items: [item], next: 41 });
    });

    it('shows one, and saves its proof as an archive', async () => {
      const proof = {
        leaf: Buffer.from('{"v":1}').toString('base64'),
        receipt: 'c2sp.org/tlog-proof@v1\n',
        vkey: 'log+1+k',
      };
      answer = (request, response, body) => {
        if (request.url === '/journal/checkpoint') return void response.end('the checkpoint\n');
        const detail = {
          messages: [item],
          deliveries: [{ messageId: item.messageId, recipient: 'EGISSO', state: 'failed', attempts: 2, cause: 'why' }],
          records: [{ index: 7, kind: 'accepted', time: item.acceptedAt }],
        };
        return json(request.url?.endsWith('/proof') ? proof : detail)(request, response, body);
      };
      const file = join(folder, 'proof.zip');
      const { exit, out } = await run(['exchange', item.messageId, '--proof', file]);
      expect(exit).to.equal(0);
      expect(out).to.include('accepted').and.include('failed: why').and.include(file);
      const entries = unzipSync(readFileSync(file));
      expect(Object.keys(entries).sort()).to.deep.equal([
        'README.txt',
        'checkpoint',
        'leaf.json',
        'receipt.tlog-proof',
        'vkey.txt',
      ]);
      const content = (name: string) => strFromU8(entries[name] ?? new Uint8Array());
      expect(content('leaf.json')).to.equal('{"v":1}');
      expect(content('receipt.tlog-proof')).to.equal(proof.receipt);
      expect(content('checkpoint')).to.equal('the checkpoint\n');
    });
  });

  it('preflight: ends with 1 and names every fault with its place', async () => {
    const envelope = join(folder, 'envelope.xml');
    writeFileSync(
      envelope,
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><!-- message-exchange/types/1.3 --></s:Envelope>',
    );
    const violations = [{ line: 3, column: 5, path: '/a/b', text: 'нельзя', textEn: 'must not' }];
    answer = json({ verdict: 'refused', faults: [{ fault: 'InvalidContent', description: 'bad', violations }] });
    const refused = await run(['preflight', envelope]);
    expect(requests[0]).to.include('POST /api/v1/preflight?version=1.3');
    expect(refused.exit).to.equal(1);
    expect(refused.out).to.include('InvalidContent: bad').and.include('3:5 /a/b must not');
    answer = json({ verdict: 'accepted', faults: [] });
    expect(await run(['preflight', envelope])).to.include({ exit: 0 });
    const findings = [{ record: 'a-1', type: 2, code: '059', report: 'дважды' }];
    answer = json({ verdict: 'accepted', faults: [], findings });
    const warned = await run(['preflight', envelope]);
    expect(warned.exit, 'a finding refuses nothing').to.equal(0);
    expect(warned.out).to.include('would be accepted').and.include('a-1 warning 059: дважды');
  });

  it('participants list, formats list: in the chosen language', async () => {
    answer = json({ items: [{ mnemonic: 'REG001', name: { ru: 'Регион', en: 'Region' }, mode: 'pull' }] });
    expect((await run(['participants', 'list'])).out)
      .to.include('REG001')
      .and.include('Region');
    expect((await run(['participants', 'list'], { GATEWAY_LANG: 'ru' })).out).to.include('Регион');
    answer = json({
      items: [{ id: '10.13.I', version: '2.0.0', state: 'active', namespace: 'urn:x', title: { ru: 'а', en: 'b' } }],
    });
    expect((await run(['formats', 'list'])).out).to.match(/10\.13\.I +2\.0\.0 +active +urn:x +b/);
  });

  it('certs dev: makes them under GATEWAY_DATA, and not in production', async () => {
    const data = join(folder, 'fresh');
    expect((await run(['certs', 'dev'], { GATEWAY_DATA: data })).out).to.include('REG001');
    expect(readFileSync(join(data, 'certs-dev', 'REG001', 'rsa.key.pem'), 'utf8')).to.include('PRIVATE KEY');
    expect((await run(['certs', 'dev'], { GATEWAY_DATA: data })).out).to.include('All there');
    expect((await run(['certs', 'dev'], { NODE_ENV: 'production' })).exit).to.equal(2);
  });

  describe('doctor', () => {
    const env = { GATEWAY_URL: '', GATEWAY_PORT: '0' };

    it('finds nothing bad on a machine that runs the tests, and prints data', async () => {
      const { exit, out } = await run(['doctor', '--json'], { ...env, GATEWAY_DATA: join(folder, 'untouched') });
      expect(exit, out).to.equal(0);
      const names = (JSON.parse(out) as { name: string }[]).map((finding) => finding.name);
      expect(names).to.include.members([
        'configuration',
        'Node.js',
        'clock',
        'port',
        'GOST',
        'data folder',
        'permissions of keys',
        'openssl',
      ]);
    });

    it('ends with 1 for a key others may read, a taken port, a contradiction; each with its fix', async () => {
      const data = join(folder, 'open');
      mkdirSync(join(data, 'keys'), { recursive: true });
      writeFileSync(join(data, 'keys', 'journal.pem'), 'key', { mode: 0o644 });
      const open = await run(['doctor'], { ...env, GATEWAY_DATA: data });
      expect(open.exit).to.equal(1);
      expect(open.out).to.include(`chmod 600 ${join(data, 'keys', 'journal.pem')}`);
      answer = json({}, 404);
      const taken = await run(['doctor'], {
        GATEWAY_URL: '',
        GATEWAY_PORT: new URL(url).port,
        GATEWAY_DATA: join(folder, 'untouched'),
      });
      expect(taken.exit).to.equal(1);
      expect(taken.out).to.include('GATEWAY_PORT');
      answer = json({ status: 'live' });
      const running = await run(['doctor'], {
        GATEWAY_URL: '',
        GATEWAY_PORT: new URL(url).port,
        GATEWAY_DATA: join(folder, 'untouched'),
      });
      expect(running.out).to.include(`the gateway runs: ${url}`);
      const contradiction = await run(['doctor'], { ...env, NODE_ENV: 'production', GATEWAY_SANDBOX: '1' });
      expect(contradiction.out).to.include('GATEWAY_SANDBOX=0');
    });
  });
});
