import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type Environment, isRefused, projectRoot, readSettings } from '../config/index.js';
import { registerCerts } from './commands/certs.js';
import { registerDoctor } from './commands/doctor.js';
import { registerExchange } from './commands/exchange.js';
import { registerExchanges } from './commands/exchanges.js';
import { registerFormats } from './commands/formats.js';
import { registerJournal } from './commands/journal.js';
import { registerParticipants } from './commands/participants/index.js';
import { registerPoll } from './commands/poll.js';
import { registerPreflight } from './commands/preflight.js';
import { registerDeliveries, registerReplay } from './commands/replay/index.js';
import { registerSandbox } from './commands/sandbox.js';
import { registerSend } from './commands/send.js';
import { registerStore } from './commands/store.js';
import type { Context } from './context.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { GatewayApi } from './gateway-api.js';
import type { Terminal } from './terminal.js';
import { type Texts, textsFor } from './texts.js';
import { usageErrorIn } from './usage-errors.js';

/** In the order `--help` lists them. */
const COMMANDS = [
  registerSend,
  registerPoll,
  registerPreflight,
  registerExchanges,
  registerExchange,
  registerDeliveries,
  registerReplay,
  registerJournal,
  registerParticipants,
  registerFormats,
  registerSandbox,
  registerStore,
  registerCerts,
  registerDoctor,
];

/** Runs one command. Writes to `terminal` only and never ends the process: the caller sets the exit code. */
export async function runCommandLine(
  args: readonly string[],
  environment: Environment,
  terminal: Terminal,
): Promise<ExitCode> {
  const settings = readSettings(environment);
  if (isRefused(settings)) {
    for (const text of settings.problems) terminal.err(`${text}\n`);
    return EXIT.usage;
  }
  const texts = textsFor(settings.language);
  const api = new GatewayApi(settings, texts);
  const context: Context = { settings, environment, terminal, texts, api, exit: EXIT.done };
  const program = createProgram(texts, terminal, settings.language);
  for (const register of COMMANDS) register(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  return context.exit;
}

function createProgram(texts: Texts, terminal: Terminal, language: 'ru' | 'en'): Command {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
  const titles: Readonly<Record<string, string>> = {
    'Usage:': texts.usage,
    'Commands:': texts.commands,
    'Options:': texts.options,
    'Arguments:': texts.arguments,
  };
  return (
    new Command('gateway')
      .description(texts.program)
      .version(version, '-V, --version', texts.versionOption)
      .helpOption('-h, --help', texts.help)
      .helpCommand(false)
      // Without it `--version` of a command would be taken for the program's own.
      .enablePositionalOptions()
      .exitOverride()
      .configureHelp({ styleTitle: (title) => titles[title] ?? title })
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.err(text),
        outputError: (text, write) => write(usageErrorIn(language, text)),
      })
  );
}
