/**
 * Writes the documents that are made from code: docs/configuration.md, docs/faults.md.
 * With --check writes nothing, names those that differ, and ends with 1.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationDocument, projectRoot } from '../src/config/index.js';
import { faultsDocument } from './faults-document.js';

const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': configurationDocument,
  'docs/faults.md': faultsDocument,
};

const root = projectRoot();
const differing = Object.entries(DOCUMENTS).filter(([path, make]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== make();
});

if (process.argv.includes('--check')) {
  for (const [path] of differing)
    console.error(`${path} is not what the code says: run node dist/scripts/generate-docs.js`);
  process.exitCode = differing.length > 0 ? 1 : 0;
} else {
  for (const [path, make] of differing) writeFileSync(join(root, path), make());
}
