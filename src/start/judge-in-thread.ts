import { Worker } from 'node:worker_threads';
import type { CatalogueData, PublishPlan, Refused } from '../formats/index.js';
import type { Log } from '../ports/index.js';
import type { PackageToJudge } from '../publishing.js';

/** The whole EGISSO package takes some seconds, with the second opinion under a minute. */
const DEADLINE = 120_000;
const MOST_MEMORY_MB = 1024;

type Judge = (
  zip: Uint8Array,
  catalogue: CatalogueData,
  options: { readonly asTest: boolean },
) => Promise<PublishPlan | Refused>;

/** Judges packages one after another, each in a thread of its own that ends with it. Never rejects. */
export function judgeInThread(log: Log, deadline = DEADLINE): { readonly judge: Judge; close(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  let running: Worker | undefined;
  const judge: Judge = (zip, catalogue, { asTest }) => {
    const done = last.then(() => {
      const given: PackageToJudge = { zip, catalogue, asTest };
      running = new Worker(new URL('../publishing.js', import.meta.url), {
        workerData: given,
        resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
      });
      return verdictOf(running, deadline, log);
    });
    last = done;
    return done;
  };
  return {
    judge,
    close: async () => {
      await running?.terminate();
    },
  };
}

function verdictOf(worker: Worker, deadline: number, log: Log): Promise<PublishPlan | Refused> {
  return new Promise((resolve) => {
    const end = (verdict: PublishPlan | Refused): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      // A listener must stay: an error of a thread that is being ended would end the process.
      worker.on('error', () => undefined);
      void worker.terminate();
      resolve(verdict);
    };
    const timer = setTimeout(() => end(tooLong(deadline)), deadline);
    worker.once('message', (verdict: PublishPlan | Refused) => end(verdict));
    worker.once('error', (error) => {
      log.warn({ error: error.stack ?? String(error) }, 'a package to publish could not be judged');
      end(tooMuch());
    });
    worker.once('exit', () => end(tooMuch()));
  });
}

function tooLong(deadline: number): Refused {
  const s = deadline / 1000;
  return {
    refusals: [
      {
        code: 'overrun',
        ru: `Пакет не проверен за ${s} секунд: схема слишком сложна или пакет слишком велик. Разделите его.`,
        en: `The package was not judged within ${s} seconds: a schema is too complex or the package too large. Split it.`,
      },
    ],
  };
}

function tooMuch(): Refused {
  return {
    refusals: [
      {
        code: 'overrun',
        ru: 'Проверка пакета прервалась: схемам не хватило памяти, или в них то, чего проверка не ждала. Подробности в журнале работы.',
        en: 'Judging the package broke off: its schemas took too much memory, or hold what was not expected. The log says more.',
      },
    ],
  };
}
