/** Writes docs/pkits.md; needs the suite beside the project, so it is apart from generate-docs.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/config/index.js';
import { pkitsFolder } from '../test/signature/trust/pkits-cases.js';
import { pkitsDocument, runPkits } from '../test/signature/trust/pkits-document.js';

const folder = pkitsFolder();
if (folder === undefined) {
  console.error('the suite is not beside the project: nothing written');
  process.exitCode = 1;
} else writeFileSync(join(projectRoot(), 'docs', 'pkits.md'), pkitsDocument(runPkits(folder)));
