/** Starts that are refused, each with exit code 2 and the fix; stops that leave nothing behind. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/config/index.js';
import { type ChildGateway, endOf, isFree, startChild } from './child-gateway.js';
import { newFolder, testGateway } from './test-gateway.js';

describe('the start', () => {
  const folders: string[] = [];
  const folder = () => {
    const made = newFolder();
    folders.push(made);
    return made;
  };
  after(() => {
    for (const made of folders) rmSync(made, { recursive: true, force: true });
  });

  const refused = async (environment: Record<string, string>, ...says: (string | RegExp)[]) => {
    const { code, output } = await endOf(environment);
    expect(code, output).to.equal(2);
    for (const part of says) expect(output).to.match(typeof part === 'string' ? literally(part) : part);
    expect(output, 'a sentence, not a stack').to.not.match(/\n\s+at /);
  };

  it('on a busy port, or on an address of another machine, is refused with what to set', async () => {
    const server = createServer();
    await listening(server);
    const { port } = server.address() as { port: number };
    const elsewhere = { GATEWAY_HOST: '192.0.2.1', GATEWAY_TRUSTED_PROXY: '192.0.2.2' };
    await Promise.all([
      refused({ GATEWAY_DATA: folder(), GATEWAY_PORT: String(port) }, `Порт ${port}`, 'занят', 'GATEWAY_PORT='),
      refused({ GATEWAY_DATA: folder(), ...elsewhere }, '192.0.2.1', 'GATEWAY_HOST'),
    ]);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('in a folder that cannot be written is refused, naming the folder', async () => {
    // Below a file: not even root can make a folder there.
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await refused({ GATEWAY_DATA: join(file, 'data') }, join(file, 'data'), 'нельзя писать', 'GATEWAY_DATA');
  });

  it('in a folder another process holds is refused, naming that process', async () => {
    const gateway = await testGateway({}, folder());
    await refused(
      { GATEWAY_DATA: gateway.folder },
      `занят процессом ${process.pid}`,
      `kill ${process.pid}`,
      'GATEWAY_DATA',
    );
    expect((await gateway.as('FED001').poll('GetStatus')).fault, 'the first one goes on').to.equal(undefined);
    await gateway.close();
  });

  it('with contradictions is refused, every one with its fix', async () => {
    const environment = {
      GATEWAY_DATA: folder(),
      GATEWAY_TLS_CERT: '/x.pem',
      GATEWAY_HOST: '0.0.0.0',
      GATEWAY_PORT: 'eighty',
    };
    await Promise.all([
      refused(environment, 'GATEWAY_TLS_KEY', 'GATEWAY_PORT'),
      refused({ GATEWAY_DATA: folder(), NODE_ENV: 'production' }, 'GATEWAY_'),
    ]);
  });

  it('with TLS files that cannot be read or do not belong together is refused, naming them', async () => {
    const [certificate, key] = [join(folder(), 'cert.pem'), join(folder(), 'key.pem')];
    for (const file of [certificate, key]) writeFileSync(file, 'not PEM');
    await Promise.all([
      refused(
        { GATEWAY_DATA: folder(), GATEWAY_TLS_CERT: '/nowhere/cert.pem', GATEWAY_TLS_KEY: key },
        '/nowhere/cert.pem',
      ),
      refused({ GATEWAY_DATA: folder(), GATEWAY_TLS_CERT: certificate, GATEWAY_TLS_KEY: key }, certificate, 'PEM'),
    ]);
  });

  it('is undone whole by a stop: SIGINT right after `ready` ends it by code 0', async () => {
    const data = folder();
    const child = await startChild({ GATEWAY_DATA: data });
    expect(readFileSync(join(data, 'gateway.url'), 'utf8')).to.equal(`${child.url}\n`);
    child.process.kill('SIGINT');
    const { code, output } = await child.ended;
    expect(code, output).to.equal(0);
    expect(['gateway.url', 'gateway.pid'].filter((f) => existsSync(join(data, f)))).to.deep.equal([]);
  });

  describe('by npm', () => {
    const built = existsSync(join(projectRoot(), 'dist/src/main.js'));
    // Without its prestart: tests do not compile.
    const npmStart = (data: string) =>
      startChild({ GATEWAY_DATA: data }, ['npm', '--prefix', projectRoot(), '--ignore-scripts', '--silent', 'start']);
    const gone = async (child: ChildGateway, data: string, pid: number) => {
      await child.ended;
      await until(() => !isRunning(pid), `process ${pid} ends`);
      expect(await isFree(child.port), 'the port is free').to.equal(true);
      expect(existsSync(join(data, 'gateway.pid')), 'it stopped by itself').to.equal(false);
    };

    for (const [whom, signal] of [
      ["npm's own pid", (pid: number) => process.kill(pid, 'SIGTERM')],
      ['the whole group', (pid: number) => process.kill(-pid, 'SIGTERM')],
    ] as const) {
      it(`SIGTERM to ${whom} ends every process and frees the port`, async function () {
        if (!built) this.skip();
        const data = folder();
        const child = await npmStart(data);
        const pid = Number(readFileSync(join(data, 'gateway.pid'), 'utf8'));
        expect(isRunning(pid)).to.equal(true);
        signal(child.process.pid!);
        await gone(child, data, pid);
      });
    }
  });
});

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
}

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
