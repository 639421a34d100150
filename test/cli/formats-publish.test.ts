/** `gateway formats publish|retire|activate|roll-back|history` against a running gateway. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { zipSync } from 'fflate';
import { runCommandLine } from '../../src/cli/index.js';
import { type Contents, filesOf, PERMITS, permits } from '../formats/publish/packages.js';
import { type TestGateway, testGateway } from '../gateway/test-gateway.js';

const ID = 'forest-permits-700-01';

describe('cli: gateway formats publish', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'gateway-publish-'));
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway();
  });
  after(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  function written(name: string, contents: Contents): string {
    for (const [path, bytes] of filesOf(contents)) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), bytes);
    }
    return join(folder, name);
  }

  async function run(args: readonly string[], answer?: string, language = 'en') {
    let [out, err] = ['', ''];
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
      ...(answer !== undefined && { ask: async () => answer }),
    };
    const environment = { GATEWAY_DATA: gateway.folder, GATEWAY_URL: gateway.url, GATEWAY_LANG: language };
    const exit = await runCommandLine(['formats', ...args], environment, terminal);
    return { exit, out, err };
  }

  const inForce = async () => (await gateway.store.snapshot())?.hash;

  it('shows what would change and asks; no answer, no change', async () => {
    const path = written('permits', PERMITS);
    const before = await inForce();
    const asked = await run(['publish', path], 'no');
    expect(asked.exit).to.equal(1);
    expect(asked.out).to.match(
      /^forest-permits-700-01 +1\.0\.0 +new +active +PermitRequest, PermitResponse +accepted/m,
    );
    expect(asked.out).to.include('PermitRequest/applicant/Snils').and.include('samples/request.xml — ');
    const nobody = await run(['publish', path], undefined, 'ru');
    expect(nobody.exit).to.equal(2);
    expect(nobody.err).to.include('--yes');
    const program = await run(['publish', path, '--json']);
    expect(program.exit).to.equal(0);
    expect(JSON.parse(program.out)).to.have.nested.property('plan.hash');
    expect(await inForce()).to.equal(before);
  });

  it('publishes a folder, then the same as a zip changes nothing', async () => {
    const done = await run(['publish', join(folder, 'permits'), '--as-test', '--reason', 'a trial'], 'да');
    expect(done.exit, done.err).to.equal(0);
    expect(done.out).to.include(`Published and in force: ${ID} 1.0.0`);
    const zip = join(folder, 'permits.zip');
    writeFileSync(zip, zipSync(Object.fromEntries(filesOf(PERMITS))));
    const again = await run(['publish', zip, '--yes']);
    expect(again.exit).to.equal(0);
    expect(again.out).to.include('There is nothing to publish');
  });

  it('activates, retires with a successor, takes back, and tells the history', async () => {
    expect((await run(['activate', ID, '1.0.0'])).exit).to.equal(0);
    const next = written('next', { ...PERMITS, 'permits-1.0.0.xsd': permits('1.0.1'), 'samples/request.xml': '<a/>' });
    expect((await run(['publish', next, '--yes'])).exit).to.equal(0);
    expect((await run(['retire', ID, '1.0.0', '--at', '2024-01-01', '--successor', '1.0.1'])).exit).to.equal(1);
    expect((await run(['retire', ID, '1.0.0'])).exit).to.equal(2);
    const retired = await run(['retire', ID, '1.0.0', '--at', '2024-01-01T00:00:00Z', '--successor', '1.0.1']);
    expect(retired.exit, retired.err).to.equal(0);
    expect((await run(['list'])).out).to.match(/^forest-permits-700-01 +1\.0\.0 +retired/m);
    const back = await run(['roll-back', '--reason', 'a mistake', '--yes']);
    expect(back.out).to.include(`Taken back: ${ID} 1.0.1`);
    const history = (await run(['history'])).out;
    expect(history).to.match(/roll-back +forest-permits-700-01 1\.0\.1 +a mistake/);
    expect(history).to.match(/publication +forest-permits-700-01 1\.0\.0 +a trial/);
  });

  it('refuses a broken package with every reason, exit 1, and a missing one with exit 2', async () => {
    const path = written('broken', { 'a.xsd': permits().replaceAll('forest', 'woods'), 'b.xsd': '<xs:schema' });
    const refused = await run(['publish', path, '--yes'], undefined, 'ru');
    expect(refused.exit).to.equal(1);
    expect(refused.err).to.match(/b\.xsd/);
    expect((await run(['publish', join(folder, 'nowhere')])).exit).to.equal(2);
    mkdirSync(join(folder, 'empty'));
    expect((await run(['publish', join(folder, 'empty')])).exit).to.equal(1);
  });

  it('does not follow links out of the folder', async () => {
    const path = written('linked', { 'types/permit-types.xsd': PERMITS['types/permit-types.xsd'] ?? '' });
    symlinkSync(join(folder, 'permits/permits-1.0.0.xsd'), join(path, 'permits-1.0.0.xsd'));
    const { exit, err } = await run(['publish', path, '--yes']);
    expect(exit).to.equal(1);
    expect(err).to.match(/no schema of a format/);
    expect(readFileSync(join(path, 'permits-1.0.0.xsd')).length).to.be.greaterThan(0);
  });
});
