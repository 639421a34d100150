/** Why a copy did not come to its end, with what to do, and the exit code. */
export interface Stopped {
  readonly stopped: { readonly ru: string; readonly en: string };
  readonly exit: 1 | 2 | 3;
}

export function stopped(exit: Stopped['exit'], ru: string, en: string): Stopped {
  return { stopped: { ru, en }, exit };
}

export function isStopped(value: unknown): value is Stopped {
  return typeof value === 'object' && value !== null && 'stopped' in value;
}

/** What the caller watches and may end. */
export interface Watch {
  /** `ms` since the copy began is the caller's to know. */
  readonly progress: (stage: 'copy' | 'verify', table: string, done: number, of: number) => void;
  readonly aborted: () => boolean;
}

export const INTERRUPTED: Stopped = stopped(
  1,
  'Прервано. Скопированное сохранено: та же команда продолжит с этого места.',
  'Interrupted. What was copied is kept: the same command goes on from here.',
);
