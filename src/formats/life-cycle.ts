import { type Fault, fault } from '../faults/index.js';
import { type Format, type FormatEntry, formatName, type LifeCycleState } from './format.js';

/** The state in force at `now` (ms since 1970): declared instants outrank the declared state. */
export function stateAt(format: Format, now: number): LifeCycleState {
  const end = format.retiredFrom === undefined ? undefined : Date.parse(format.retiredFrom);
  if (end !== undefined && now >= end) return 'retired';
  const begin = format.activeFrom === undefined ? undefined : Date.parse(format.activeFrom);
  if (begin !== undefined && now < begin) return format.state === 'test' ? 'test' : 'draft';
  if (end !== undefined && (format.state === 'retired' || format.state === 'active')) return 'retiring';
  return format.state;
}

/**
 * Whether content of this format may be accepted now.
 * A draft is refused to everyone, a test version to all but test messages, a retired one with the successor named.
 */
export function acceptable(
  entry: FormatEntry,
  now: number,
  message: { test: boolean } = { test: false },
): 'ok' | Fault {
  const { format } = entry;
  const name = formatName(format);
  switch (stateAt(format, now)) {
    case 'active':
    case 'retiring':
      return 'ok';
    case 'test':
      if (message.test) return 'ok';
      return fault('BusinessDataTypeIsNotSupported', `${name} открыт только для тестовых сообщений (TestMessage)`);
    case 'draft':
      return fault('BusinessDataTypeIsNotSupported', `${name} ещё не введён в действие${since(format.activeFrom)}`);
    case 'retired': {
      const successor = format.successor ? `; используйте ${format.successor}` : '; версии на замену нет';
      return fault(
        'BusinessDataTypeIsNotSupported',
        `${name} выведен из действия${written(format.retiredFrom)}${successor}`,
      );
    }
  }
}

function since(instant: string | undefined): string {
  return instant === undefined ? '' : `, начало действия${written(instant)}`;
}

/** ` dd.MM.yyyy` of the day as it is written in the instant, in the zone it is written in. */
function written(instant: string | undefined): string {
  const day = instant?.match(/^(\d{4})-(\d{2})-(\d{2})/);
  return day ? ` ${day[3]}.${day[2]}.${day[1]}` : '';
}
