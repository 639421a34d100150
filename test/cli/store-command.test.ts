/** `gateway store copy` as a person meets it: help, wrong usage, a server that is not there. What it copies: store-copy/. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { placeOf, shown } from '../../src/cli/store-copy/place.js';
import { fill, newDataFolder } from './store-copy/data-folder.js';

async function run(environment: Record<string, string>, ...args: string[]) {
  const said: string[] = [];
  const write = (text: string) => void said.push(text);
  const exit = await runCommandLine(['store', 'copy', ...args], environment, { out: write, err: write });
  return { exit, said: said.join('') };
}

describe('cli: store copy', () => {
  const empty = mkdtempSync(join(tmpdir(), 'store-command-'));
  after(() => rmSync(empty, { recursive: true }));

  it('explains itself with examples, in both languages', async () => {
    const english = await run({ GATEWAY_LANG: 'en' }, '--help');
    expect(english.exit).to.equal(0);
    expect(english.said).to.include('gateway store copy --to postgres://').and.include('Ctrl-C');
    const russian = await run({}, '--help');
    expect(russian.said).to.include('перенести хранилище').and.include('gateway store copy --from');
  });

  it('asks where to, and takes DATABASE_URL for an answer', async () => {
    expect(await run({ GATEWAY_LANG: 'en' })).to.include({ exit: 2 });
    const taken = await run({ GATEWAY_LANG: 'en', GATEWAY_DATA: empty, DATABASE_URL: 'postgres://localhost/x' });
    expect(taken).to.include({ exit: 2 });
    expect(taken.said).to.include(`${empty} is no data folder`);
  });

  it('wants one folder and one server', async () => {
    for (const args of [
      ['--from', empty, '--to', empty],
      ['--from', 'postgres://a/b', '--to', 'postgres://c/d'],
      ['--to', 'mysql://a/b'],
    ])
      expect((await run({ GATEWAY_LANG: 'en' }, ...args)).exit, args.join(' ')).to.equal(2);
  });

  it('says that the server cannot be reached, without the password, and leaves the folder free', async () => {
    const data = newDataFolder();
    await data.withStore((store) => fill(store, data.vault, 1));
    for (let twice = 0; twice < 2; twice++) {
      const { exit, said } = await run(
        { GATEWAY_LANG: 'en', GATEWAY_DATA: data.folder },
        '--to',
        'postgres://gateway:hidden@127.0.0.1:1/gateway',
      );
      expect(exit, said).to.equal(3);
      expect(said)
        .to.match(/gateway@127\.0\.0\.1:1.*ECONNREFUSED/)
        .and.not.to.include('hidden');
    }
    rmSync(data.folder, { recursive: true });
  });

  it('never shows a password', () => {
    const addresses = ['postgres://u:hidden@h/d', 'postgresql://u@h/d?password=hidden&sslmode=require'];
    for (const address of addresses)
      expect(shown(placeOf(address)!))
        .to.include('u@h/d')
        .and.not.to.include('hidden');
  });

  it('refuses a folder whose key file is there and whose database is not', async () => {
    writeFileSync(join(empty, 'journal.vkey'), 'x');
    const { exit } = await run({ GATEWAY_LANG: 'en', GATEWAY_DATA: empty }, '--to', 'postgres://127.0.0.1:1/x');
    expect(exit).to.equal(2);
  });
});
