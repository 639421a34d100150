import type { Log } from '../ports/index.js';

/** Unknown outcome of a write: recovery is the start-up path, so the process ends. */
export function stopNow(log: Log, error: Error): void {
  log.error(
    { error: error.stack ?? error.message },
    'the outcome of a write is unknown; the process stops and recovers by starting',
  );
  process.exitCode = 70;
  setTimeout(() => process.exit(70), 100);
}
