/**
 * Rules for every test: no network beyond this machine; what is skipped is named, and under CI only what needs
 * `../shared` may be; mocha ends by itself, so a leaked server, worker or timer fails the run.
 */
import { Socket } from 'node:net';
import type { Suite, Test } from 'mocha';

/** How long open handles may take to close after the last test. */
const GRACE_MS = 10_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/;

type Connect = Socket['connect'];

/** The host of a connect call, in whatever form net was called; undefined for a local socket or the default host. */
function hostOf(args: readonly unknown[]): string | undefined {
  const flat = args.flat();
  const [first, second] = flat;
  if (typeof first === 'object' && first !== null)
    return 'host' in first ? String(first.host ?? 'localhost') : undefined;
  return typeof first === 'number' && typeof second === 'string' ? second : undefined;
}

function denyNetwork(): () => void {
  const original = Socket.prototype.connect;
  const guarded = function (this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args);
    if (host === undefined || LOOPBACK.test(host)) return Reflect.apply(original, this, args);
    process.nextTick(() => this.destroy(new Error(`a test reached for ${host}: only loopback is allowed`)));
    return this;
  };
  // The overloads of connect cannot be written as one function; the guard passes all of them through unchanged.
  Socket.prototype.connect = guarded as Connect;
  return () => {
    Socket.prototype.connect = original;
  };
}

function skipped(suite: Suite): Test[] {
  return [...suite.tests.filter((test) => test.isPending()), ...suite.suites.flatMap(skipped)];
}

/** Titles of skipped tests that may not be skipped where every tool is installed. */
export function forbiddenSkips(titles: readonly string[]): string[] {
  return titles.filter((title) => !/\bshared\b/.test(title));
}

function reportSkips(root: Suite): void {
  const titles = skipped(root).map((test) => test.fullTitle());
  for (const title of titles) process.stderr.write(`  skipped: ${title}\n`);
  const forbidden = forbiddenSkips(titles);
  if (process.env.CI !== 'true' || forbidden.length === 0) return;
  throw new Error(`under CI nothing but what needs ../shared may be skipped:\n  ${forbidden.join('\n  ')}`);
}

function watchForLeaks(): void {
  setTimeout(() => {
    process.stderr.write(
      `\nopen after the last test, ${GRACE_MS / 1000} s on: ${process.getActiveResourcesInfo().join(', ')}\n`,
    );
    // Mocha sets the exit code from its failures in an exit listener of its own; the last one registered wins.
    process.on('exit', () => {
      process.exitCode = 1;
    });
    process.exit();
  }, GRACE_MS).unref();
}

let allowNetwork: (() => void) | undefined;

export const mochaHooks = {
  beforeAll(): void {
    allowNetwork = denyNetwork();
  },
  afterAll(this: Mocha.Context): void {
    allowNetwork?.();
    watchForLeaks();
    const root = this.test?.parent;
    if (root) reportSkips(root);
  },
};
