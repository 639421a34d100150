/** A place in the tree that is shown: `/`, `/<uuid>`, `/<uuid>/<name>`, or `/<name>` for readers. At most two steps, none of them upwards. */
export interface Way {
  readonly steps: readonly string[];
}

const LONGEST = 600;

/** `path` as seen from `cwd`; undefined for what is no way here: too deep, upwards, empty steps, control characters. */
export function wayTo(cwd: Way, path: string): Way | undefined {
  if (path.length > LONGEST || /\p{Cc}/u.test(path)) return undefined;
  const trimmed = path.replace(/\/+$/, '');
  const given = trimmed.split('/');
  const absolute = path.startsWith('/');
  const steps = [...(absolute ? [] : cwd.steps), ...given.slice(absolute ? 1 : 0)].filter((s) => s !== '.');
  if (trimmed === '') return { steps: absolute ? [] : cwd.steps };
  if (steps.length > 2 || steps.some((s) => s === '' || s === '..' || s.includes('\\'))) return undefined;
  return { steps };
}

export function textOf({ steps }: Way): string {
  return `/${steps.join('/')}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(step: string | undefined): step is string {
  return step !== undefined && UUID.test(step);
}
