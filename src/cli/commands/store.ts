import type { Command } from 'commander';
import { action, type Context, type Found } from '../context.js';
import { EXIT, type Problem, problem } from '../exit-codes.js';
import { type CopyReport, copyStore } from '../store-copy/copy-store.js';
import { placeOf } from '../store-copy/place.js';
import { isStopped, type Watch } from '../store-copy/stopped.js';
import { type StoreTexts, storeTexts } from './store-texts.js';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly full?: boolean;
  readonly keep?: boolean;
  readonly restart?: boolean;
}

/** `gateway store copy`: offline; exit 1 when it may not be copied or the copy does not verify. */
export function registerStore(parent: Command, context: Context): void {
  const texts = storeTexts(context.settings.language);
  const { example, json } = context.texts;
  const examples = texts.examples.map((line) => `\n  ${line}`).join('');
  const command = parent.command('store').description(texts.store).command('copy');
  command
    .description(texts.copy)
    .option('--from <place>', texts.from)
    .option('--to <place>', texts.to)
    .option('--full', texts.full)
    .option('--keep', texts.keep)
    .option('--restart', texts.restart)
    .option('--json', json)
    .addHelpText('after', `\n${texts.about}\n\n${example}${examples}`);
  action(command, context, (options: Options) => copy(options, context, texts));
}

async function copy(options: Options, context: Context, texts: StoreTexts): Promise<Found | Problem> {
  const { settings, environment } = context;
  const given = { from: options.from ?? settings.data, to: options.to ?? environment.DATABASE_URL };
  if (given.to === undefined) return problem(EXIT.usage, texts.noTarget);
  const [from, to] = [placeOf(given.from), placeOf(given.to)];
  if (from === undefined) return problem(EXIT.usage, texts.badPlace(given.from));
  // Not repeated: it may hold a password.
  if (to === undefined) return problem(EXIT.usage, texts.badPlace('--to'));
  const { full = false, keep = false, restart = false } = options;
  const signals = abortOnSignal();
  const watch: Watch = { aborted: signals.aborted, progress: progressOn(context, texts) };
  try {
    const done = await copyStore({
      from,
      to,
      full,
      keep,
      restart,
      watch,
      now: () => performance.timeOrigin + performance.now(),
    });
    if (isStopped(done)) return problem(done.exit, done.stopped[settings.language]);
    const { copyMs, written } = done;
    const data = { ...done, rowsPerSecond: perSecond(written, copyMs), keys: settings.keys, verified: true };
    return { data, text: inWords(done, 'folder' in to, context, texts) };
  } finally {
    signals.end();
  }
}

/** The first Ctrl-C ends at the next page, a second one at once: both leave what was copied. */
function abortOnSignal(): { aborted: () => boolean; end: () => void } {
  let aborted = false;
  const abort = (): void => {
    aborted = true;
  };
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return { aborted: () => aborted, end: () => void process.off('SIGINT', abort).off('SIGTERM', abort) };
}

/** A line a second, on stderr. */
function progressOn({ terminal }: Context, texts: StoreTexts): Watch['progress'] {
  const start = performance.now();
  let said = start;
  let first: number | undefined;
  return (stage, table, done, of) => {
    first ??= done;
    const now = performance.now();
    if (now - said < 1_000) return;
    said = now;
    const speed = perSecond(done - first, now - start);
    const percent = Math.floor((100 * done) / Math.max(of, 1));
    const line = stage === 'copy' ? texts.copying(table, done, of, percent, speed) : texts.verifying(table, done, of);
    terminal.err(`${line}\n`);
  };
}

function inWords(report: CopyReport, toFolder: boolean, { settings }: Context, texts: StoreTexts): string {
  const { from, to, began, rows, written, copyMs, journal, bodiesChecked, moved, warnings } = report;
  const marked = toFolder ? texts.movedBack : texts.moved(to);
  const lines = [
    texts.done(from, to),
    texts.began[began],
    ...Object.entries(rows).map(([table, count]) => `  ${table.padEnd(9)} ${count}`),
    texts.speed(written, (copyMs / 1000).toFixed(1), perSecond(written, copyMs)),
    texts.journal(journal.size, journal.root),
    texts.bodies(bodiesChecked, rows.body),
    ...warnings,
    moved ? marked : texts.kept,
    texts.keys(settings.keys),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

function perSecond(rows: number, ms: number): number {
  return Math.round((rows * 1000) / Math.max(ms, 1));
}
