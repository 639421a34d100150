/** `npm run demo` is a promise of the README: it is played here against a gateway of the test's own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type TestGateway, testGateway } from '../gateway/test-gateway.js';

const run = promisify(execFile);
const demo = new URL('../../examples/first-exchange/demo.js', import.meta.url).pathname;

describe('the demo', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway();
  });
  after(() => gateway.close());

  for (const language of ['ru', 'en']) {
    it(`tells the whole story (${language}), every step as expected, twice over on the same data`, async () => {
      const env = { ...environmentWithoutGateway(), GATEWAY_DATA: gateway.folder, GATEWAY_LANG: language };
      const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', demo], { env });
      expect(stdout.match(/✓/g)?.length).to.equal(10);
      expect(stdout).not.to.include('✗');
      await gateway.checkInvariants();
    });
  }

  it('ends with 3 and the command to type when no gateway runs', async () => {
    const env = { ...environmentWithoutGateway(), GATEWAY_URL: 'http://127.0.0.1:1', GATEWAY_DATA: gateway.folder };
    const failed = await run(process.execPath, [demo], { env }).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).to.include({ code: 3 });
    expect(failed.stderr).to.include('npm start');
  });
});

function environmentWithoutGateway(): Record<string, string> {
  return { PATH: '/usr/bin:/bin' };
}
