import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectRoot, type Settings } from '../../config/index.js';
import { cryptoProviders } from '../../start/crypto-providers.js';
import { gatewayUrl } from '../gateway-api.js';
import type { Finding } from './finding.js';

const NODE_NEEDED = 24;
const LIVE_TIMEOUT_MS = 2000;

/** Programs some tests and some optional checks use; the gateway runs without all of them. */
const TOOLS = [
  { command: 'xmllint', args: ['--version'], debian: 'libxml2-utils' },
  { command: 'xmlsec1', args: ['--version'], debian: 'xmlsec1' },
  { command: 'openssl', args: ['version'], debian: 'openssl' },
  { command: 'java', args: ['-version'], debian: 'default-jdk-headless' },
] as const;

export async function examineMachine(settings: Settings, ru: boolean): Promise<Finding[]> {
  return [node(ru), clock(ru), await port(settings, ru), gost(ru), ...TOOLS.map((tool) => toolFinding(tool, ru))];
}

function node(ru: boolean): Finding {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) >= NODE_NEEDED) return { name: 'Node.js', verdict: 'ok', text: version };
  return {
    name: 'Node.js',
    verdict: 'bad',
    text: `${version} < ${NODE_NEEDED}`,
    fix: ru
      ? 'запускайте через bin/gateway или npm: они берут свой Node'
      : 'run through bin/gateway or npm: they use their own Node',
  };
}

/** MessageIDs and polls are judged by the clock (±10 min); a clock before the program's own build is certainly wrong. */
function clock(ru: boolean): Finding {
  const name = ru ? 'часы' : 'clock';
  const now = new Date();
  const built = statSync(join(projectRoot(), 'package.json')).mtime;
  if (now >= built && now.getUTCFullYear() < 2100) return { name, verdict: 'ok', text: now.toISOString() };
  return {
    name,
    verdict: 'bad',
    text: now.toISOString(),
    fix: ru ? 'включите NTP (timedatectl set-ntp true)' : 'turn NTP on (timedatectl set-ntp true)',
  };
}

async function port(settings: Settings, ru: boolean): Promise<Finding> {
  const name = ru ? 'порт' : 'port';
  const text = `${settings.host}:${settings.port}`;
  const trouble = await listenError(settings);
  if (trouble === undefined) return { name, verdict: 'ok', text: `${text} ${ru ? 'свободен' : 'is free'}` };
  const url = gatewayUrl(settings);
  if (await answersLive(url))
    return { name, verdict: 'ok', text: ru ? `шлюз работает: ${url}` : `the gateway runs: ${url}` };
  return {
    name,
    verdict: 'bad',
    text: `${text}: ${trouble}`,
    fix: ru
      ? 'освободите порт или задайте другой GATEWAY_PORT (0 — любой)'
      : 'free the port, or set another GATEWAY_PORT (0 takes any)',
  };
}

/** Who answers for GOST R 34.10-2012; neither is certified by FSB (docs/adr/0006). */
function gost(ru: boolean): Finding {
  const { gost: by, library } = cryptoProviders();
  const name = ru ? 'ГОСТ' : 'GOST';
  if (by === 'engine')
    return { name, verdict: 'ok', text: `${ru ? 'модуль OpenSSL' : "OpenSSL's engine"} ${library ?? ''}` };
  return {
    name,
    verdict: 'ok',
    text: ru
      ? 'собственная реализация на TypeScript: проверка подписи примерно в десять раз дольше, чем модулем OpenSSL'
      : "the project's own TypeScript: a verification takes about ten times as long as by OpenSSL's engine",
    fix: 'apt-get install libengine-gost-openssl',
  };
}

function listenError(settings: Settings): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.message));
    server.listen({ host: settings.host, port: settings.port, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}

async function answersLive(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(LIVE_TIMEOUT_MS) })).ok;
  } catch {
    return false;
  }
}

function toolFinding(tool: (typeof TOOLS)[number], ru: boolean): Finding {
  try {
    execFileSync(tool.command, tool.args, { stdio: 'ignore' });
    return { name: tool.command, verdict: 'ok', text: ru ? 'есть' : 'found' };
  } catch {
    return {
      name: tool.command,
      verdict: 'warning',
      text: ru
        ? 'нет; шлюзу не нужен, часть проверок будет пропущена'
        : 'absent; the gateway runs without it, some tests are skipped',
      fix: `apt-get install ${tool.debian}`,
    };
  }
}
