import { hash } from 'node:crypto';
import type { DeliveryState } from '../../message/index.js';
import type { StoredDelivery } from '../../ports/index.js';

/** States a replay can begin from: ended, without an effect that is known of. */
export const REPLAYABLE = ['failed', 'not-accepted', 'expired'] as const satisfies readonly DeliveryState[];

/** Why things fail: what two failures have in common when one repair mends both. */
export interface FailureCause {
  /** How it ended; `refused`: the message was never accepted. */
  readonly state: (typeof REPLAYABLE)[number] | 'refused';
  /** Fault code where the cause names one. */
  readonly fault?: string;
  /** XPath or rule where the cause names one. */
  readonly where?: string;
  /** The cause with what differs from message to message left out. */
  readonly text: string;
  /** Who failed to take it; of refusals, who sent it. */
  readonly partner: string;
  /** `{namespace}local`: the namespace tells the version. */
  readonly format?: string;
}

export interface FailureGroup extends FailureCause {
  /** 12 hex digits of the SHA-256 of the cause. */
  readonly fingerprint: string;
  readonly count: number;
  /** When the first and the last message of the group came, ms since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** The newest one, its cause as it stands. */
  readonly sample: {
    readonly delivery?: number;
    readonly messageId?: string;
    readonly record?: number;
    readonly cause: string;
  };
}

const LONGEST = 300;

/** What a delivery that ended badly failed of. Undefined for a delivery in any other state. */
export function causeOf(delivery: StoredDelivery): FailureCause | undefined {
  const { recipient, format, cause = '' } = delivery;
  const state = REPLAYABLE.find((s) => s === delivery.state);
  if (state === undefined) return undefined;
  return { state, ...readCause(cause), partner: recipient, ...(format === undefined ? {} : { format }) };
}

/** The fault code, the place and the template of a cause in words. */
export function readCause(cause: string): Pick<FailureCause, 'fault' | 'where' | 'text'> {
  const fault = /(?:^|: )([A-Z][A-Za-z]{5,}): /.exec(cause)?.[1];
  const where = /(?:^|[\s(«])((?:\/{1,2}[\w:.@*-]+(?:\[[^\]]*\])?)+)/
    .exec(cause)?.[1]
    ?.replace(/\[\d+\]/g, '')
    .replace(/:+$/, '');
  const rule = /(?:rule|правил[оау])\s+(\d{3})/i.exec(cause)?.[1];
  const place = where ?? (rule === undefined ? undefined : `rule ${rule}`);
  return {
    ...(fault === undefined ? {} : { fault }),
    ...(place === undefined ? {} : { where: place }),
    text: templateOf(cause),
  };
}

/**
 * Ids, times and quoted values give way to «…», indexes to nothing, numbers of four digits and more to «#»: HTTP 400 and HTTP 502 stay two
 * causes, SNILS and counts of milliseconds do not make one group a message.
 */
function templateOf(cause: string): string {
  return cause
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?/g, '…')
    .replace(/«[^»]*»/g, '«…»')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\[\d+\]/g, '')
    .replace(/\d{3}-\d{3}-\d{3}[- ]\d{2}/g, '#')
    .replace(/\d{4,}/g, '#')
    .slice(0, LONGEST);
}

export function fingerprintOf({ state, fault, where, text, partner, format }: FailureCause): string {
  return hash('sha256', JSON.stringify([state, fault, where, text, partner, format]), 'hex').slice(0, 12);
}

/** Collects groups one failure after another, newest first or not. */
export class FailureGroups {
  readonly #groups = new Map<string, FailureGroup>();

  add(cause: FailureCause, at: number, sample: FailureGroup['sample']): void {
    const fingerprint = fingerprintOf(cause);
    const known = this.#groups.get(fingerprint);
    const isNewest = known === undefined || at >= known.lastSeen;
    this.#groups.set(fingerprint, {
      ...cause,
      fingerprint,
      count: (known?.count ?? 0) + 1,
      firstSeen: Math.min(known?.firstSeen ?? at, at),
      lastSeen: Math.max(known?.lastSeen ?? at, at),
      sample: isNewest ? sample : known.sample,
    });
  }

  /** The largest first. */
  list(): FailureGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count || b.lastSeen - a.lastSeen);
  }
}
