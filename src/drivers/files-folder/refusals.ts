import type { FileRefused } from '../../ports/index.js';

const mib = (bytes: number) => Math.floor(bytes / 1024 ** 2);

/** Every refusal of the store in words. */
export const refusals = {
  absent: (): FileRefused => ({ refused: 'absent', ru: 'Файла нет в хранилище', en: 'The file is not in the store' }),
  busy: (): FileRefused => ({
    refused: 'busy',
    ru: 'Файл сейчас загружается, или загрузок слишком много: повторите позже',
    en: 'The file is being uploaded now, or too many are: try again later',
  }),
  claimed: (): FileRefused => ({
    refused: 'claimed',
    ru: 'Файл уже передан сообщением и не меняется: загрузите новый под новым UUID',
    en: 'A message has the file already, it does not change: upload another under a new UUID',
  }),
  foreign: (): FileRefused => ({
    refused: 'foreign',
    ru: 'Файл передан сообщением другого участника',
    en: 'A message of another participant has the file',
  }),
  changed: (): FileRefused => ({
    refused: 'changed',
    ru: 'Файл изменился во время проверки',
    en: 'The file changed while it was checked',
  }),
  gap: (size: number): FileRefused => ({
    refused: 'gap',
    ru: `Продолжать можно только с конца: загружено ${size} байт`,
    en: `An upload goes on at its end: ${size} bytes are here`,
  }),
  name: (text: { readonly ru: string; readonly en: string }): FileRefused => ({ refused: 'name', ...text }),
  tooLarge: (greatest: number): FileRefused => ({
    refused: 'too-large',
    ru: `Файл больше допустимого: не больше ${mib(greatest)} МиБ`,
    en: `The file is too large: at most ${mib(greatest)} MiB`,
  }),
  full: (): FileRefused => ({ refused: 'full', ru: 'В хранилище нет места', en: 'The store is full' }),
};
