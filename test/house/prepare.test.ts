import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/config/index.js';

/** A tree with stand-ins for npm, node and tsc that write down how they were called. */
describe('house: scripts/prepare', () => {
  let tree: string;

  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'prepare-'));
    write('scripts/prepare', readFileSync(join(projectRoot(), 'scripts/prepare'), 'utf8'));
    write('package-lock.json', '{}');
    write('tsconfig.json', '{}');
    write('src/a.ts', '');
    program('host/node', 'case "$1" in -p) echo "$HOST_NODE" ;; *) echo "v$HOST_NODE.0.0" ;; esac');
    program(
      'host/npm',
      `echo npm "$@" >> calls; mkdir -p node_modules/.bin node_modules/typescript/bin
       printf '#!/bin/sh\\necho tsc >> calls; mkdir -p dist/src; [ ! -e broken ] || { echo broken; exit 1; }; : > dist/src/a.js\\n' > node_modules/.bin/node
       chmod +x node_modules/.bin/node`,
    );
  });
  afterEach(() => rmSync(tree, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }

  function program(path: string, body: string): void {
    write(path, `#!/bin/sh\n${body}\n`);
    chmodSync(join(tree, path), 0o755);
  }

  /** Exit code, stderr and the programs called, in order. */
  function prepare(env: Record<string, string> = {}, ...args: string[]) {
    rmSync(join(tree, 'calls'), { force: true });
    const path = `${join(tree, 'host')}:/usr/bin:/bin`;
    const run = spawnSync('sh', ['scripts/prepare', ...args], {
      cwd: tree,
      env: { PATH: path, HOST_NODE: '22', ...env },
      encoding: 'utf8',
    });
    const calls = existsSync(join(tree, 'calls')) ? readFileSync(join(tree, 'calls'), 'utf8').trim().split('\n') : [];
    return { status: run.status, err: run.stderr, calls: calls.map((call) => call.split(' ').slice(0, 2).join(' ')) };
  }

  function later(path: string): void {
    const soon = new Date(Date.now() + 10_000);
    utimesSync(join(tree, path), soon, soon);
  }

  it('installs and compiles once, and then does nothing and says nothing', () => {
    expect(prepare()).to.deep.include({ status: 0, calls: ['npm ci', 'tsc'] });
    expect(prepare()).to.deep.equal({ status: 0, err: '', calls: [] });
  });

  it('asks for development packages under NODE_ENV=production too: Node itself is one', () => {
    prepare({ NODE_ENV: 'production' });
    program('host/npm', 'echo "$@" > calls-whole; exit 1');
    rmSync(join(tree, 'node_modules'), { recursive: true });
    prepare({ NODE_ENV: 'production' });
    expect(readFileSync(join(tree, 'calls-whole'), 'utf8')).to.include('--include=dev');
  });

  it('installs again when the lock file changed, not when it was only touched', () => {
    prepare();
    later('package-lock.json');
    expect(prepare().calls).to.deep.equal(['tsc']);
    write('package-lock.json', '{ }');
    expect(prepare().calls).to.include('npm ci');
  });

  it('compiles when a source is newer, is gone, or when told to; and drops output without a source', () => {
    prepare();
    later('src/a.ts');
    expect(prepare().calls).to.deep.equal(['tsc']);
    write('dist/src/gone.js', '');
    utimesSync(join(tree, 'src/a.ts'), 0, 0);
    expect(prepare({}, '--build').calls).to.deep.equal(['tsc']);
    expect(existsSync(join(tree, 'dist/src/gone.js'))).to.equal(false);
    expect(existsSync(join(tree, 'dist/src/a.js'))).to.equal(true);
  });

  it('fails when sources do not compile, and tries again the next time', () => {
    write('broken', '');
    expect(prepare().status).to.equal(1);
    rmSync(join(tree, 'broken'));
    expect(prepare()).to.deep.include({ status: 0, calls: ['tsc'] });
  });

  it('refuses an old Node of the host with the fix, when it has to install', () => {
    const { status, err, calls } = prepare({ HOST_NODE: '18' });
    expect({ status, calls }).to.deep.equal({ status: 2, calls: [] });
    expect(err).to.include('20 or newer').and.include('nvm install');
    prepare();
    expect(prepare({ HOST_NODE: '18' }).status).to.equal(0);
  });

  it('says when npm cannot install', () => {
    program('host/npm', 'exit 1');
    expect(prepare()).to.deep.include({ status: 1, calls: [] });
  });
});

describe('house: bin/gateway', () => {
  it('finds its own tree through links, from any folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-bin-'));
    try {
      // An image: compiled output, no sources.
      for (const path of ['app/bin', 'app/dist/src', 'path', 'node'])
        mkdirSync(join(folder, path), { recursive: true });
      copyFileSync(join(projectRoot(), 'bin/gateway'), join(folder, 'app/bin/gateway'));
      chmodSync(join(folder, 'app/bin/gateway'), 0o755);
      writeFileSync(join(folder, 'node/node'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
      symlinkSync('../app/bin/gateway', join(folder, 'path/inner'));
      symlinkSync(join(folder, 'path/inner'), join(folder, 'path/gateway'));
      const env = { PATH: `${join(folder, 'node')}:/usr/bin:/bin` };
      const out = execFileSync(join(folder, 'path/gateway'), ['doctor', 'a b'], { cwd: '/', env, encoding: 'utf8' });
      expect(out.trim()).to.match(/ .*\/app\/dist\/src\/cli\.js doctor a b$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
