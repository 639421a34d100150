import type { Certificate } from './asn1/index.js';
import { serialOf } from './problems.js';

/** Days ahead at which an end is announced. */
export const WARNING_DAYS = [60, 30, 7, 1] as const;

export interface ExpiryWarning {
  readonly subject: string;
  readonly serial: string;
  /** ISO 8601, UTC. */
  readonly notAfter: string;
  /** The mark that was passed: the end is at most this many days away; 0 when it has come. */
  readonly mark: (typeof WARNING_DAYS)[number] | 0;
  /** Whole days left, 0 when the end has come. */
  readonly daysLeft: number;
}

const DAY = 86_400_000;

/** Certificates that end within 60 days of `at` (ms since 1970), nearest first. */
export function expiryWarnings(certificates: readonly Certificate[], at: number): ExpiryWarning[] {
  return certificates
    .filter((c) => c.notAfter - at <= WARNING_DAYS[0] * DAY)
    .sort((a, b) => a.notAfter - b.notAfter)
    .map((c) => {
      const left = c.notAfter - at;
      const mark = left <= 0 ? 0 : WARNING_DAYS.findLast((days) => left <= days * DAY)!;
      return {
        subject: c.subject.text,
        serial: serialOf(c),
        notAfter: new Date(c.notAfter).toISOString(),
        mark,
        daysLeft: Math.max(0, Math.floor(left / DAY)),
      };
    });
}
