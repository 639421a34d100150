import { type Fault, fault } from '../faults/index.js';
import type { Quota } from '../participants/index.js';
import type { Clock } from '../ports/index.js';

/** Attachment bytes of the running day, kept over a restart. */
export interface DayLedger {
  read(): string | undefined;
  write(text: string): void;
}

export interface QuotaParts {
  readonly clock: Clock;
  readonly ledger: DayLedger;
  /** Minutes east of UTC at an instant, GATEWAY_TZ. */
  offset(at: number): number;
  /** Of the snapshot in force. */
  quotaOf(mnemonic: string): Quota | undefined;
}

export type QuotaVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly fault: Fault /** Seconds, where waiting helps. */; readonly retryAfter?: number };

const MINUTE = 60_000;
const WRITE_EVERY = 1_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * What each participant used up, on the main thread. Taken before the commit, given back when nothing was written. Sends a minute:
 * a bucket that fills evenly and holds one minute's worth. Bytes a day: written to the ledger once a second at most, so that a
 * crash forgets the last second's.
 */
export class Quotas {
  readonly #parts: QuotaParts;
  readonly #buckets = new Map<string, Bucket>();
  #day: { readonly day: number; readonly bytes: Map<string, number> };
  #written = 0;

  constructor(parts: QuotaParts) {
    this.#parts = parts;
    this.#day = readDay(parts.ledger.read()) ?? { day: this.#today(), bytes: new Map() };
  }

  take(mnemonic: string, bytes: number): QuotaVerdict {
    const quota = this.#parts.quotaOf(mnemonic);
    if (quota === undefined) return { ok: true };
    const { messagesPerMinute, attachmentBytesPerDay } = quota;
    if (attachmentBytesPerDay !== undefined && bytes > 0) {
      const left = Math.max(0, attachmentBytesPerDay - this.#usedToday(mnemonic));
      if (bytes > left) return { ok: false, fault: overBytes(attachmentBytesPerDay, left, bytes) };
    }
    if (messagesPerMinute !== undefined) {
      const wait = this.#takeToken(mnemonic, messagesPerMinute);
      if (wait > 0) return { ok: false, fault: overRate(mnemonic, messagesPerMinute, wait), retryAfter: wait };
    }
    if (attachmentBytesPerDay !== undefined) this.#count(mnemonic, bytes);
    return { ok: true };
  }

  /** Nothing was written: what was taken for it is free again. */
  giveBack(mnemonic: string, bytes: number): void {
    const quota = this.#parts.quotaOf(mnemonic);
    const bucket = this.#buckets.get(mnemonic);
    if (quota?.messagesPerMinute !== undefined && bucket !== undefined)
      this.#buckets.set(mnemonic, { ...bucket, tokens: Math.min(quota.messagesPerMinute, bucket.tokens + 1) });
    if (quota?.attachmentBytesPerDay !== undefined) this.#count(mnemonic, -bytes);
  }

  /** Writes what the ledger does not have yet. */
  flush(): void {
    this.#written = this.#parts.clock.now();
    const { day, bytes } = this.#day;
    this.#parts.ledger.write(`${JSON.stringify({ day, bytes: Object.fromEntries(bytes) })}\n`);
  }

  /** Seconds to wait; 0 when there was a token, which is taken. */
  #takeToken(mnemonic: string, perMinute: number): number {
    const now = this.#parts.clock.now();
    const bucket = this.#buckets.get(mnemonic) ?? { tokens: perMinute, at: now };
    const filled = bucket.tokens + (Math.max(0, now - bucket.at) * perMinute) / MINUTE;
    const tokens = Math.min(perMinute, filled);
    if (tokens < 1) return Math.max(1, Math.ceil(((1 - tokens) * MINUTE) / perMinute / 1_000));
    this.#buckets.set(mnemonic, { tokens: tokens - 1, at: now });
    return 0;
  }

  #usedToday(mnemonic: string): number {
    const today = this.#today();
    if (this.#day.day !== today) this.#day = { day: today, bytes: new Map() };
    return this.#day.bytes.get(mnemonic) ?? 0;
  }

  #count(mnemonic: string, bytes: number): void {
    if (bytes === 0) return;
    this.#day.bytes.set(mnemonic, Math.max(0, this.#usedToday(mnemonic) + bytes));
    if (this.#parts.clock.now() - this.#written >= WRITE_EVERY) this.flush();
  }

  /** Days since 1970 in the gateway's zone. */
  #today(): number {
    const now = this.#parts.clock.now();
    return Math.floor((now + this.#parts.offset(now) * MINUTE) / 86_400_000);
  }
}

function overBytes(limit: number, left: number, size: number): Fault {
  return fault(
    'QuoteLimitExceeded',
    `Квота вложений на сутки — ${limit} байт, осталось ${left}, в сообщении ${size}. Квота обновится в начале суток; увеличить её может оператор шлюза`,
    { extra: { RemainedTotalQuoteSize: left, RealTotalAttachmentSize: size } },
  );
}

function overRate(mnemonic: string, perMinute: number, wait: number): Fault {
  return fault(
    'DestinationOverflow',
    `Квота участника ${mnemonic} — ${perMinute} сообщений в минуту — исчерпана. Отправьте это же сообщение с тем же MessageID через ${wait} с`,
    { extra: { MessageBrokerAddress: 'smev-gateway', DestinationName: `quota ${mnemonic}` } },
  );
}

/** Undefined where the ledger is absent or not readable: the day begins anew. */
function readDay(text: string | undefined): { day: number; bytes: Map<string, number> } | undefined {
  try {
    const read = JSON.parse(text ?? 'null') as { day?: unknown; bytes?: Record<string, number> } | null;
    if (typeof read?.day !== 'number' || typeof read.bytes !== 'object') return undefined;
    return { day: read.day, bytes: new Map(Object.entries(read.bytes).filter(([, n]) => Number.isFinite(n))) };
  } catch {
    return undefined;
  }
}
