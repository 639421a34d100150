import { select, textAt } from '../element-view.js';
import { fieldOf, type RecordPerson, type Report, type Rule } from './rule.js';

/**
 * One person is one SNILS through a package: the same number under two names, one name and birthday under two numbers, or one
 * document of two numbers is a slip. A warning, because namesakes and changed names exist.
 */
export const repeatedPersons: Rule = {
  id: 'repeated-persons',
  type: 2,
  title: {
    ru: 'один СНИЛС у разных людей, один человек или документ с разными СНИЛС в одном пакете',
    en: 'one SNILS of different people, or one person or document of different SNILS, in one package',
  },
  needs: ['persons'],
  *check({ records }) {
    const nameOf = new Map<string, string>();
    const snilsOf = new Map<string, string>();
    for (const record of records)
      for (const person of record.persons) {
        const snils = fieldOf(person, 'snils');
        const name = fullName(person);
        if (snils === undefined) continue;
        const report = (text: string): Report => ({ record, at: person.element, text });
        const known = name === undefined ? undefined : held(nameOf, snils, name);
        if (known !== undefined && known !== name) yield report(`СНИЛС ${snils} указан в пакете у разных людей`);
        for (const [mark, what] of [
          [name, 'Человек с теми же фамилией, именем, отчеством и датой рождения'],
          ...documents(person),
        ]) {
          const other: string | undefined = mark === undefined ? undefined : held(snilsOf, mark, snils);
          if (other !== undefined && other !== snils)
            yield report(`${what} указан в пакете с разными СНИЛС: ${other} и ${snils}`);
        }
      }
  },
};

/** What is held under the key: the value itself when it is the first. */
function held(map: Map<string, string>, key: string, value: string): string {
  const first = map.get(key);
  if (first === undefined) map.set(key, value);
  return first ?? value;
}

/** Names and birthday; undefined without a birthday, because namesakes are many. */
function fullName(person: RecordPerson): string | undefined {
  const birth = fieldOf(person, 'birth');
  if (birth === undefined) return undefined;
  const names = (['family', 'first', 'patronymic'] as const).map((field) => fieldOf(person, field) ?? '');
  return [...names, birth.slice(0, 10)].join(' ').toUpperCase().replaceAll('Ё', 'Е');
}

function documents({ element, fields }: RecordPerson): readonly (readonly [string | undefined, string])[] {
  return [fields.passport, fields.birthCertificate].flatMap((path) =>
    (path === undefined ? [] : select(element, path)).map((document) => {
      const [series, number] = [textAt(document, 'Series') ?? '', textAt(document, 'Number') ?? ''];
      const mark = `${document.local} ${series} ${number}`;
      return [mark, `Документ серии ${series} номер ${number}`] as const;
    }),
  );
}
