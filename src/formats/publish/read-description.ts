import { Buffer, isUtf8 } from 'node:buffer';
import type { LifeCycleState } from '../format.js';
import type { FormatFile } from '../format-file.js';
import { RULES, SHAPES } from '../rules/index.js';
import type { Refusal } from './plan.js';

/** A `format.json` of a package: whatever it leaves out is taken from the format in force or derived from the schema. */
export type Description = Partial<FormatFile>;

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;
/** Two dots stand between the versions of a difference in addresses. */
const VERSION = /^(?!.*\.\.)[0-9A-Za-z][0-9A-Za-z._-]{0,29}$/;
const LOCAL = /^[\p{L}_][\p{L}\p{N}._-]{0,199}$/u;
const PATH = /^(\/\/)?@?[\p{L}_][\p{L}\p{N}._-]*(\/{1,2}@?[\p{L}_][\p{L}\p{N}._-]*)*$/u;
const RECORD_PATH = /^(\/\/)?(\*|@?[\p{L}_][\p{L}\p{N}._-]*)(\/{1,2}(\*|@?[\p{L}_][\p{L}\p{N}._-]*))*$/u;
const CLARK = /^\{[^{}\s]{1,1024}\}[^{}\s]{1,200}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const STATES: readonly LifeCycleState[] = ['draft', 'test', 'active', 'retiring', 'retired'];
const MOST_ITEMS = 1000;

type Check = (value: unknown) => boolean;

const isText: Check = (v) => typeof v === 'string' && v.trim() !== '' && v.length <= 500 && !/\p{Cc}/u.test(v);
const matches =
  (pattern: RegExp): Check =>
  (v) =>
    typeof v === 'string' && v.length <= 1300 && pattern.test(v);
const listOf =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.length <= MOST_ITEMS && v.every(check);
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);
const isRule: Check = (v) => RULES.some((rule) => rule.id === v);

/** What each field may hold. */
const FIELDS: Readonly<Record<keyof FormatFile, Check>> = {
  id: matches(NAME),
  version: matches(VERSION),
  family: matches(NAME),
  namespace: matches(/^[^\s<>"&]{1,1024}$/),
  title: (v) => isText(v) || (isObject(v) && isText(v.ru) && (v.en === undefined || isText(v.en))),
  request: matches(LOCAL),
  response: matches(LOCAL),
  document: matches(LOCAL),
  entry: matches(/^[^/\\:]{1,200}\.xsd$/i),
  state: (v) => STATES.some((state) => state === v),
  activeFrom: isInstant,
  retiredFrom: isInstant,
  successor: matches(VERSION),
  carries: listOf(matches(CLARK)),
  persons: listOf((v) => isObject(v) && matches(PATH)(v.path) && (v.snils === '.' || matches(PATH)(v.snils))),
  personal: listOf(matches(PATH)),
  personalSignature: (v) => v === 'required',
  purpose: (v) => isObject(v) && ['each', 'service', 'norm', 'official'].every((place) => matches(PATH)(v[place])),
  exchange: (v) => v === 'broadcast' || v === 'directive',
  routingCode: matches(PATH),
  records: listOf(isRecordPlace),
  rules: isRules,
};

/** A rule the gateway does not have would run nowhere, unseen; what the registry runs is for the registry to know. */
function isRules(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).some((key) => !['gateway', 'registry', 'refuses'].includes(key)))
    return false;
  const { gateway = [], registry = [], refuses = [] } = value;
  return listOf(isRule)(gateway) && listOf(matches(NAME))(registry) && listOf(isRule)(refuses);
}

function isRecordPlace(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { path, id = 'x', body = 'x', shape } = value;
  return [path, id, body].every(matches(RECORD_PATH)) && typeof shape === 'string' && Object.hasOwn(SHAPES, shape);
}

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
}

/** Reads a stranger's `format.json`: unknown fields and values of another form are refused, so that nothing is passed over by a typing error. */
export function readDescription(path: string, bytes: Uint8Array): Description | readonly Refusal[] {
  if (!isUtf8(bytes)) return [refusal(path, 'записан не в UTF-8', 'is not UTF-8')];
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  let said: unknown;
  // Half of a surrogate pair is no text: it cannot be written as UTF-8 again.
  let broken = false;
  try {
    said = JSON.parse(text, (_name, value: unknown) => {
      if (typeof value === 'string' && !value.isWellFormed()) broken = true;
      return value;
    });
  } catch {
    return [refusal(path, 'не читается как JSON', 'cannot be read as JSON')];
  }
  if (broken) return [refusal(path, 'содержит обломки знаков (\\ud800)', 'holds halves of characters (\\ud800)')];
  if (!isObject(said)) return [refusal(path, 'должен быть объектом JSON', 'must be a JSON object')];
  const wrong = Object.entries(said).flatMap(([name, value]) => {
    if (!Object.hasOwn(FIELDS, name))
      return [refusal(path, `: неизвестное поле ${name.slice(0, 60)}`, `: unknown field ${name.slice(0, 60)}`)];
    return FIELDS[name as keyof FormatFile](value) ? [] : [refusal(path, `: поле ${name} записано неверно`, `: the field ${name} is malformed`)]; // biome-ignore format: one thought
  });
  if (wrong.length > 0) return wrong;
  const title =
    typeof said.title === 'string' ? { ru: said.title } : (said.title as { ru: string; en?: string } | undefined);
  // Each field was checked above.
  return { ...said, ...(title && { title: { ru: title.ru, en: title.en ?? title.ru } }) } as Description;
}

function refusal(path: string, ru: string, en: string): Refusal {
  const gap = ru.startsWith(':') ? '' : ' ';
  return {
    code: 'description',
    document: path,
    ru: `${path}${gap}${ru}. См. docs/formats.md.`,
    en: `${path}${gap}${en}. See docs/formats.md.`,
  };
}
