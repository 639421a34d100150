/** commander's own sentences about wrong usage, in Russian; what is not listed stays English. */
const RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/, "ошибка: нет команды '$1'"],
  [/^error: unknown option '(.*)'/, "ошибка: нет ключа '$1'"],
  [/^error: missing required argument '(.*)'/, "ошибка: не указан аргумент '$1'"],
  [/^error: required option '(.*)' not specified/, "ошибка: не указан обязательный ключ '$1'"],
  [/^error: option '(.*)' argument missing/, "ошибка: у ключа '$1' нет значения"],
  [/^error: too many arguments.*/, 'ошибка: лишние аргументы'],
  [/\(Did you mean (.*)\?\)/, '(возможно, $1?)'],
];

export function usageErrorIn(language: 'ru' | 'en', text: string): string {
  if (language === 'en') return text;
  return RUSSIAN.reduce((said, [pattern, russian]) => said.replace(pattern, russian), text);
}
