/** What `gateway store` says, in the two languages of GATEWAY_LANG. */
const RU = {
  store: 'хранилище шлюза',
  copy: 'перенести хранилище вместе с журналом в PostgreSQL или обратно; шлюз должен быть остановлен',
  from: 'откуда: папка данных или postgres://… (по умолчанию GATEWAY_DATA)',
  to: 'куда: postgres://… или папка данных (по умолчанию DATABASE_URL, чтобы пароль не стоял в списке процессов)',
  full: 'прочесть и проверить каждое тело, а не выборку',
  keep: 'не помечать источник: его можно будет запустить (два шлюза на одном журнале разойдутся!)',
  restart: 'отбросить начатую копию и начать заново',
  about:
    'Переносится всё: сообщения, тела, доставки, журнал с теми же номерами, настройки. Ключи (GATEWAY_KEYS) и checkpoint.last\n' +
    'остаются в своих папках: запускайте шлюз с той же GATEWAY_DATA и с DATABASE_URL.\n' +
    'Прервать можно в любой момент (Ctrl-C): та же команда продолжит. Код возврата: 0 перенесено и проверено,\n' +
    '1 нельзя или не сошлось, 2 неверные ключи, 3 сервер недоступен.',
  examples: [
    'gateway store copy --to postgres://gateway@db.example.org/gateway',
    'gateway store copy --from /var/lib/smev-gateway --to postgres://gateway@db.example.org/gateway --full --json',
    'gateway store copy --from postgres://gateway@db.example.org/gateway --to /var/lib/smev-gateway',
  ],
  noTarget: 'Не указано, куда: --to postgres://… или DATABASE_URL.',
  badPlace: (given: string) => `«${given}» — ни папка данных, ни адрес postgres://….`,
  copying: (table: string, done: number, of: number, percent: number, speed: number) =>
    `перенос: ${table}, строк ${done} из ${of} (${percent} %), ${speed} строк/с`,
  verifying: (what: string, done: number, of: number) =>
    of === 0 ? `проверка: ${what}` : `проверка: ${what}, ${done} из ${of}`,
  began: {
    empty: '',
    resumed: 'Продолжена прерванная копия.',
    anew: 'Начатая копия отброшена, скопировано заново.',
    there: 'Копия уже была на месте: она проверена ещё раз.',
  },
  done: (from: string, to: string) => `Перенесено: ${from} → ${to}`,
  speed: (rows: number, seconds: string, speed: number) =>
    `Записано строк: ${rows} за ${seconds} с (${speed} строк/с).`,
  journal: (size: number, root: string) =>
    `Журнал: записей ${size}, корень ${root}; пересчитан по скопированным записям, подпись контрольной точки верна.`,
  bodies: (checked: number, of: number) => `Тела: проверено по SHA-256 ${checked} из ${of}.`,
  moved: (to: string) =>
    `Источник помечен как перенесённый и больше не запустится. Запускайте с DATABASE_URL для ${to}.`,
  movedBack:
    'Источник помечен как перенесённый и больше не запустится. Запускайте шлюз на этой папке без DATABASE_URL.',
  kept: 'Источник НЕ помечен (--keep). Запустите только одно из двух хранилищ: иначе журнал раздвоится.',
  keys: (folder: string) => `Ключи не копировались и нужны по-прежнему: ${folder}.`,
};

export type StoreTexts = typeof RU;

const EN: StoreTexts = {
  store: 'the store of the gateway',
  copy: 'move the store with its journal to PostgreSQL, or back; the gateway must be stopped',
  from: 'where from: a data folder or postgres://… (GATEWAY_DATA by default)',
  to: 'where to: postgres://… or a data folder (DATABASE_URL by default, so that no password stands in the list of processes)',
  full: 'read and verify every body, not a sample',
  keep: 'do not mark the source: it can still be started (two gateways on one journal fork it!)',
  restart: 'throw away a copy that was begun and begin anew',
  about:
    'All of it is moved: messages, bodies, deliveries, the journal with the same indexes, the configuration. Keys (GATEWAY_KEYS)\n' +
    'and checkpoint.last stay in their folders: start the gateway with the same GATEWAY_DATA and DATABASE_URL.\n' +
    'It may be interrupted at any moment (Ctrl-C): the same command goes on. Exit code: 0 moved and verified,\n' +
    '1 not possible or not the same, 2 wrong usage, 3 the server cannot be reached.',
  examples: RU.examples,
  noTarget: 'Where to? Give --to postgres://… or DATABASE_URL.',
  badPlace: (given) => `“${given}” is neither a data folder nor an address postgres://….`,
  copying: (table, done, of, percent, speed) =>
    `copying: ${table}, ${done} of ${of} rows (${percent} %), ${speed} rows/s`,
  verifying: (what, done, of) => (of === 0 ? `verifying: ${what}` : `verifying: ${what}, ${done} of ${of}`),
  began: {
    empty: '',
    resumed: 'An interrupted copy went on.',
    anew: 'A copy that was begun was thrown away; all was copied anew.',
    there: 'The copy was there already: it was verified again.',
  },
  done: (from, to) => `Moved: ${from} → ${to}`,
  speed: (rows, seconds, speed) => `Rows written: ${rows} in ${seconds} s (${speed} rows/s).`,
  journal: (size, root) =>
    `Journal: ${size} records, root ${root}; recomputed from the copied records, the checkpoint's signature verifies.`,
  bodies: (checked, of) => `Bodies: ${checked} of ${of} verified by SHA-256.`,
  moved: (to) => `The source is marked as moved and starts no more. Start with DATABASE_URL set to ${to}.`,
  movedBack: 'The source is marked as moved and starts no more. Start the gateway on this folder without DATABASE_URL.',
  kept: 'The source is NOT marked (--keep). Start one of the two stores only: otherwise the journal forks.',
  keys: (folder) => `Keys were not copied and are needed as before: ${folder}.`,
};

export function storeTexts(language: 'ru' | 'en'): StoreTexts {
  return language === 'ru' ? RU : EN;
}
