import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { Catalogue } from './catalogue.js';
import { compare } from './compose-catalogue.js';
import type { Format } from './format.js';
import { type FormatFile, formatFrom } from './format-file.js';

/**
 * Reads every `format.json` and `.xsd` below `root`.
 * A file that cannot be read as what it should be is an error of the installation, so it throws, naming the file.
 */
export function loadCatalogue(root: string): Catalogue {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((f) => f.split(sep).join('/'))
    .sort();
  const schemas: Record<string, string> = {};
  for (const file of files.filter((f) => f.endsWith('.xsd'))) schemas[file] = readFileSync(join(root, file), 'utf8');
  const formats = files
    .filter((f) => posix.basename(f) === 'format.json')
    .map((file) => readFormat(root, file, schemas))
    .sort((a, b) => compare(a.id, b.id) || compare(a.version, b.version));
  return new Catalogue({ formats, schemas });
}

function readFormat(root: string, file: string, schemas: Readonly<Record<string, string>>): Format {
  const said = JSON.parse(readFileSync(join(root, file), 'utf8')) as FormatFile;
  const entry = said.entry === undefined ? undefined : posix.join(posix.dirname(file), said.entry);
  if (entry !== undefined && !(entry in schemas)) throw new Error(`${file}: the entry schema ${entry} does not exist`);
  return formatFrom(said, entry);
}
