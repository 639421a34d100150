import type { RoutingStatus, RoutingValues, ValueStatus, ValueStatuses } from '../../envelope/index.js';
import type { Participant, RouteMark } from '../../participants/index.js';

/** Whom values lead to, each participant once, and what came of every value. */
export interface Found {
  readonly recipients: readonly Participant[];
  readonly statuses: ValueStatuses;
}

export type Provider = (mark: RouteMark) => Participant | undefined;

/** Each value is sought by itself: what one of them misses does not stop the others. */
export function findRecipients({ dynamic, identifiers }: RoutingValues, providerBy: Provider): Found {
  const recipients: Participant[] = [];
  const seek = (value: string, mark: RouteMark): ValueStatus => {
    const found = providerBy(mark);
    if (found !== undefined) recipients.push(found);
    return { value, code: found === undefined ? 'recipientNotFound' : 'success' };
  };
  const statuses = {
    dynamic: dynamic.map((value) => seek(value, { dynamic: value })),
    identifiers: identifiers.map((value) => seek(value, { identifier: value })),
  };
  return { recipients: [...new Set(recipients)], statuses };
}

export function hasValues({ dynamic, identifiers }: RoutingValues): boolean {
  return dynamic.length + identifiers.length > 0;
}

/** Whether every value found somebody. */
export function isWhole({ dynamic, identifiers }: ValueStatuses): boolean {
  return [...dynamic, ...identifiers].every(({ code }) => code === 'success');
}

export const NO_STATUSES: ValueStatuses = { dynamic: [], identifiers: [] };

/** The result in words, for StatusDetails and for versions without RoutingStatus; at most 500 characters. */
export function routingInWords(status: RoutingStatus, recipients: number): string {
  const values = [...status.dynamic, ...status.identifiers];
  const missed = [
    ...values.filter((v) => v.code !== 'success').map((v) => `«${v.value}» — ${v.code}`),
    ...status.records.filter((r) => r.code !== 'success').map((r) => `запись ${r.recordId} — ${r.code}`),
  ];
  const head = recipients === 0 ? 'Получатель не найден' : `Сообщение направлено получателям: ${recipients}`;
  const text = missed.length === 0 ? head : `${head}; без получателя ${missed.length}: ${missed.join(', ')}`;
  return text.length <= 500 ? text : `${[...text].slice(0, 499).join('')}…`;
}
