/** «Publishing a format of your own» of docs/formats.md, step by step as it is written there. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { projectRoot } from '../../src/config/index.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const text = readFileSync(join(projectRoot(), 'docs/formats.md'), 'utf8');
const section = /\n## Publishing a format of your own\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
const [schema = '', sample = ''] = [...section.matchAll(/```xml\n([\s\S]*?)```/g)].map(([, xml = '']) =>
  xml.replace(/^ {3}/gm, ''),
);
const steps = [...section.matchAll(/^ {3}\.\/bin\/gateway (.+)$/gm)].map(([, line = '']) => line.trim().split(/\s+/));

describe('a stranger publishes a format of their own from docs/formats.md', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'gateway-stranger-'));
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway();
    mkdirSync(join(folder, 'tree-permit'));
    writeFileSync(join(folder, 'tree-permit/tree-permit.xsd'), schema);
    writeFileSync(join(folder, 'tree-permit/sample.xml'), sample);
  });
  after(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  async function run(args: readonly string[]) {
    let [out, err] = ['', ''];
    const terminal = {
      out: (said: string) => {
        out += said;
      },
      err: (said: string) => {
        err += said;
      },
      ask: async () => 'да',
    };
    // Only these name files; `formats activate tree-permit` names the format.
    const files = args[1] === 'publish' || args[0] === 'send' ? ['tree-permit', 'tree-permit/sample.xml'] : [];
    const here = args.map((arg) => (files.includes(arg) ? join(folder, arg) : arg));
    const exit = await runCommandLine(here, { GATEWAY_DATA: gateway.folder, GATEWAY_URL: gateway.url }, terminal);
    return { exit, out, err };
  }

  it('has every step', () => {
    expect(steps.map((s) => s.slice(0, 2).join(' '))).to.deep.equal([
      'formats publish',
      'participants grant',
      'participants route',
      'send tree-permit/sample.xml',
      'poll requests',
      'formats activate',
    ]);
  });

  it('and each does what it says', async () => {
    for (const step of steps) {
      const { exit, out, err } = await run(step);
      expect(exit, `${step.join(' ')}\n${out}${err}`).to.equal(0);
      if (step[0] === 'poll') expect(out).to.include('PermitRequest');
    }
    expect((await run(['formats', 'list'])).out).to.match(/^tree-permit +1\.0\.0 +active/m);
  });
});
