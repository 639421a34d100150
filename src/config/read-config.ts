import { isIP } from 'node:net';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Environment } from './environment.js';
import type { LogLevel } from './options.js';
import { projectRoot } from './project-root.js';
import { readValues, type Values } from './read-values.js';

/** What both the gateway and its command line need. Paths are absolute. */
export interface Settings {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Whether host or port were set, rather than left at their defaults: the command line then trusts them over gateway.url. */
  readonly addressGiven: boolean;
  readonly data: string;
  readonly keys: string;
  /** Folder of the generated development certificates. */
  readonly certificates: string;
  readonly language: 'ru' | 'en';
  readonly timeZone: string;
  readonly logLevel: LogLevel;
  /** For the command line. */
  readonly url?: string;
  readonly token?: string;
  /** To be shown at the start: unknown or unused variables, unsafe defaults. */
  readonly warnings: readonly string[];
}

export interface Config extends Settings {
  readonly sandbox: boolean;
  readonly journalOrigin: string;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Addresses of the proxy that ends TLS; empty when there is none. */
  readonly trustedProxies: readonly string[];
  /** By which it is known outside, without a slash at the end; absent: host and port. */
  readonly publicUrl?: string;
  /** File of the signing keys; absent: the generated ones of development. */
  readonly signerKeys?: string;
  /** Program and arguments of the signing command. */
  readonly signer?: readonly [string, ...string[]];
  /** PostgreSQL in place of the embedded database. Holds a password: never shown. */
  readonly databaseUrl?: string;
  /** Redis for the delivery queues. Holds a password: never shown. */
  readonly redisUrl?: string;
  /** Of the EGISSO registry, without a slash at the end; absent: the sandbox's own, where there is a sandbox. */
  readonly egissoUrl?: string;
  /** Of the Pension Fund, likewise. */
  readonly pfrUrl?: string;
  /** Whether signing keys may lie in files. */
  readonly fileKeys: boolean;
  /** FTP of the file store; absent: HTTP only. */
  readonly ftpPort?: number;
  /** Ports of its data connections, both inclusive; absent: any free one. */
  readonly ftpPassive?: readonly [first: number, last: number];
  /** Folder of the file store; absent: under the data. */
  readonly files?: string;
  /** Days a file stays after its deliveries came to an end. */
  readonly filesDays: number;
}

export interface Refused {
  readonly problems: readonly string[];
}

export function isRefused(config: Settings | Refused): config is Refused {
  return 'problems' in config;
}

/**
 * The settings of the command line, or every problem with single variables. Pure but for finding the project's folder;
 * relative paths given by the user are taken from the working directory, defaults from the project's folder.
 */
export function readSettings(env: Environment, root: string = projectRoot()): Settings | Refused {
  const read = readValues(env);
  return read.problems.length > 0 ? { problems: read.problems } : Object.freeze(settings(read, root));
}

/** The configuration of the gateway, frozen; or every problem at once, each with its fix: the start is refused. */
export function readConfig(env: Environment, root: string = projectRoot()): Config | Refused {
  const read = readValues(env);
  const base = settings(read, root);
  const { values } = read;
  const problems = [...read.problems];
  const sandbox = values.GATEWAY_SANDBOX === undefined ? !base.production : values.GATEWAY_SANDBOX === '1';
  const trustedProxies = (values.GATEWAY_TRUSTED_PROXY ?? '')
    .split(',')
    .map((a) => a.trim())
    .filter((a) => a !== '');
  const tls = pairOf(values.GATEWAY_TLS_CERT, values.GATEWAY_TLS_KEY);

  if ((values.GATEWAY_TLS_CERT === undefined) !== (values.GATEWAY_TLS_KEY === undefined)) {
    problems.push('Only one of GATEWAY_TLS_CERT and GATEWAY_TLS_KEY is set: set both, or neither.');
  }
  const misnamed = trustedProxies.filter((address) => isIP(address.replace(/\/\d{1,3}$/, '')) === 0);
  if (misnamed.length > 0) {
    problems.push(
      `GATEWAY_TRUSTED_PROXY: ${misnamed.join(', ')} is no IP address or network: name addresses, not hosts.`,
    );
  }
  if (!isLoopback(base.host) && tls === undefined && trustedProxies.length === 0) {
    problems.push(
      `GATEWAY_HOST=${base.host} can be reached from outside without encryption: set GATEWAY_TLS_CERT and GATEWAY_TLS_KEY, or GATEWAY_TRUSTED_PROXY to the address of the proxy that ends TLS, or GATEWAY_HOST=127.0.0.1.`,
    );
  }
  if (values.GATEWAY_FTP_PORT !== undefined && !isLoopback(base.host) && values.GATEWAY_FTP_PLAIN !== '1') {
    problems.push(
      `GATEWAY_FTP_PORT with GATEWAY_HOST=${base.host}: FTP is not encrypted. Set GATEWAY_FTP_PLAIN=1 where the channel is protected otherwise, or unset GATEWAY_FTP_PORT: files go over HTTPS too.`,
    );
  }
  problems.push(...(base.production ? productionProblems(base, read, sandbox) : []));
  if (problems.length > 0) return { problems };
  return Object.freeze({
    ...base,
    sandbox,
    journalOrigin: values.GATEWAY_JOURNAL_ORIGIN ?? 'localhost/smev-gateway',
    ...(tls && { tls }),
    trustedProxies: Object.freeze(trustedProxies),
    ...(values.GATEWAY_PUBLIC_URL !== undefined && { publicUrl: values.GATEWAY_PUBLIC_URL.replace(/\/+$/, '') }),
    ...(values.GATEWAY_SIGNER_KEYS !== undefined && { signerKeys: resolve(values.GATEWAY_SIGNER_KEYS) }),
    // `check` of GATEWAY_SIGNER leaves a JSON list of strings.
    ...(values.GATEWAY_SIGNER !== undefined && { signer: JSON.parse(values.GATEWAY_SIGNER) as [string, ...string[]] }),
    ...(values.DATABASE_URL !== undefined && { databaseUrl: values.DATABASE_URL }),
    ...(values.REDIS_URL !== undefined && { redisUrl: values.REDIS_URL }),
    ...(values.GATEWAY_EGISSO_URL !== undefined && { egissoUrl: values.GATEWAY_EGISSO_URL.replace(/\/+$/, '') }),
    ...(values.GATEWAY_PFR_URL !== undefined && { pfrUrl: values.GATEWAY_PFR_URL.replace(/\/+$/, '') }),
    fileKeys: !base.production || values.GATEWAY_FILE_KEYS === '1',
    ...(values.GATEWAY_FTP_PORT !== undefined && { ftpPort: Number(values.GATEWAY_FTP_PORT) }),
    ...(values.GATEWAY_FTP_PASSIVE !== undefined && {
      // `check` of GATEWAY_FTP_PASSIVE leaves two numbers.
      ftpPassive: values.GATEWAY_FTP_PASSIVE.split('-').map(Number) as [number, number],
    }),
    ...(values.GATEWAY_FILES !== undefined && { files: resolve(values.GATEWAY_FILES) }),
    filesDays: Number(values.GATEWAY_FILES_DAYS ?? '30'),
  });
}

function settings({ values, warnings }: Values, root: string): Settings {
  const data = values.GATEWAY_DATA === undefined ? join(root, 'var') : resolve(values.GATEWAY_DATA);
  return {
    production: values.NODE_ENV === 'production',
    host: values.GATEWAY_HOST ?? '127.0.0.1',
    port: Number(values.GATEWAY_PORT ?? '8080'),
    addressGiven: values.GATEWAY_HOST !== undefined || values.GATEWAY_PORT !== undefined,
    data,
    keys: values.GATEWAY_KEYS === undefined ? join(data, 'keys') : resolve(values.GATEWAY_KEYS),
    certificates: values.GATEWAY_DATA === undefined ? join(root, 'certs-dev') : join(data, 'certs-dev'),
    language: values.GATEWAY_LANG === 'en' ? 'en' : 'ru',
    timeZone: values.GATEWAY_TZ ?? 'Europe/Moscow',
    // `check` of LOG_LEVEL admits these only.
    logLevel: (values.LOG_LEVEL ?? 'info') as LogLevel,
    ...(values.GATEWAY_URL !== undefined && { url: values.GATEWAY_URL.replace(/\/+$/, '') }),
    ...(values.GATEWAY_TOKEN !== undefined && { token: values.GATEWAY_TOKEN }),
    warnings,
  };
}

function pairOf(cert: string | undefined, key: string | undefined): Config['tls'] {
  return cert === undefined || key === undefined ? undefined : { certFile: resolve(cert), keyFile: resolve(key) };
}

/** Live work: keys no back-up of the data carries, a journal name nobody else uses, nobody from the sandbox. */
function productionProblems(base: Settings, { values }: Values, sandbox: boolean): string[] {
  const problems: string[] = [];
  if (sandbox) problems.push('GATEWAY_SANDBOX=1 with NODE_ENV=production: set GATEWAY_SANDBOX=0, or leave production.');
  if (values.GATEWAY_KEYS === undefined || isInside(base.keys, base.data)) {
    problems.push(
      'GATEWAY_KEYS must name a folder outside GATEWAY_DATA in production: a back-up of the data must not hold the keys.',
    );
  }
  if (values.GATEWAY_SIGNER_KEYS === undefined) {
    problems.push(
      'GATEWAY_SIGNER_KEYS must name the file of the gateway’s certificates and keys in production: generated ones are for development (docs/external-keys.md).',
    );
  }
  if (values.GATEWAY_JOURNAL_ORIGIN === undefined) {
    problems.push(
      'GATEWAY_JOURNAL_ORIGIN must be set in production: it names the journal for good, such as smev.example.org/journal.',
    );
  }
  return problems;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
