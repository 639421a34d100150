import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, problem } from '../../exit-codes.js';
import { apply, applyAsked, verb } from './change.js';
import { forced, pathOf, readText } from './participant.js';
import { participantTexts } from './texts.js';

/** `participants certificate (add|remove)`. */
export function registerCertificates(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const group = parent.command('certificate').description(words.certificate);
  const add = verb(group, context, 'add', words.certificateAdd, 'REG777 next.pem')
    .argument('<mnemonic>', words.mnemonic)
    .argument('<file.pem>', words.certificateFile);
  action(add, context, async (mnemonic: string, file: string) => {
    const pem = readText(file);
    if (pem === undefined) return problem(EXIT.usage, context.texts.noFile(file));
    return apply(context, { method: 'POST', path: `${pathOf(mnemonic)}/certificates`, body: { pem } });
  });
  const remove = verb(group, context, 'remove', words.certificateRemove, 'REG777 1f6e93ad')
    .argument('<mnemonic>', words.mnemonic)
    .argument('<sha256>', words.fingerprint)
    .option('--force', words.forceCertificate)
    .option('--yes', words.yes);
  action(remove, context, (mnemonic: string, sha256: string, options: { force?: true; yes?: true; json?: true }) => {
    const path = `${pathOf(mnemonic)}/certificates/${encodeURIComponent(sha256)}`;
    return applyAsked(context, { method: 'DELETE', path, query: forced(options) }, options);
  });
}
