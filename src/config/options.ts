/** A value read, or what is wrong with it: `fix` completes the sentence «set it to …». */
export type Parsed = { readonly value: string } | { readonly wrong: string; readonly fix: string };

export interface Option {
  readonly name: string;
  /** What holds when the variable is absent, for the documentation; computed defaults are described. */
  readonly shown: string;
  readonly ru: string;
  readonly en: string;
  readonly check?: (text: string) => Parsed;
  /** Named by the public interface but served by no code yet: setting it refuses the start, or only warns. */
  readonly unserved?: 'refuse' | 'warn';
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

function oneOf(...values: readonly string[]): (text: string) => Parsed {
  return (text) =>
    values.includes(text) ? { value: text } : { wrong: 'is not a value it can have', fix: values.join(' | ') };
}

function port(text: string): Parsed {
  const number = Number(text);
  return /^\d{1,5}$/.test(text) && number <= 65535
    ? { value: text }
    : { wrong: 'is not a port', fix: 'a number from 0 (any free port) to 65535' };
}

/** Both ends, the first not above the last. */
function portRange(text: string): Parsed {
  const [, first, last] = /^(\d{4,5})-(\d{4,5})$/.exec(text) ?? [];
  const fits = Number(first) >= 1024 && Number(first) <= Number(last) && Number(last) <= 65535;
  return fits
    ? { value: text }
    : { wrong: 'is not a range of ports', fix: 'two numbers from 1024 to 65535, such as 30000-30099' };
}

function days(text: string): Parsed {
  return /^[1-9]\d{0,3}$/.test(text)
    ? { value: text }
    : { wrong: 'is not a number of days', fix: 'a number from 1 to 9999' };
}

function url(...schemes: readonly string[]): (text: string) => Parsed {
  return (text) => {
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : '';
    return schemes.includes(scheme) ? { value: text } : { wrong: 'is not such an address', fix: `${schemes[0]}://…` };
  };
}

function timeZone(text: string): Parsed {
  try {
    return { value: new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone };
  } catch {
    return { wrong: 'is not a time zone of the IANA database', fix: 'a name such as Europe/Moscow' };
  }
}

/** A log's origin stands in the first line of every checkpoint (C2SP tlog-checkpoint): one line, no plus, no space. */
function origin(text: string): Parsed {
  return /^[^\s+]{1,255}$/.test(text)
    ? { value: text }
    : { wrong: 'holds a space or a plus', fix: 'a name without a scheme, such as smev.example.org/journal' };
}

/** A list of strings as JSON, or words by spaces where none of them holds one; no shell reads it. */
function commandLine(text: string): Parsed {
  if (!text.startsWith('[')) return { value: JSON.stringify(text.split(/\s+/)) };
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.length > 0 && words.every((w) => typeof w === 'string' && w !== ''))
      return { value: text };
  } catch {
    // Told below, like every other list that is none.
  }
  return { wrong: 'is not a list of strings', fix: '["/path/of/program", "argument", …], or words by spaces' };
}

/** Every variable the gateway and its command line know, in the order of docs/configuration.md. */
export const OPTIONS = [
  {
    name: 'GATEWAY_HOST',
    shown: '127.0.0.1',
    ru: 'Адрес, на котором шлюз слушает. Не петлевой адрес требует TLS или доверенного прокси.',
    en: 'Address to listen on. One that is not loopback needs TLS or a trusted proxy.',
  },
  {
    name: 'GATEWAY_PORT',
    shown: '8080',
    ru: 'Порт; 0 — любой свободный.',
    en: 'Port; 0 takes any free one.',
    check: port,
  },
  {
    name: 'GATEWAY_DATA',
    shown: '`var` in the folder of the project',
    ru: 'Папка данных: база, журнал, токен оператора. Один процесс на папку.',
    en: 'Folder of the data: database, journal, operator token. One process a folder.',
  },
  {
    name: 'GATEWAY_KEYS',
    shown: '`keys` under GATEWAY_DATA, in development only',
    ru: 'Папка ключей, отдельная от данных и их копий: на ней держится стирание.',
    en: 'Folder of the keys, apart from the data and its back-ups: erasure rests on it.',
  },
  {
    name: 'NODE_ENV',
    shown: 'development',
    ru: 'production включает требования промышленной работы: свои ключи, имя журнала, без песочницы.',
    en: 'production turns on what live work demands: keys of its own, a journal name, no sandbox.',
    check: oneOf('development', 'production', 'test'),
  },
  {
    name: 'GATEWAY_SANDBOX',
    shown: '1 in development, 0 in production',
    ru: 'Встроенная песочница: участники, партнёры и их ключи.',
    en: 'The built-in sandbox: participants, partners and their keys.',
    check: oneOf('0', '1'),
  },
  {
    name: 'GATEWAY_JOURNAL_ORIGIN',
    shown: 'localhost/smev-gateway, in development only',
    ru: 'Имя журнала в каждой контрольной точке; после первого запуска не меняется.',
    en: 'Name of the journal in every checkpoint; never changed after the first start.',
    check: origin,
  },
  {
    name: 'GATEWAY_SIGNER_KEYS',
    shown: 'generated keys, in development only',
    ru: 'JSON-файл сертификатов и ключей подписи шлюза и его партнёров (docs/external-keys.md).',
    en: 'JSON file of the certificates and signing keys of the gateway and its partners (docs/external-keys.md).',
  },
  {
    name: 'GATEWAY_SIGNER',
    shown: '—',
    ru: 'Команда подписи: программа с аргументами, у которой ключи вида `external:…` (docs/external-keys.md).',
    en: 'Signing command: program and arguments that hold the keys named `external:…` (docs/external-keys.md).',
    check: commandLine,
  },
  {
    name: 'GATEWAY_FILE_KEYS',
    shown: '0',
    ru: '1 разрешает ключи подписи в файлах и при NODE_ENV=production; о них предупреждают при каждом запуске.',
    en: '1 allows signing keys in files under NODE_ENV=production too; every start warns of them.',
    check: oneOf('0', '1'),
  },
  {
    name: 'GATEWAY_TLS_CERT',
    shown: '—',
    ru: 'PEM-файл цепочки сертификатов TLS; вместе с GATEWAY_TLS_KEY.',
    en: 'PEM file of the TLS certificate chain; together with GATEWAY_TLS_KEY.',
  },
  {
    name: 'GATEWAY_TLS_KEY',
    shown: '—',
    ru: 'PEM-файл ключа TLS.',
    en: 'PEM file of the TLS key.',
  },
  {
    name: 'GATEWAY_TRUSTED_PROXY',
    shown: '—',
    ru: 'Адреса прокси, завершающего TLS, через запятую: только от них принимаются заголовки Forwarded.',
    en: 'Addresses of the proxy that ends TLS, by commas: forwarding headers are believed from these alone.',
  },
  {
    name: 'GATEWAY_PUBLIC_URL',
    shown: 'host and port above',
    ru: 'Адрес, по которому шлюз знают снаружи: в WSDL и в ссылках на квитанции. За прокси — адрес прокси, у шлюзов одного журнала один.',
    en: 'Address by which the gateway is known outside: in the WSDL and in links to receipts. Behind a proxy it is the proxy’s, the same for all gateways of one journal.',
    check: url('https', 'http'),
  },
  {
    name: 'GATEWAY_LANG',
    shown: 'ru',
    ru: 'Язык сообщений программы.',
    en: 'Language of what the program says.',
    check: oneOf('ru', 'en'),
  },
  {
    name: 'GATEWAY_TZ',
    shown: 'Europe/Moscow',
    ru: 'Часовой пояс сроков и календаря.',
    en: 'Time zone of terms and of the calendar.',
    check: timeZone,
  },
  {
    name: 'LOG_LEVEL',
    shown: 'info',
    ru: 'Наименьшая важность записей в логе.',
    en: 'Least level that is logged.',
    check: oneOf(...LOG_LEVELS),
  },
  {
    name: 'GATEWAY_URL',
    shown: 'host and port above, else `gateway.url` under GATEWAY_DATA',
    ru: 'Для командной строки: адрес шлюза.',
    en: 'For the command line: address of the gateway.',
    check: url('http', 'https'),
  },
  {
    name: 'GATEWAY_TOKEN',
    shown: '`operator.token` under GATEWAY_DATA',
    ru: 'Для командной строки: токен API.',
    en: 'For the command line: token of the API.',
  },
  {
    name: 'DATABASE_URL',
    shown: 'embedded SQLite',
    ru: 'PostgreSQL 14 или новее вместо встроенной базы: один на любое число шлюзов, у каждого свой GATEWAY_DATA и общий GATEWAY_KEYS. Нужны сеансы: не через пулер транзакций.',
    en: 'PostgreSQL 14 or newer instead of the embedded database: one for any number of gateways, each with a GATEWAY_DATA of its own and the same GATEWAY_KEYS. Sessions are needed: no transaction pooler.',
    check: url('postgres', 'postgresql'),
  },
  {
    name: 'REDIS_URL',
    shown: 'embedded dispatcher',
    ru: 'Redis 6.2 или новее, без кластера: очереди доставки, общие для всех шлюзов одного журнала. В них только номера доставок и мнемоники партнёров; потеря Redis ничего не теряет (docs/redis.md).',
    en: 'Redis 6.2 or newer, no cluster: delivery queues shared by all gateways of one journal. They hold delivery numbers and mnemonics of partners only; losing Redis loses nothing (docs/redis.md).',
    check: url('redis', 'rediss'),
  },
  {
    name: 'GATEWAY_EGISSO_URL',
    shown: 'the sandbox’s own registry, where the sandbox is on',
    ru: 'Адрес реестра ЕГИССО: тогда песочница своего не запускает. У шлюзов одного журнала он один.',
    en: 'Address of the EGISSO registry: the sandbox then starts none of its own. The same for all gateways of one journal.',
    check: url('http', 'https'),
  },
  {
    name: 'GATEWAY_PFR_URL',
    shown: 'the sandbox’s own fund, where the sandbox is on',
    ru: 'Адрес Пенсионного фонда: тогда песочница своего не запускает. У шлюзов одного журнала он один.',
    en: 'Address of the Pension Fund: the sandbox then starts none of its own. The same for all gateways of one journal.',
    check: url('http', 'https'),
  },
  {
    name: 'GATEWAY_FTP_PORT',
    shown: '—',
    ru: 'Порт FTP файлового хранилища; без него файлы принимаются только по HTTP: /files/UUID/имя.',
    en: 'FTP port of the file store; without it files are taken over HTTP only: /files/UUID/name.',
    check: port,
  },
  {
    name: 'GATEWAY_FTP_PASSIVE',
    shown: 'any free port',
    ru: 'Порты соединений данных FTP, от и до: 30000-30099.',
    en: 'Ports of FTP data connections, from and to: 30000-30099.',
    check: portRange,
  },
  {
    name: 'GATEWAY_FTP_PLAIN',
    shown: '0',
    ru: '1 разрешает FTP не на петлевом адресе: FTP не шифрует, и канал должен быть защищён иначе.',
    en: '1 allows FTP on an address that is not loopback: FTP does not encrypt, so the channel must be protected otherwise.',
    check: oneOf('0', '1'),
  },
  {
    name: 'GATEWAY_FILES',
    shown: '`files` under GATEWAY_DATA',
    ru: 'Папка файлового хранилища. У шлюзов одного журнала она общая.',
    en: 'Folder of the file store. Gateways of one journal share it.',
  },
  {
    name: 'GATEWAY_FILES_DAYS',
    shown: '30',
    ru: 'Сколько дней файл хранится после того, как доставлен всем, кому шёл.',
    en: 'Days a file is kept after it was delivered to all it was for.',
    check: days,
  },
  {
    name: 'GATEWAY_OIDC_ISSUER',
    shown: '—',
    ru: 'Вход операторов через OpenID Connect.',
    en: 'Login of operators through OpenID Connect.',
    unserved: 'refuse',
  },
  {
    name: 'GATEWAY_OIDC_CLIENT_ID',
    shown: '—',
    ru: 'Имя шлюза у поставщика OpenID.',
    en: 'Name of the gateway at the OpenID provider.',
    unserved: 'refuse',
  },
  {
    name: 'GATEWAY_OIDC_CLIENT_SECRET',
    shown: '—',
    ru: 'Секрет шлюза у поставщика OpenID.',
    en: 'Secret of the gateway at the OpenID provider.',
    unserved: 'refuse',
  },
  {
    name: 'GATEWAY_SMTP_URL',
    shown: '—',
    ru: 'Почта для оповещений.',
    en: 'Mail for alerts.',
    check: url('smtp', 'smtps'),
    unserved: 'warn',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    shown: '—',
    ru: 'Приёмник трассировок.',
    en: 'Where traces go.',
    check: url('http', 'https'),
    unserved: 'warn',
  },
] as const satisfies readonly Option[];

export type OptionName = (typeof OPTIONS)[number]['name'];
