import { join, resolve } from 'node:path';
import { expect } from 'chai';
import {
  type Config,
  configurationDocument,
  type Environment,
  isRefused,
  readConfig,
  readSettings,
} from '../../src/config/index.js';
import { OPTIONS } from '../../src/config/options.js';

const ROOT = '/srv/gateway';

function accepted(env: Environment): Config {
  const config = readConfig(env, ROOT);
  if (isRefused(config)) expect.fail(config.problems.join('\n'));
  return config;
}

function problems(env: Environment): readonly string[] {
  const config = readConfig(env, ROOT);
  return isRefused(config) ? config.problems : [];
}

const PRODUCTION = {
  NODE_ENV: 'production',
  GATEWAY_DATA: '/data',
  GATEWAY_KEYS: '/keys',
  GATEWAY_JOURNAL_ORIGIN: 'smev.example.org/journal',
  GATEWAY_SIGNER_KEYS: '/etc/gateway/keys.json',
};

describe('config: the environment as one frozen object', () => {
  it('stands on defaults alone', () => {
    const config = accepted({});
    expect(config).to.include({ host: '127.0.0.1', port: 8080, sandbox: true, language: 'ru', production: false });
    expect(config.data).to.equal(join(ROOT, 'var'));
    expect(config.keys).to.equal(join(ROOT, 'var', 'keys'));
    expect(config.certificates).to.equal(join(ROOT, 'certs-dev'));
    expect(config.warnings).to.deep.equal([]);
    expect(Object.isFrozen(config)).to.equal(true);
  });

  it('puts keys and development certificates under GATEWAY_DATA when it is set', () => {
    const config = accepted({ GATEWAY_DATA: 'some/place' });
    expect(config.data).to.equal(resolve('some/place'));
    expect(config.keys).to.equal(join(config.data, 'keys'));
    expect(config.certificates).to.equal(join(config.data, 'certs-dev'));
  });

  it('takes an empty variable for an absent one', () => {
    expect(accepted({ GATEWAY_PORT: '', GATEWAY_LANG: ' ' }).port).to.equal(8080);
  });

  for (const [name, value] of [
    ['GATEWAY_PORT', 'http'],
    ['GATEWAY_PORT', '65536'],
    ['GATEWAY_PORT', '-1'],
    ['GATEWAY_PORT', '80.5'],
    ['GATEWAY_SANDBOX', 'yes'],
    ['GATEWAY_LANG', 'de'],
    ['GATEWAY_TZ', 'Europe/Muscovy'],
    ['LOG_LEVEL', 'loud'],
    ['GATEWAY_URL', 'gateway:8080'],
    ['GATEWAY_JOURNAL_ORIGIN', 'two words'],
    ['NODE_ENV', 'prod'],
  ] as const) {
    it(`refuses ${name}=${value}, naming the variable and the fix`, () => {
      const found = problems({ [name]: value });
      expect(found).to.have.length(1);
      expect(found[0]).to.match(new RegExp(`^${name}: .*Set it to `));
    });
  }

  it('does not repeat a secret in a problem', () => {
    expect(problems({ DATABASE_URL: 'mysql://me:hidden@host/db' })[0])
      .to.include('DATABASE_URL')
      .and.not.include('hidden');
  });

  it('refuses to be reached from outside without TLS or a trusted proxy', () => {
    expect(problems({ GATEWAY_HOST: '0.0.0.0' })[0])
      .to.include('GATEWAY_TLS_CERT')
      .and.include('GATEWAY_TRUSTED_PROXY');
    expect(problems({ GATEWAY_HOST: '::' })).to.have.length(1);
    expect(problems({ GATEWAY_HOST: '127.evil.example' })).to.have.length(1);
    expect(problems({ GATEWAY_HOST: '127.0.0.2' })).to.deep.equal([]);
    expect(
      accepted({ GATEWAY_HOST: '0.0.0.0', GATEWAY_TRUSTED_PROXY: '10.0.0.1, 10.1.0.0/16' }).trustedProxies,
    ).to.deep.equal(['10.0.0.1', '10.1.0.0/16']);
    expect(accepted({ GATEWAY_HOST: '0.0.0.0', GATEWAY_TLS_CERT: '/c', GATEWAY_TLS_KEY: '/k' }).tls).to.deep.equal({
      certFile: '/c',
      keyFile: '/k',
    });
  });

  it('refuses half a TLS pair and a proxy that is a name', () => {
    expect(problems({ GATEWAY_TLS_CERT: '/c' })[0]).to.include('both');
    expect(problems({ GATEWAY_TRUSTED_PROXY: 'proxy.local' })[0]).to.include('proxy.local');
  });

  it('asks more of production: no sandbox, keys apart, a journal name', () => {
    expect(accepted(PRODUCTION)).to.include({ sandbox: false, production: true });
    expect(problems({ NODE_ENV: 'production' })).to.have.length(3);
    expect(problems({ ...PRODUCTION, GATEWAY_SANDBOX: '1' })[0]).to.include('GATEWAY_SANDBOX=0');
    expect(problems({ ...PRODUCTION, GATEWAY_KEYS: '/data/keys' })[0]).to.include('GATEWAY_KEYS');
    expect(problems({ ...PRODUCTION, GATEWAY_KEYS: '/data-keys' })).to.deep.equal([]);
  });

  it('names every problem at once', () => {
    expect(problems({ GATEWAY_PORT: 'x', GATEWAY_LANG: 'y', GATEWAY_HOST: '10.0.0.1' })).to.have.length(3);
  });

  it('takes the addresses of PostgreSQL and Redis, and refuses what it cannot serve rather than going on silently', () => {
    expect(accepted({ DATABASE_URL: 'postgres://host/db' }).databaseUrl).to.equal('postgres://host/db');
    expect(accepted({ REDIS_URL: 'rediss://host' }).redisUrl).to.equal('rediss://host');
    expect(problems({ REDIS_URL: 'http://host' })[0]).to.include('redis://');
    expect(problems({ GATEWAY_OIDC_ISSUER: 'https://host' })[0]).to.include('unset it');
  });

  it('serves FTP where it is asked to, in the clear only on loopback or by word', () => {
    expect(accepted({}).ftpPort).to.equal(undefined);
    expect(accepted({ GATEWAY_FTP_PORT: '0' }).ftpPort).to.equal(0);
    expect(accepted({ GATEWAY_FTP_PORT: '2121', GATEWAY_FTP_PASSIVE: '30000-30009' }).ftpPassive).to.deep.equal([
      30_000, 30_009,
    ]);
    for (const range of ['30009-30000', '1-2', '30000', '30000-70000'])
      expect(problems({ GATEWAY_FTP_PASSIVE: range })[0], range).to.include('GATEWAY_FTP_PASSIVE');
    expect(problems({ GATEWAY_FILES_DAYS: '0' })[0]).to.include('GATEWAY_FILES_DAYS');
    const open = { GATEWAY_HOST: '10.0.0.1', GATEWAY_TRUSTED_PROXY: '10.0.0.2', GATEWAY_FTP_PORT: '2121' };
    expect(problems(open)[0]).to.include('GATEWAY_FTP_PLAIN=1');
    expect(accepted({ ...open, GATEWAY_FTP_PLAIN: '1' }).ftpPort).to.equal(2121);
  });

  it('warns of a misspelt variable and of one without effect', () => {
    expect(accepted({ GATEWAY_PROT: '1' }).warnings[0]).to.include('GATEWAY_PROT');
    expect(accepted({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://host' }).warnings).to.have.length(1);
  });

  it('lets the command line run under an environment the gateway would refuse', () => {
    const settings = readSettings(
      { NODE_ENV: 'production', GATEWAY_HOST: '10.0.0.1', GATEWAY_URL: 'https://gw.example/' },
      ROOT,
    );
    if (isRefused(settings)) expect.fail(settings.problems.join('\n'));
    expect(settings.url).to.equal('https://gw.example');
    expect(settings.addressGiven).to.equal(true);
    expect(isRefused(readSettings({ GATEWAY_PORT: 'x' }, ROOT))).to.equal(true);
  });

  it('documents every option in both languages', () => {
    const text = configurationDocument();
    for (const option of OPTIONS) {
      expect(text).to.include(`\`${option.name}\``).and.include(option.ru).and.include(option.en);
    }
  });
});
