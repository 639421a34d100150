/** What `gateway sandbox` says, in the two languages of GATEWAY_LANG. */
const RU = {
  sandbox: 'песочница: вымышленные люди и сбои партнёров',
  people: 'вымышленные люди, о которых знают партнёры песочницы',
  seed: 'число, по которому люди придуманы (партнёры песочницы: 1)',
  count: 'сколько человек показать',
  from: 'с которого по счёту (с нуля)',
  aboutPeople:
    'Люди вымышлены: фамилии из особого списка, СНИЛС от 901-000-000 (таких номеров не выдают), контрольное число верное.\n' +
    'Человек k по числу s всегда один и тот же. Двойник — те же имя, пол и дата рождения, другой СНИЛС.',
  head: ['№', 'СНИЛС', 'фамилия, имя, отчество', 'пол', 'рождение', 'документ', 'прочее'],
  sexes: { Male: 'м', Female: 'ж' },
  twin: (index: number) => `двойник № ${index}`,
  spouse: (index: number) => `супруг № ${index}`,
  parents: (indexes: string) => `родители № ${indexes}`,
  disability: (group: string) => (group === '4' ? 'ребёнок-инвалид' : `инвалид ${group} гр.`),
  badRange: 'Нужны целые числа: --seed и --from от 0, --count от 1, и не дальше миллионного человека.',
  script: 'сбои партнёра песочницы: задержки, отказы, молчание, половина ответа, двойники',
  partner: 'мнемоника партнёра, например PFR',
  latency: 'отвечать на столько миллисекунд позже',
  status: 'отвечать этим кодом HTTP (400–599)',
  silence: 'не отвечать вовсе',
  half: 'обрывать ответ на середине',
  duplicate: 'считать человека двумя',
  done: 'сначала сделать, потом отказать или замолчать: потерян только ответ',
  share: 'доля запросов, от 0 до 1 (0.25 — каждый четвёртый)',
  snils: 'только о людях с этими СНИЛС (11 цифр)',
  times: 'не больше стольких раз',
  fair: 'снять все сбои',
  aboutScript: 'Без ключей показывает, что задано. Новое заменяет прежнее; перезапуск шлюза снимает всё.',
  reset: 'вернуть партнёра песочницы к первому дню: его данные пропадут, люди останутся, сбоев нет',
  resetDone: (mnemonic: string) => `${mnemonic}: как в первый день\n`,
  resetAsk: (mnemonic: string) => `Все данные ${mnemonic} в песочнице пропадут. Продолжить? [да/нет] `,
  yes: 'не спрашивать',
  agreed: /^(y|yes|д|да)$/i,
  notAsked: 'Ничего не изменено: нужно подтверждение или --yes.',
  noPartner: (mnemonic: string, known: string) =>
    `Партнёра ${mnemonic} песочница не запускает${known === '' ? ' (работает ли шлюз?)' : `: есть ${known}`}.`,
  unreachable: (mnemonic: string, url: string) => `Партнёр ${mnemonic} (${url}) не отвечает: работает ли шлюз?`,
  noScript: (mnemonic: string, said: string) => `${mnemonic} не принимает: ${said}`,
  isFair: (mnemonic: string) => `${mnemonic}: сбоев нет\n`,
  plays: (mnemonic: string, rules: string) => `${mnemonic}: ${rules}\n`,
};

export type SandboxTexts = typeof RU;

const EN: SandboxTexts = {
  sandbox: 'the sandbox: synthetic people, and faults of partners',
  people: 'the synthetic people the sandbox’s partners know',
  seed: 'the number people are made from (the sandbox’s partners: 1)',
  count: 'how many to show',
  from: 'from which one on (0 is the first)',
  aboutPeople:
    'Nobody is real: surnames from a pool that says so, SNILS from 901-000-000 on (none such are given out), control numbers right.\n' +
    'Person k of seed s is always the same. A twin has the same names, sex and birth date under another SNILS.',
  head: ['no', 'SNILS', 'names', 'sex', 'born', 'document', 'more'],
  sexes: { Male: 'm', Female: 'f' },
  twin: (index) => `twin of ${index}`,
  spouse: (index) => `spouse of ${index}`,
  parents: (indexes) => `child of ${indexes}`,
  disability: (group) => (group === '4' ? 'disabled child' : `disabled, group ${group}`),
  badRange: 'Whole numbers are needed: --seed and --from from 0, --count from 1, and not beyond the millionth person.',
  script: 'faults of a sandbox partner: latency, refusals, silence, half an answer, doubles',
  partner: 'mnemonic of the partner, PFR for one',
  latency: 'answer so many milliseconds later',
  status: 'answer with this HTTP status (400–599)',
  silence: 'do not answer at all',
  half: 'cut the answer in the middle',
  duplicate: 'take the person for two',
  done: 'do the work first, then refuse or be silent: the answer alone is lost',
  share: 'share of the questions, 0 to 1 (0.25 is every fourth)',
  snils: 'only about people with these SNILS (11 digits)',
  times: 'no more than so many times',
  fair: 'no faults any more',
  aboutScript:
    'Without options shows what is set. New rules take the place of old ones; a restart of the gateway drops all.',
  reset: 'bring a sandbox partner back to its first day: its data go, its people stay, no faults',
  resetDone: (mnemonic) => `${mnemonic}: as on the first day\n`,
  resetAsk: (mnemonic) => `All data of ${mnemonic} in the sandbox will go. Go on? [yes/no] `,
  yes: 'do not ask',
  agreed: /^(y|yes|д|да)$/i,
  notAsked: 'Nothing is changed: confirm it, or --yes.',
  noPartner: (mnemonic, known) =>
    `The sandbox runs no partner ${mnemonic}${known === '' ? ' (does the gateway run?)' : `: there is ${known}`}.`,
  unreachable: (mnemonic, url) => `Partner ${mnemonic} (${url}) does not answer: does the gateway run?`,
  noScript: (mnemonic, said) => `${mnemonic} does not take it: ${said}`,
  isFair: (mnemonic) => `${mnemonic}: no faults\n`,
  plays: (mnemonic, rules) => `${mnemonic}: ${rules}\n`,
};

export function sandboxTexts(language: 'ru' | 'en'): SandboxTexts {
  return language === 'ru' ? RU : EN;
}
