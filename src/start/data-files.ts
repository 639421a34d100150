import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DayLedger, PollHorizon } from '../pipeline/index.js';

/** Survives the process being killed; not synced, since a power cut takes the attacker's window with it. */
export function horizonIn(file: string): PollHorizon {
  return {
    read: () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0),
    raise: (to) => writeFileSync(file, `${to}\n`),
  };
}

/** Attachment bytes of the day; not synced, since a power cut gives a participant no more than its last second back. */
export function dayLedgerIn(file: string): DayLedger {
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    write: (text) => replaceFile(file, text, 0o600),
  };
}

/** Made at the first start, readable by its owner only; `shared`: the one that other processes have too. */
export function operatorTokenIn(folder: string, shared?: string): string {
  const file = join(folder, 'operator.token');
  if (shared !== undefined) replaceFile(file, `${shared}\n`, 0o600);
  else if (!existsSync(file)) replaceFile(file, `${randomBytes(32).toString('base64url')}\n`, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** Whole or not at all: a reader never sees half a file. */
export function replaceFile(file: string, text: string, mode: number): void {
  const next = `${file}.${randomUUID()}.tmp`;
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(next, text, { mode });
  renameSync(next, file);
}
