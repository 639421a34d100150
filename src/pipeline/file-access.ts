import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyVault } from '../ports/index.js';

/** How long a reader may fetch what it was given, milliseconds: a lease, and time for a slow line. */
export const ACCESS_TERM = 24 * 3_600_000;

/** What every uploader signs in by, as the operator's own clients do; who may write is who knows the uuid. */
export const UPLOADER = { userName: 'anonymous', password: 'smev' } as const;

const UUID_BYTES = 16;
const NAME_BYTES = 22;

export interface FileAccess {
  readonly userName: string;
  readonly password: string;
}

/**
 * Credentials for one file, made anew for each time it is handed out: 30 characters each, as the real system's are. The name
 * holds uuid, last minute and two random bytes, the password is a MAC of the name: any process that shares the keys can tell.
 */
export function fileAccess(uuid: string, at: number, vault: KeyVault): FileAccess {
  const name = Buffer.alloc(NAME_BYTES);
  Buffer.from(uuid.replaceAll('-', ''), 'hex').copy(name);
  name.writeUInt32BE(Math.ceil((at + ACCESS_TERM) / 60_000), UUID_BYTES);
  randomBytes(2).copy(name, UUID_BYTES + 4);
  const userName = name.toString('base64url');
  return { userName, password: passwordOf(userName, vault) };
}

/** The uuid (lower case) these credentials open; undefined where they are wrong or over. */
export function fileOpenedBy({ userName, password }: FileAccess, now: number, vault: KeyVault): string | undefined {
  if (!/^[\w-]{30}$/.test(userName) || !/^[\w-]{30}$/.test(password)) return undefined;
  if (!timingSafeEqual(Buffer.from(password), Buffer.from(passwordOf(userName, vault)))) return undefined;
  const name = Buffer.from(userName, 'base64url');
  if (now > name.readUInt32BE(UUID_BYTES) * 60_000) return undefined;
  const hex = name.toString('hex', 0, UUID_BYTES);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function isUploader({ userName, password }: FileAccess): boolean {
  return userName.toLowerCase() === UPLOADER.userName && password === UPLOADER.password;
}

function passwordOf(userName: string, vault: KeyVault): string {
  return createHmac('sha256', vault.secret('file-readers'))
    .update(userName)
    .digest()
    .subarray(0, 22)
    .toString('base64url');
}
