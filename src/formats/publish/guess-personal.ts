import type { PersonPath } from '../format.js';
import { type ElementModel, type FormatModel, slotsOf, type TypeModel } from '../schema-model/index.js';

/** Names under which schemas keep who a person is. An element of such a name is personal with all it holds. */
const PERSONAL =
  /^(.*snils|.*СНИЛС|(family|last|sur|first|given|middle|maiden\w*|patronymic)_?names?|surname|patronymic|fio|full_?name|ФИО.*|Фамилия|Имя|Отчество|(birth_?date|date_?of_?birth)|birth_?place|(Дата|Место)Рожд\p{L}*|gender|sex|Пол|passport.*|.*паспорт.*|(identity|personal)_?doc(ument)?|УдЛичн\p{L}*|(phone|mobile|tele)_?\p{L}*|телефон|e-?mail|(personal|permanent|temporary|actual|residence)?_?address|адрес|Адр(МЖ|Рег|Прож)\p{L}*|(personal|person)_?inn|innfl|ИННФЛ)$/iu;
const SNILS = /^(snils|СНИЛС)$/iu;
/** More places than these are written as «at any depth». */
const MOST_PATHS = 200;
const MOST_VISITS = 20_000;
const DEEPEST = 30;

export interface Marks {
  readonly persons: readonly PersonPath[];
  readonly personal: readonly string[];
}

interface Place {
  readonly name: string;
  readonly type: TypeModel | undefined;
}

/**
 * Where persons stand, guessed from names alone and rather too often than too seldom: a mark masks, a missing one shows. A person is
 * the element that directly holds a SNILS.
 */
export function guessPersonal(model: FormatModel): Marks {
  return byPath(model) ?? anywhere(model);
}

/** Explicit paths; undefined where the schema branches too often for them. */
function byPath(model: FormatModel): Marks | undefined {
  const persons: PersonPath[] = [];
  const personal: string[] = [];
  let visits = 0;
  const walk = (type: TypeModel, path: string, above: readonly TypeModel[]): void => {
    if (above.includes(type) || above.length > DEEPEST || visits++ > MOST_VISITS) return;
    for (const { name, type: inner } of placesIn(type)) {
      if (SNILS.test(plain(name)) && !persons.some((p) => p.path === path)) persons.push({ path, snils: name });
      if (PERSONAL.test(plain(name))) personal.push(`${path}/${name}`);
      else if (inner !== undefined) walk(inner, `${path}/${name}`, [...above, type]);
    }
  };
  for (const { element } of model.roots) walk(element.type, element.local, []);
  if (visits > MOST_VISITS || persons.length + personal.length > MOST_PATHS) return undefined;
  return { persons, personal: [...new Set(personal)] };
}

/** Each type looked at once: the names, wherever they stand. */
function anywhere(model: FormatModel): Marks {
  const persons = new Map<string, PersonPath>();
  const personal = new Set<string>();
  const seen = new Set<TypeModel>();
  const walk = (type: TypeModel, holder: string, isRoot: boolean): void => {
    for (const { name, type: inner } of placesIn(type)) {
      if (SNILS.test(plain(name))) persons.set(holder, { path: isRoot ? holder : `//${holder}`, snils: name });
      if (PERSONAL.test(plain(name))) personal.add(`//${name}`);
      if (inner === undefined || seen.has(inner)) continue;
      seen.add(inner);
      walk(inner, name, false);
    }
  };
  for (const { element } of model.roots) walk(element.type, element.local, true);
  return { persons: [...persons.values()], personal: [...personal] };
}

function placesIn(type: TypeModel): Place[] {
  const elements = [type, ...type.derived].flatMap((t) =>
    slotsOf(t).flatMap(({ part }) => (part.kind === 'element' ? [part, ...part.substitutes] : [])),
  );
  return [
    ...type.attributes.map((a) => ({ name: `@${a.local}`, type: undefined })),
    ...elements.map((e: ElementModel) => ({ name: e.local, type: e.type })),
  ];
}

function plain(name: string): string {
  return name.replace(/^@/, '');
}
