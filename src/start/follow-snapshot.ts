import type { Log } from '../ports/index.js';

const LOOK_EVERY = 1_000;

/** Looks every second whether another process put a snapshot in force; ends by `close`. Says once that the store cannot be read. */
export function followSnapshot(inForce: { catchUp(): Promise<void> }, log: Log): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isBlind = false;
  const look = async (): Promise<void> => {
    try {
      await inForce.catchUp();
      isBlind = false;
    } catch (error) {
      if (!isBlind && !isClosed)
        log.error({ error: String(error) }, 'what other processes changed in the configuration cannot be seen');
      isBlind = true;
    }
    if (!isClosed) timer = setTimeout(() => void look(), LOOK_EVERY);
  };
  timer = setTimeout(() => void look(), LOOK_EVERY);
  return {
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
