export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process: read here and nowhere else. */
export function environment(): Environment {
  return process.env;
}
