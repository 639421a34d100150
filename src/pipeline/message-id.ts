import { type Fault, fault } from '../faults/index.js';

/** `id` as it came: whatever the sender wrote there. */
export function invalidMessageId(id: string): Fault {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id;
  const text = `Недопустимый формат идентификатора сообщения «${shown}»: нужен UUID версии 1 (RFC 4122), строчными буквами`;
  return fault('InvalidMessageIdFormat', text);
}
