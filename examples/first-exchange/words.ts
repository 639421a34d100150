/** The story's sentences, Russian and English. */
interface Words {
  readonly seeded: string;
  readonly seededFound: string;
  answered(content: string): string;
  submits(person: { family: string; first: string; snils: string }): string;
  recordTaken(uuid: string): string;
  readonly reads: string;
  factRead(person: { family: string; first: string }): string;
  readonly ends: string;
  readonly endTaken: string;
  readonly endRead: string;
  readonly mistakes: string;
  readonly fiveNamed: string;
  readonly forges: string;
  readonly forgeryRefused: string;
  readonly receipt: string;
  receiptHolds(index: number, size: number): string;
  readonly receiptBreaks: string;
  readonly done: string;
  readonly notAsExpected: string;
  readonly noAnswer: string;
  notRunning(address: string): string;
}

const ru: Words = {
  seeded: 'Федеральное ведомство FED001 спрашивает реестр о гражданине: подписанный запрос 10.13.I по СНИЛС.',
  answered: (content) => `ответ пришёл подписанным и принят (${content.length} знаков)`,
  seededFound: 'в нём мера, которую реестр хранил с самого начала',
  submits: (p) =>
    `Регион REG001 назначил меру: ${p.family} ${p.first}, СНИЛС ${p.snils}. Файл 10.06.S идёт вложением запроса 10.10.I (MTOM).`,
  recordTaken: (uuid) => `реестр ответил протоколом: запись ${uuid} принята, recordOK=true`,
  reads: 'FED001 спрашивает о том же гражданине.',
  factRead: (p) => `назначение видно: ${p.family} ${p.first}, 1850.00 руб.`,
  ends: 'Право закончилось: регион присылает прекращение, ведомство спрашивает снова.',
  endTaken: 'прекращение принято',
  endRead: 'срок назначения теперь до 2025-06-30, прежняя запись осталась в истории реестра',
  mistakes: 'Регион присылает файл с пятью ошибками.',
  fiveNamed: 'отказ InvalidContent называет все пять: строку, путь и вложение; в реестр не попало ничего',
  forges: 'Злоумышленник меняет СНИЛС в чужом подписанном запросе.',
  forgeryRefused: 'подделка не прошла: SignatureVerificationFault',
  receipt: 'Каждое принятое сообщение получает квитанцию: доказательство, что запись стоит в журнале.',
  receiptHolds: (index, size) => `квитанция проверена без шлюза: запись ${index} в дереве из ${size}`,
  receiptBreaks: 'с одним изменённым битом проверка не проходит',
  done: 'История сыграна до конца. Записи обмена: ./bin/gateway exchanges; проверка журнала: ./bin/gateway journal verify var',
  notAsExpected: 'Этот шаг прошёл не так, как ожидалось.',
  noAnswer: 'Ответ не пришёл за 30 секунд',
  notRunning: (address) => `Шлюз не отвечает на ${address}. Запустите его в другом терминале: npm start`,
};

const en: Words = {
  seeded: 'The federal agency FED001 asks the registry about a citizen: a signed 10.13.I query by SNILS.',
  answered: (content) => `the answer came signed and was accepted (${content.length} characters)`,
  seededFound: 'it holds the measure the registry was seeded with',
  submits: (p) =>
    `The region REG001 appointed a measure: ${p.family} ${p.first}, SNILS ${p.snils}. A 10.06.S file travels as attachment of a 10.10.I request (MTOM).`,
  recordTaken: (uuid) => `the registry answered with its protocol: record ${uuid} taken, recordOK=true`,
  reads: 'FED001 asks about the same citizen.',
  factRead: (p) => `the assignment is there: ${p.family} ${p.first}, 1850.00 roubles`,
  ends: 'The right has ended: the region sends the termination, the agency asks again.',
  endTaken: 'the termination was taken',
  endRead: 'the assignment now ends on 2025-06-30; the earlier record stays in the history of the registry',
  mistakes: 'The region sends a file with five mistakes.',
  fiveNamed: 'the refusal InvalidContent names all five: line, path and attachment; nothing reached the registry',
  forges: "A thief changes the SNILS in somebody's signed request.",
  forgeryRefused: 'the forgery did not pass: SignatureVerificationFault',
  receipt: 'Every accepted message gets a receipt: the proof that its record stands in the journal.',
  receiptHolds: (index, size) => `the receipt verifies without the gateway: record ${index} in a tree of ${size}`,
  receiptBreaks: 'with one bit changed it does not',
  done: 'The story is told. Its records: ./bin/gateway exchanges; the journal: ./bin/gateway journal verify var',
  notAsExpected: 'This step did not go as expected.',
  noAnswer: 'No answer came within 30 seconds',
  notRunning: (address) => `No gateway answers at ${address}. Start one in another terminal: npm start`,
};

export function words(language: 'ru' | 'en'): Words {
  return language === 'ru' ? ru : en;
}
