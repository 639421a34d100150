import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json above this file, wherever it was compiled to. */
function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

export const REFERENCE = join(repositoryRoot(), '..', 'shared', 'reference');

/** An `it` that runs where `path` exists and says in its title why it does not run elsewhere. */
export function itWhere(path: string, title: string, test: (this: Mocha.Context) => void): void {
  const has = existsSync(path);
  it(has ? title : `${title} [skipped: ../shared/reference is absent]`, function () {
    if (!has) this.skip();
    test.call(this);
  });
}

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
