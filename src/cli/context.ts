import type { Command } from 'commander';
import type { Environment, Settings } from '../config/index.js';
import { type ExitCode, isProblem, type Problem } from './exit-codes.js';
import type { GatewayApi } from './gateway-api.js';
import { json, type Terminal } from './terminal.js';
import type { Texts } from './texts.js';

/** What every command is given. */
export interface Context {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly terminal: Terminal;
  readonly texts: Texts;
  readonly api: GatewayApi;
  /** Set by the command that ran. */
  exit: ExitCode;
}

/** What a command found: data for --json, the same for people, and the exit code. */
export interface Found {
  readonly data: unknown;
  readonly text: string;
  readonly exit?: ExitCode;
}

/** Runs a command's work when commander chooses it, prints what it found and keeps the exit code. */
export function action<Args extends readonly unknown[]>(
  command: Command,
  context: Context,
  work: (...args: Args) => Promise<Found | Problem>,
): void {
  command.action(async (...args: unknown[]) => {
    // commander passes arguments, then options, then the command, as declared where `work` is written.
    const found = await work(...(args as unknown as Args));
    if (isProblem(found)) {
      context.terminal.err(`${found.problem}\n`);
      context.exit = found.exit;
      return;
    }
    context.terminal.out(command.opts().json === true ? json(found.data) : found.text);
    context.exit = found.exit ?? 0;
  });
}
