/** `gateway formats upgrade`: no gateway, a document in, a document or the list of what it cannot carry over out. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import type { Upgraded } from '../../src/formats/index.js';
import { FACTS_DOCUMENT, repositoryRoot } from '../formats/sample.js';
import { oldFacts } from '../formats/upgrade/old-facts.js';

describe('cli: gateway formats upgrade', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-upgrade-'));
  after(() => rmSync(folder, { recursive: true }));

  async function run(args: readonly string[], language = 'en') {
    let [out, err] = ['', ''];
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const environment = { GATEWAY_DATA: folder, GATEWAY_URL: 'http://127.0.0.1:9', GATEWAY_LANG: language };
    const exit = await runCommandLine(['formats', 'upgrade', ...args], environment, terminal);
    return { exit, out, err };
  }
  let files = 0;
  function file(xml: string): string {
    const path = join(folder, `source-${++files}.xml`);
    writeFileSync(path, xml);
    return path;
  }

  it('writes the document to the output and speaks beside it', async () => {
    const { exit, out, err } = await run([file(oldFacts('1.0.6'))]);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/^<\?xml/)
      .and.include('urn://egisso-ru/msg/10.06.S/1.1.0');
    expect(err)
      .to.include('10.06.S 1.0.6 → 1.1.0')
      .and.include('prsnInfo is put into basisPerson')
      .and.include('nothing is lost');
  });

  it('writes it to a file, and never over one that exists', async () => {
    const [source, target] = [file(oldFacts('1.0.7')), join(folder, 'new.xml')];
    const first = await run([source, '--out', target], 'ru');
    expect(first.exit).to.equal(0);
    expect(first.out).to.include('не потеряно ничего').and.include(`Сохранено: ${target}`);
    expect(readFileSync(target, 'utf8')).to.include('10.06.S/1.1.0');
    const second = await run([source, '--out', target]);
    expect(second.exit).to.equal(1);
    expect(second.err).to.include(target);
  });

  it('holds the document back when something is lost, and names it with its line; --force writes it', async () => {
    const source = file(oldFacts('1.0.4', { criteria: 'доход' }));
    const target = join(folder, 'lossy.xml');
    const held = await run([source, '--out', target]);
    expect(held.exit).to.equal(1);
    expect(held.out)
      .to.match(/Lost.*\(1\):\n {2}\d+ \S*f:criteria need criteria in words/)
      .and.include('--force');
    expect(existsSync(target)).to.equal(false);
    const forced = await run([source, '--out', target, '--force']);
    expect(forced.exit, 'a loss stays a loss').to.equal(1);
    expect(readFileSync(target, 'utf8')).to.not.include('доход');
    const bare = await run([source]);
    expect([bare.exit, bare.err]).to.deep.equal([1, '']);
    expect(bare.out).to.not.include('<?xml');
  });

  it('shows what breaks either schema', async () => {
    const { exit, out } = await run([file(oldFacts('1.0.7').replace('2019-05-01', '1 мая'))], 'ru');
    expect(exit).to.equal(1);
    expect(out).to.include('Исходный документ не соответствует схеме 10.06.S 1.0.7 (1):');
    expect(out).to.include('Получившийся документ не соответствует схеме 10.06.S 1.1.0 (1):');
  });

  it('says that 1.1.0 needs nothing, and passes it through', async () => {
    const { exit, out, err } = await run([file(FACTS_DOCUMENT)]);
    expect(exit).to.equal(0);
    expect(out).to.equal(FACTS_DOCUMENT);
    expect(err).to.include('10.06.S 1.1.0 already');
  });

  it('says what it cannot take', async () => {
    expect((await run([file('<a>')])).out).to.match(/cannot be upgraded:\n {2}1:\d+ /);
    expect((await run([file('<a/>')])).exit).to.equal(1);
    expect((await run([join(folder, 'nothing.xml')])).exit).to.equal(2);
  });

  it('gives programs the same', async () => {
    const { out } = await run([file(oldFacts('1.0.3')), '--json', '--force']);
    const data = JSON.parse(out) as Omit<Upgraded, 'documents'> & { documents: string[]; violations: object[] };
    expect(data).to.include({ kind: 'upgraded', id: '10.06.S', from: '1.0.3', to: '1.1.0' });
    expect(data.lost[0]).to.have.keys('path', 'line', 'ru', 'en');
    expect(data.documents[0]).to.include('<p:uuid>');
    expect(data.violations).to.deep.equal([]);
  });

  it('splits a package that is too long into files', async () => {
    const source = file(oldFacts('1.0.8', { facts: 1001 }));
    expect((await run([source, '--split'])).exit, 'two documents have no place in one output').to.equal(2);
    const target = join(folder, 'split.xml');
    const { exit, out } = await run([source, '--split', '--out', target]);
    expect(exit, out).to.equal(0);
    const ids = [target, join(folder, 'split-2.xml')].map(
      (f) => /packageId>([^<]+)/.exec(readFileSync(f, 'utf8'))?.[1],
    );
    expect(ids[0]).to.equal('e30bf807-36f8-4f29-8b1f-ca1f10cc8969');
    expect(ids[1])
      .to.match(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
      .and.not.equal(ids[0]);
  }).timeout(60_000);

  it('reads standard input', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../../src/cli.js'), 'formats', 'upgrade', '-'],
      { input: oldFacts('1.0.5'), encoding: 'utf8', cwd: repositoryRoot(), env: { GATEWAY_DATA: folder } },
    );
    expect(status).to.equal(0);
    expect(stdout).to.include('10.06.S/1.1.0');
  });
});
