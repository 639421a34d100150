import type { Command } from 'commander';
import { action, type Context } from '../context.js';
import { isProblem } from '../exit-codes.js';
import { table } from '../terminal.js';
import { describeDifference, describeFields, describeVersions, type FormatSummary } from './formats-in-words.js';
import { difference, download, format, sample, versions } from './formats-of-gateway.js';
import { registerPublishing } from './formats-publish.js';
import { registerUpgrade } from './formats-upgrade.js';

/** `gateway formats (list|show|diff|sample|download|upgrade)`. All but `list` need no token: the catalogue is open; `upgrade` needs no gateway. */
export function registerFormats(parent: Command, context: Context): void {
  const formats = parent.command('formats').description(context.texts.formats);
  list(verb(formats, context, 'list', context.texts.formatsList, 'list --json'), context);
  show(verb(formats, context, 'show', context.texts.formatsShow, 'show 10.06.S 1.1.0'), context);
  diff(verb(formats, context, 'diff', context.texts.formatsDiff, 'diff 10.13.I 1.0.7 2.0.0'), context);
  samples(
    verb(formats, context, 'sample', context.texts.formatsSample, 'sample 10.06.S 1.1.0 --full > data.xml'),
    context,
  );
  archive(verb(formats, context, 'download', context.texts.formatsDownload, 'download 10.06.S 1.1.0'), context);
  registerUpgrade(
    verb(formats, context, 'upgrade', context.texts.formatsUpgrade, 'upgrade facts-1.0.7.xml --out facts.xml'),
    context,
  );
  registerPublishing(formats, context);
}

function verb(parent: Command, { texts }: Context, name: string, description: string, example: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway formats ${example}`);
}

function list(command: Command, context: Context): void {
  action(command, context, async () => {
    const found = await context.api.get<{ items: readonly FormatSummary[] }>('/formats');
    if (isProblem(found)) return found;
    const c = context.texts.columns;
    const rows = found.items.map((f) => [
      f.id,
      f.version,
      f.state,
      f.namespace,
      f.title?.[context.settings.language] ?? '',
    ]);
    return { data: found, text: table([c.id, c.version, c.stage, c.format, c.name], rows) };
  });
}

function show(command: Command, context: Context): void {
  command.argument('<id>', context.texts.formatId).argument('[version]', context.texts.formatVersion);
  action(command, context, async (id: string, version: string | undefined) => {
    if (version === undefined) {
      const found = await versions(context, id);
      return isProblem(found) ? found : { data: found, text: describeVersions(found.items, context) };
    }
    const found = await format(context, id, version);
    return isProblem(found) ? found : { data: found, text: describeFields(found, context) };
  });
}

function diff(command: Command, context: Context): void {
  const { texts } = context;
  command.argument('<id>', texts.formatId).argument('<from>', texts.formatFrom).argument('<to>', texts.formatTo);
  action(command, context, async (id: string, from: string, to: string) => {
    const found = await difference(context, id, from, to);
    return isProblem(found) ? found : { data: found, text: describeDifference(found, context) };
  });
}

function samples(command: Command, context: Context): void {
  const { texts } = context;
  command
    .argument('<id>', texts.formatId)
    .argument('<version>', texts.formatVersion)
    .option('--full', texts.sampleFull)
    .option('--role <role>', texts.sampleRole);
  action(command, context, async (id: string, version: string, options: { full?: boolean; role?: string }) => {
    const found = await sample(context, id, version, options);
    return isProblem(found) ? found : { data: found, text: found.xml };
  });
}

function archive(command: Command, context: Context): void {
  const { texts } = context;
  command
    .argument('<id>', texts.formatId)
    .argument('<version>', texts.formatVersion)
    .option('--out <file.zip>', texts.zipOut);
  action(command, context, async (id: string, version: string, options: { out?: string }) => {
    const found = await download(context, id, version, options.out);
    return isProblem(found) ? found : { data: found, text: `${texts.saved(found.file)}\n` };
  });
}
