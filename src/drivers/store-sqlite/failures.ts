/** Primary result codes of SQLite (sqlite.org/rescode.html) after which the state of the file is not known. */
const IOERR = 10;
const CORRUPT = 11;
const NOTADB = 26;
const BUSY = 5;
const CONSTRAINT = 19;

interface SqliteError extends Error {
  readonly errcode: number;
  readonly errstr?: string;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && typeof (error as Partial<SqliteError>).errcode === 'number';
}

/** Whether the process must stop: disk full, busy and the like leave a known state after ROLLBACK, these do not. */
export function isFatal(error: unknown): boolean {
  return isSqliteError(error) && [IOERR, CORRUPT, NOTADB].includes(error.errcode & 0xff);
}

/** A failure of this one piece of work (a constraint, a misuse): the group around it may go on. */
export function isOwnFault(error: unknown): boolean {
  return !isSqliteError(error) || (error.errcode & 0xff) === CONSTRAINT;
}

/** Another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === BUSY;
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isSqliteError(error) ? `${error.message} (SQLite ${error.errcode})` : error.message;
}
