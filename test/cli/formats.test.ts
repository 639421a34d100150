/** `gateway formats …` against the real catalogue pages. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import { unzipSync } from 'fflate';
import { runCommandLine } from '../../src/cli/index.js';
import { formatPages } from '../../src/entrypoints/http-api/formats-pages/index.js';
import { catalogue, treeOf } from '../formats/sample.js';

describe('cli: gateway formats', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-formats-'));
  let server: Server;
  let url: string;
  before(async () => {
    const app = express();
    app.use('/formats', formatPages({ catalogue: catalogue(), clock: { now: () => Date.parse('2026-06-01') } }));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  async function run(args: string, language = 'en') {
    let [out, err] = ['', ''];
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const environment = { GATEWAY_DATA: folder, GATEWAY_URL: url, GATEWAY_LANG: language };
    const exit = await runCommandLine(['formats', ...args.split(' ')], environment, terminal);
    return { exit, out, err };
  }

  it('shows versions, and the fields of one, in the chosen language', async () => {
    expect((await run('show 10.10.I')).out)
      .to.match(/^1\.0\.3 +active +urn:/m)
      .and.match(/^1\.0\.4 +active/m);
    const english = await run('show 10.06.S 1.1.0');
    expect(english.exit).to.equal(0);
    expect(english.out).to.match(/^ {10}SNILS +required +string; a SNILS is 11 digits/m);
    expect(english.out).to.match(/serviceForm +choice 1: option 4 of 4/);
    expect((await run('show 10.06.S 1.1.0', 'ru')).out).to.match(/decisionDate +обязательно +дата +День решения/);
    const data = JSON.parse((await run('show 10.06.S 1.1.0 --json')).out) as { fields: { rows: object[] }[] };
    expect(data.fields[0]?.rows.length).to.be.greaterThan(100);
  });

  it('tells a difference in words, breaking changes first', async () => {
    const { out, exit } = await run('diff 10.13.I 1.0.7 2.0.0');
    expect(exit).to.equal(0);
    expect(out).to.include('  requestPackage/requestData: moved to elements/requestData\n');
    expect(out.indexOf('Breaks older documents (')).to.be.lessThan(out.indexOf('Compatible ('));
    expect(out).to.include('  urn://egisso-ru/msg/10.13.I/1.0.7 → urn://egisso-ru/msg/10.13.I/2.0.0\n');
    expect((await run('diff 10.10.I 1.0.4 1.0.4', 'ru')).out).to.include('Состав и значения не изменились.');
    expect(JSON.parse((await run('diff 10.10.I 1.0.3 1.0.4 --json')).out)).to.include({ breaking: 2 });
  });

  it('prints a sample that can be sent on, of the root asked for', async () => {
    const { out } = await run('sample 10.13.I 2.0.0 --role response --full');
    expect(treeOf(out).localNameOf(treeOf(out).root)).to.equal('responsePackage');
    expect((await run('sample 10.13.I 2.0.0')).out.length).to.be.lessThan(out.length);
    const none = await run('sample 10.13.I 2.0.0 --role document');
    expect([none.exit, none.err]).to.deep.equal([
      1,
      '10.13.I 2.0.0 has no such sample: its schema is not kept, or it has no such root element.\n',
    ]);
  });

  it('saves the archive once, and never over a file', async () => {
    const file = join(folder, 'a.zip');
    expect((await run(`download 10.10.I 1.0.4 --out ${file}`)).out).to.equal(`Saved: ${file}\n`);
    expect(Object.keys(unzipSync(readFileSync(file)))).to.include('egisso/10.10.I/1.0.4/format.json');
    expect((await run(`download 10.10.I 1.0.4 --out ${file}`)).exit).to.equal(2);
  });

  it('ends with 1 on a format or version that is not there', async () => {
    for (const args of [
      'show nothing',
      'show 10.06.S 9.9',
      'diff 10.06.S 9.9 1.1.0',
      'sample nothing 1',
      'download nothing 1',
    ]) {
      const { exit, err } = await run(args);
      expect([exit, err], args).to.deep.equal([1, 'No such page\n']);
    }
  });
});
