import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { Command } from 'commander';
import { projectRoot } from '../../config/index.js';
import { ContentValidator, type Judged, judgeUpgrade, loadCatalogue } from '../../formats/index.js';
import { initXsd } from '../../xml/index.js';
import { action, type Context, type Found } from '../context.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import { readInput } from '../read-input.js';
import { upgradeInWords } from './upgrade-in-words.js';

interface Options {
  readonly out?: string;
  readonly force?: boolean;
  readonly split?: boolean;
  readonly json?: boolean;
}

/** `gateway formats upgrade FILE`: offline; exit 1 when something is lost, the result is not valid, or the document is not understood. */
export function registerUpgrade(command: Command, context: Context): void {
  const { texts } = context;
  command
    .argument('<file>', texts.upgradeFile)
    .option('--out <file>', texts.upgradeOut)
    .option('--force', texts.upgradeForce)
    .option('--split', texts.upgradeSplit);
  action(command, context, async (file: string, options: Options) => {
    const bytes = readInput(file, texts);
    if (isProblem(bytes)) return bytes;
    await initXsd();
    const catalogue = loadCatalogue(join(projectRoot(), 'xsd'));
    const validator = new ContentValidator(catalogue);
    const newPackageId = options.split === true ? { newPackageId: () => randomUUID() } : {};
    const judged = judgeUpgrade(bytes, { catalogue, validator }, newPackageId);
    validator.dispose();
    return report(judged, bytes, options, context);
  });
}

function report(judged: Judged, source: Uint8Array, options: Options, context: Context): Found | Problem {
  const { result } = judged;
  const clean = isClean(judged);
  const exit = clean ? EXIT.done : EXIT.bad;
  const documents =
    result.kind === 'upgraded' ? result.documents : result.kind === 'nothing-to-do' ? [Buffer.from(source)] : [];
  const released = clean || options.force === true ? documents : [];
  const held = released.length < documents.length;
  const words = upgradeInWords(judged, held, context);
  if (options.out !== undefined) {
    const files = saved(released, options.out, context);
    if (isProblem(files)) return files;
    const lines = files.map((f) => `${context.texts.saved(f)}\n`).join('');
    return { data: { ...asData(judged), files }, text: words + lines, exit };
  }
  const texts = released.map((d) => d.toString());
  if (texts.length > 1 && options.json !== true)
    return problem(EXIT.usage, context.texts.upgradeNeedsOut(texts.length));
  // The document alone goes to the output, so that it can be piped on; what is to be said of it goes beside.
  if (texts.length === 1 && options.json !== true) context.terminal.err(words);
  return { data: { ...asData(judged), documents: texts }, text: texts[0] ?? words, exit };
}

function isClean({ result, violations, sourceViolations }: Judged): boolean {
  if (result.kind === 'not-understood' || violations.length + sourceViolations.length > 0) return false;
  return result.kind === 'nothing-to-do' || result.lost.length === 0;
}

/** What programs get, the documents apart. */
function asData({ result, sourceViolations, violations }: Judged): object {
  if (result.kind !== 'upgraded') return { ...result, sourceViolations, violations };
  const { documents: _documents, ...rest } = result;
  return { ...rest, sourceViolations, violations };
}

/** `facts.xml`, `facts-2.xml`, …; a file that exists is not overwritten. */
function saved(documents: readonly Buffer[], path: string, { texts }: Context): readonly string[] | Problem {
  const { dir, name, ext } = parse(path);
  const files: string[] = [];
  for (const [i, document] of documents.entries()) {
    const file = i === 0 ? path : join(dir, `${name}-${i + 1}${ext}`);
    try {
      writeFileSync(file, document, { flag: 'wx' });
    } catch {
      return problem(EXIT.bad, texts.notWritten(file));
    }
    files.push(file);
  }
  return files;
}
