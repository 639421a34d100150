import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, problem } from '../../exit-codes.js';
import { apply, applyAsked, verb } from './change.js';
import { participantTexts } from './texts.js';

interface AddOptions {
  readonly nameRu: string;
  readonly nameEn: string;
  readonly certificate: readonly string[];
  readonly code: readonly string[];
  readonly mode: string;
  readonly checks: string;
}

interface QuotaOptions {
  readonly messagesPerMinute?: string;
  readonly attachmentBytesPerDay?: string;
}

/** add, remove, codes, nodes, quota. */
export function registerParticipant(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const named = (name: string, description: string, example: string) =>
    verb(parent, context, name, description, example).argument('<mnemonic>', words.mnemonic);
  add(named('add', words.add, 'REG777 --name-ru "…" --name-en "…" --certificate reg777.pem'), context);
  const remove = named('remove', words.remove, 'REG777')
    .option('--force', words.forceRemove)
    .option('--yes', words.yes);
  action(remove, context, (mnemonic: string, options: { force?: true; yes?: true; json?: true }) =>
    applyAsked(context, { method: 'DELETE', path: pathOf(mnemonic), query: forced(options) }, options),
  );
  const codes = named('codes', words.setCodes, 'REG777 0777.000001 0777.000002').argument('<code...>', words.code);
  action(codes, context, (mnemonic: string, list: readonly string[]) =>
    apply(context, { method: 'PATCH', path: pathOf(mnemonic), body: { codes: list } }),
  );
  const nodes = named('nodes', words.setNodes, 'REG777 A B').argument('[node...]', words.node);
  action(nodes, context, (mnemonic: string, list: readonly string[]) =>
    apply(context, { method: 'PATCH', path: pathOf(mnemonic), body: { nodes: list.length === 0 ? null : list } }),
  );
  quota(named('quota', words.setQuota, 'REG777 --messages-per-minute 600'), context);
}

function add(command: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const several = (value: string, before: readonly string[]) => [...before, value];
  command
    .requiredOption('--name-ru <text>', words.nameRu)
    .requiredOption('--name-en <text>', words.nameEn)
    .option('--certificate <file.pem>', words.certificateFile, several, [])
    .option('--code <NNNN.NNNNNN>', words.code, several, [])
    .option('--mode <mode>', words.mode, 'pull')
    .option('--checks <when>', words.checks, 'early');
  action(command, context, async (mnemonic: string, options: AddOptions) => {
    const certificates = options.certificate.map(readText);
    const absent = options.certificate.find((_, i) => certificates[i] === undefined);
    if (absent !== undefined) return problem(EXIT.usage, context.texts.noFile(absent));
    const { nameRu, nameEn, code, mode, checks } = options;
    return apply(context, {
      method: 'POST',
      path: '/participants',
      body: { mnemonic, name: { ru: nameRu, en: nameEn }, certificates, codes: code, mode, contentChecks: checks },
    });
  });
}

function quota(command: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  command.option('--messages-per-minute <n>', words.perMinute).option('--attachment-bytes-per-day <n>', words.perDay);
  action(command, context, async (mnemonic: string, { messagesPerMinute, attachmentBytesPerDay }: QuotaOptions) => {
    const given = Object.entries({ messagesPerMinute, attachmentBytesPerDay }).filter(([, text]) => text !== undefined);
    const wrong = given.find(([, text]) => !/^[1-9]\d{0,14}$/.test(text ?? ''));
    if (wrong !== undefined) return problem(EXIT.usage, context.texts.badNumber(wrong[1] ?? ''));
    const numbers = Object.fromEntries(given.map(([name, text]) => [name, Number(text)]));
    return apply(context, {
      method: 'PATCH',
      path: pathOf(mnemonic),
      body: { quota: given.length === 0 ? null : numbers },
    });
  });
}

export function pathOf(mnemonic: string): string {
  return `/participants/${encodeURIComponent(mnemonic)}`;
}

export function forced({ force }: { readonly force?: true }): { readonly force: string | undefined } {
  return { force: force ? '1' : undefined };
}

/** Undefined when the file cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
