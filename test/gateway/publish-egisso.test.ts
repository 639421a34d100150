/** The whole published EGISSO package in one command, and what live traffic notices of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { projectRoot } from '../../src/config/index.js';
import { query } from './contents.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const PACKAGE = join(projectRoot(), '../shared/reference/formats/schemas/egisso');
const present = existsSync(PACKAGE);

describe('the whole EGISSO package published while the gateway works', function () {
  this.timeout(180_000);
  let gateway: TestGateway;
  before(async function () {
    if (!present) this.skip();
    gateway = await testGateway();
  });
  after(() => gateway?.close());

  async function command(...args: string[]) {
    let [out, err] = ['', ''];
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const exit = await runCommandLine(args, { GATEWAY_DATA: gateway.folder, GATEWAY_URL: gateway.url }, terminal);
    return { exit, out, err };
  }

  it(`97 message schemas in one command in less than a minute${present ? '' : ' (skipped: ../shared is absent)'}`, async () => {
    const agency = gateway.as('FED001');
    const faults: unknown[] = [];
    let [sent, slowest, done] = [0, 0, false];
    const traffic = (async () => {
      while (!done) {
        const at = performance.now();
        const { fault } = await agency.sendRequest(query('11737784886'));
        slowest = Math.max(slowest, performance.now() - at);
        if (fault !== undefined) faults.push(fault);
        sent++;
        // A message a tenth of a second: the machine is to judge the package, too.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    const begun = performance.now();
    const published = await command('formats', 'publish', PACKAGE, '--yes', '--json');
    const seconds = (performance.now() - begun) / 1000;
    done = true;
    await traffic;
    console.log(`      ${seconds.toFixed(1)} s; ${sent} messages meanwhile, the slowest ${slowest.toFixed(0)} ms`);
    expect(published.exit, published.err).to.equal(0);
    expect((JSON.parse(published.out) as { published: string[] }).published.length).to.equal(97);
    expect(seconds).to.be.lessThan(60);
    expect(faults).to.deep.equal([]);
    expect((await agency.sendRequest(query('11737784886'))).fault).to.equal(undefined);
    await gateway.checkInvariants();
  });

  it(`and taken back in another${present ? '' : ' (skipped: ../shared is absent)'}`, async () => {
    expect((await command('formats', 'roll-back', '--yes')).exit).to.equal(0);
    expect((await command('formats', 'list')).out).to.match(/^10\.05\.I +1\.0\.2 +retired/m);
    expect((await gateway.as('FED001').sendRequest(query('11737784886'))).fault).to.equal(undefined);
  });
});
