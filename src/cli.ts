/** Composition root of the command line: `gateway …` (bin/gateway). */
import { runCommandLine } from './cli/index.js';
import { environment } from './config/index.js';

// exitCode, not exit(): what was written to a pipe must be flushed first.
process.exitCode = await runCommandLine(process.argv.slice(2), environment(), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
