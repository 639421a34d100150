import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockDataFolder } from '../../../src/drivers/store-sqlite/index.js';

const MODULE = new URL('../../../src/drivers/store-sqlite/index.js', import.meta.url).href;

describe('the lock of the data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('creates a missing folder, and can be taken again when released', () => {
    const data = join(folder, 'a', 'b');
    for (let round = 0; round < 2; round++) {
      const lock = lockDataFolder(data);
      expect(lock.ok).to.equal(true);
      if (lock.ok) lock.release();
    }
    expect(existsSync(join(data, 'gateway.pid'))).to.equal(false);
  });

  it('refuses a second holder and names the first with the fix, in both languages', () => {
    const first = lockDataFolder(folder);
    const second = lockDataFolder(folder);
    expect(second).to.include({ ok: false });
    const { ru, en } = second as Extract<typeof second, { ok: false }>;
    expect(ru).to.contain(`занят процессом ${process.pid}`).and.contain('GATEWAY_DATA');
    expect(en).to.contain(`in use by process ${process.pid}`).and.contain('GATEWAY_DATA');
    if (first.ok) first.release();
  });

  it('is held against another process, and freed when that is killed', async () => {
    const code = `import(${JSON.stringify(MODULE)}).then(({ lockDataFolder }) => {
      console.log(lockDataFolder(${JSON.stringify(folder)}).ok); setInterval(() => {}, 1000); });`;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [answer] = await once(child.stdout, 'data');
    expect(String(answer)).to.equal('true\n');
    const refused = lockDataFolder(folder);
    expect(refused.ok ? '' : refused.en).to.contain(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = lockDataFolder(folder);
    expect(lock.ok).to.equal(true);
    if (lock.ok) lock.release();
  });

  it('does not take a spoiled lock file for another holder', () => {
    writeFileSync(join(folder, 'lock.db'), 'not a database, and longer than a header of one hundred bytes'.repeat(9));
    const refused = lockDataFolder(folder);
    expect(refused.ok ? '' : refused.en).to.contain('lock.db: file is not a database');
  });

  it('refuses a folder it cannot write, with the fix', () => {
    writeFileSync(join(folder, 'file'), '');
    const refused = lockDataFolder(join(folder, 'file', 'data'));
    expect(refused).to.include({ ok: false });
    expect(refused.ok ? '' : `${refused.ru} ${refused.en}`).to.match(/нельзя писать \(ENOTDIR\).*cannot be written/);
  });
});
