import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyVault } from '../ports/index.js';

/** Where an answer goes: inside ReplyTo, opaque to participants, signed by us so that `To` cannot be forged. */
export interface ReplyAddress {
  /** MessageID of the request. */
  readonly mid: string;
  /** Mnemonic of the one that asked. */
  readonly mnm: string;
}

/** Name of the key in force; tokens carry it, so that old ones verify after a change of key. */
const KEY = 'reply-token';

/** base64 of JSON, like the real system's: public clients expect no more than an opaque string of at most 4000 characters. */
export function sealReplyTo(address: ReplyAddress, vault: KeyVault): string {
  const payload = JSON.stringify({ k: KEY, mid: address.mid, mnm: address.mnm });
  const token = { ...JSON.parse(payload), s: mac(payload, vault) };
  return Buffer.from(JSON.stringify(token)).toString('base64');
}

/** The address, or undefined for anything we did not sign. */
export function openReplyTo(token: string, vault: KeyVault): ReplyAddress | undefined {
  const fields = parse(token);
  if (fields === undefined) return undefined;
  const expected = Buffer.from(
    mac(JSON.stringify({ k: fields.k, mid: fields.mid, mnm: fields.mnm }), vault),
    'base64url',
  );
  const given = Buffer.from(fields.s, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return { mid: fields.mid, mnm: fields.mnm };
}

function parse(token: string): { k: string; mid: string; mnm: string; s: string } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { k, mid, mnm, s } = value as Record<string, unknown>;
    if (k !== KEY || typeof mid !== 'string' || typeof mnm !== 'string' || typeof s !== 'string') return undefined;
    return { k, mid, mnm, s };
  } catch {
    return undefined;
  }
}

function mac(payload: string, vault: KeyVault): string {
  return createHmac('sha256', vault.secret(KEY)).update(payload).digest('base64url');
}
