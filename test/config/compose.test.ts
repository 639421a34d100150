/** compose.yaml, as far as it can be judged without Docker: its form, its names against our own, and that nothing in it floats. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { isRefused, projectRoot, readConfig } from '../../src/config/index.js';
import { OPTIONS } from '../../src/config/options.js';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly interval: string; readonly timeout: string };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** Keys of a service in the Compose specification that we use; a misspelt one is none of them. */
const KEYS = new Set(
  `build cap_drop command depends_on environment healthcheck image ports read_only restart secrets security_opt shm_size
   stop_grace_period tmpfs volumes`.split(/\s+/),
);

describe('compose.yaml', () => {
  const read = (file: string) => readFileSync(join(projectRoot(), file), 'utf8');
  const compose = parse(read('compose.yaml'), { merge: true, strict: true, uniqueKeys: true }) as Compose;
  const services = Object.entries(compose.services);
  const gateways = services.filter(([name]) => name.startsWith('gateway-'));
  /** What `docker compose` makes of `${NAME:-default}` and `${NAME:?why}`. */
  const filled = (environment: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        String(value).replace(/\$\{\w+:([-?])([^}]*)\}/g, (_, kind: string, word: string) =>
          kind === '-' ? word : name === 'GATEWAY_PUBLIC_URL' ? 'https://smev.example.org' : 'smev.example.org/journal',
        ),
      ]),
    );

  it('names two gateways, PostgreSQL and Redis, and no key that Compose does not know', () => {
    expect(Object.keys(compose.services)).to.have.members(['gateway-1', 'gateway-2', 'postgres', 'redis']);
    for (const [name, service] of services)
      expect(
        Object.keys(service).filter((key) => !KEYS.has(key)),
        name,
      ).to.deep.equal([]);
  });

  it('looks after the health of each, and starts each again', () => {
    for (const [name, { healthcheck, restart }] of services) {
      expect(healthcheck?.test[0], name).to.match(/^CMD(-SHELL)?$/);
      expect(healthcheck?.interval, name).to.match(/^\d+s$/);
      expect(restart, name).to.equal('unless-stopped');
    }
  });

  it('waits for a healthy PostgreSQL, and not for Redis', () => {
    for (const [name, { depends_on: on }] of gateways)
      expect(on, name).to.deep.equal({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_started' },
      });
  });

  it('pins every image to a version', () => {
    for (const [name, { image }] of services) expect(image, name).to.match(/^[a-z-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
    expect(Number(/postgres:(\d+)/.exec(compose.services.postgres!.image)?.[1])).to.be.greaterThanOrEqual(14);
    expect(compose.services['gateway-1']?.image).to.equal(`smev-gateway:${JSON.parse(read('package.json')).version}`);
  });

  it('sets variables the gateway knows, and they start it in production', () => {
    const known: readonly string[] = OPTIONS.map(({ name }) => name);
    for (const [name, { environment = {}, command = [] }] of gateways) {
      expect(
        Object.keys(environment).filter((key) => !known.includes(key)),
        name,
      ).to.deep.equal([]);
      const url = /DATABASE_URL="([^"]+)"/.exec(command.join(' '))?.[1]?.replace(/\$\$\(cat [^)]*\)/, 'secret');
      const config = readConfig({ ...filled(environment), DATABASE_URL: url });
      expect(isRefused(config) ? config.problems : config.warnings, name).to.deep.equal([]);
      expect(isRefused(config) || config.production, name).to.equal(true);
      expect(config, name).to.include({ databaseUrl: 'postgres://gateway:secret@postgres:5432/gateway' });
    }
  });

  it('shares keys and files between the gateways, and no data folder', () => {
    const at = (name: string, path: string) =>
      compose.services[name]?.volumes?.find((volume) => volume.split(':')[1] === path)?.split(':')[0];
    for (const path of ['/keys', '/files', '/run/signer'])
      expect(at('gateway-1', path), path).to.equal(at('gateway-2', path)).and.not.equal(undefined);
    expect(at('gateway-1', '/data')).to.not.equal(at('gateway-2', '/data'));
    const [one, two] = gateways.map(([, { environment }]) => environment);
    expect(one).to.deep.equal(two);
  });

  it('declares every volume and secret it uses, and every one it declares is used', () => {
    const volumes = services.flatMap(([, { volumes = [] }]) => volumes.map((v) => v.split(':')[0]!));
    expect(new Set(volumes.filter((v) => !v.startsWith('.')))).to.deep.equal(new Set(Object.keys(compose.volumes)));
    const secrets = services.flatMap(([, { secrets = [] }]) => secrets);
    expect(new Set(secrets)).to.deep.equal(new Set(Object.keys(compose.secrets)));
  });

  it('publishes the gateways on the loopback only, and holds no password', () => {
    for (const [name, { ports = [] }] of services)
      for (const port of ports) expect(port, name).to.match(/^127\.0\.0\.1:\d+:8080$/);
    expect(services.flatMap(([, { ports = [] }]) => ports)).to.have.length(2);
    expect(read('compose.yaml')).to.not.match(/POSTGRES_PASSWORD:|:\/\/[^:/\s]+:(?!\$)[^@\s]+@/);
  });
});
