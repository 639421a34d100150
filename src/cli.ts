/** Composition root of the command line: `gateway …` (bin/gateway). */
import { createInterface } from 'node:readline/promises';
import { runCommandLine } from './cli/index.js';
import { environment } from './config/index.js';

// exitCode, not exit(): what was written to a pipe must be flushed first.
process.exitCode = await runCommandLine(process.argv.slice(2), environment(), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
});

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
