/** Exit codes of every command (part of the public interface). */
export const EXIT = {
  done: 0,
  /** The thing asked about is bad: refused, not found, not verified. */
  bad: 1,
  usage: 2,
  unreachable: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Why a command could not do what it was asked, as a value: what to print on stderr, and the exit code. */
export interface Problem {
  readonly problem: string;
  readonly exit: Exclude<ExitCode, 0>;
}

export function problem(exit: Problem['exit'], text: string): Problem {
  return { problem: text, exit };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'exit' in value;
}
