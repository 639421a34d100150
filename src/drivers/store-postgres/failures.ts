/** SQLSTATE of the server (PostgreSQL, appendix A): five characters; absent where the connection itself failed. */
interface ServerError extends Error {
  readonly code: string;
  readonly severity: string;
}

function isServerError(error: unknown): error is ServerError {
  const { severity, code } = (error ?? {}) as Partial<ServerError>;
  return error instanceof Error && typeof severity === 'string' && typeof code === 'string';
}

/** The session still stands, and its transaction, if it had one, writes nothing. */
export function isRolledBack(error: unknown): boolean {
  return isServerError(error) && error.severity === 'ERROR';
}

/** Two batches met (a key written by another, a dead-lock), or one work is at fault. Judged again, each work alone, it comes out clearly. */
export function isCollision(error: unknown): boolean {
  return isServerError(error) && ['22', '23', '40'].includes(error.code.slice(0, 2));
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isServerError(error) ? `${error.message} (PostgreSQL ${error.code})` : error.message;
}
