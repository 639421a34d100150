import { type Fault, fault } from '../faults/index.js';
import type { Limits } from './world.js';

/** `size`: bytes of the root document without inline attachment content. */
export function messageTooLarge(size: number, limits: Limits): Fault {
  return fault(
    'InvalidContent',
    `Сообщение больше допустимого: ${size} байт без вложений, допускается ${limits.message}. Передайте большие данные вложением`,
  );
}
