import { changed } from '../sample.js';
import type { Mistake } from './mistake.js';

/** Wrong values in 10.06.S 1.1.0. */
export const FACTS_VALUES: readonly Mistake[] = [
  {
    title: 'SNILS with hyphens',
    change: [['11223344595', '112-233-445 95']],
    told: [
      [
        8,
        'f:mszReceiver/i:SNILS',
        'SNILS: значение «112-233-445 95» не подходит: СНИЛС — 11 цифр подряд, без дефисов и пробелов, например 11223344595; здесь посторонний знак «-», 4-й символ; пишите «11223344595»',
        'SNILS: value «112-233-445 95» does not fit: a SNILS is 11 digits without hyphens and spaces, e.g. «11223344595»; there is an alien sign «-», character 4; write «11223344595»',
      ],
    ],
  },
  {
    title: 'SNILS of ten digits',
    change: [['11223344595', '1122334459']],
    told: [
      [
        8,
        'f:mszReceiver/i:SNILS',
        'SNILS: значение «1122334459» не подходит: СНИЛС — 11 цифр подряд, без дефисов и пробелов, например 11223344595; здесь 10 символов',
        'SNILS: value «1122334459» does not fit: a SNILS is 11 digits without hyphens and spaces, e.g. «11223344595»; found 10 characters',
      ],
    ],
  },
  {
    title: 'empty SNILS',
    change: [['11223344595', '']],
    told: [
      [
        8,
        'f:mszReceiver/i:SNILS',
        'SNILS: пустое значение не допускается: СНИЛС — 11 цифр подряд, без дефисов и пробелов; если сведений нет, необязательный элемент опускают целиком',
        'SNILS: empty value is not allowed: a SNILS is 11 digits without hyphens and spaces; where there is no data, an optional element is left out altogether',
      ],
    ],
  },
  {
    title: 'sex in Russian',
    change: [['>Female<', '>Женский<']],
    told: [
      [
        11,
        'f:mszReceiver/i:Gender',
        'Gender: значение «Женский» не из списка допустимых (Male, Female); возможно, имелось в виду «Female»',
        'Gender: value «Женский» is not one of the allowed (Male, Female); perhaps «Female» was meant',
      ],
    ],
  },
  {
    title: 'date the Russian way',
    change: [['2024-05-20', '20.05.2024']],
    told: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «20.05.2024» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-05-20»',
        'decisionDate: value «20.05.2024» does not fit: a date YYYY-MM-DD is wanted; write «2024-05-20»',
      ],
    ],
  },
  {
    title: 'dateTime for a date',
    change: [['2024-05-20', '2024-05-20T00:00:00']],
    told: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «2024-05-20T00:00:00» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-05-20»',
        'decisionDate: value «2024-05-20T00:00:00» does not fit: a date YYYY-MM-DD is wanted; write «2024-05-20»',
      ],
    ],
  },
  {
    title: '30 February',
    change: [['2024-05-20', '2024-02-30']],
    told: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «2024-02-30» не подходит: дня 30 в месяце 02.2024 нет: последний — 29',
        'decisionDate: value «2024-02-30» does not fit: 2024-02 has no day 30: the last is 29',
      ],
    ],
  },
  {
    title: 'Latin letter in a surname',
    change: [['Кедрова', 'Кeдрова']],
    told: [
      [
        9,
        'f:mszReceiver/c:FamilyName',
        'FamilyName: значение «Кeдрова» не подходит: только русские буквы, дефис, пробел, апостроф, запятая и точка; начинается с буквы, цифры или дефиса, например Иванова-Петрова; в «Кeдрова» латинские буквы «e» стоят среди русских; пишите «Кедрова»',
        'FamilyName: value «Кeдрова» does not fit: Russian letters, hyphen, space, apostrophe, comma and point only, beginning with a letter, digit or hyphen, e.g. «Иванова-Петрова»; Latin letters «e» stand among Russian ones in «Кeдрова»; write «Кедрова»',
      ],
    ],
  },
  {
    title: 'UUID without hyphens',
    change: [['b3a2c1d0-0b5e-11ef-9262-0242ac120002', 'b3a2c1d00b5e11ef92620242ac120002']],
    told: [
      [
        42,
        'p:fact/f:lmszId',
        'lmszId: значение «b3a2c1d00b5e11ef92620242ac120002» не подходит: UUID: 32 шестнадцатеричные цифры группами 8-4-4-4-12 через дефис, например 35905ecc-c283-4675-96d7-5a1c10cc0001; пишите «b3a2c1d0-0b5e-11ef-9262-0242ac120002»',
        'lmszId: value «b3a2c1d00b5e11ef92620242ac120002» does not fit: a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12 with hyphens, e.g. «35905ecc-c283-4675-96d7-5a1c10cc0001»; write «b3a2c1d0-0b5e-11ef-9262-0242ac120002»',
      ],
    ],
  },
  {
    title: 'UUID in braces',
    change: [['b3a2c1d0-0b5e-11ef-9262-0242ac120002', '{b3a2c1d0-0b5e-11ef-9262-0242ac120002}']],
    told: [
      [
        42,
        'p:fact/f:lmszId',
        'lmszId: значение «{b3a2c1d0-0b5e-11ef-9262-0242ac120002}» не подходит: UUID: 32 шестнадцатеричные цифры группами 8-4-4-4-12 через дефис, например 35905ecc-c283-4675-96d7-5a1c10cc0001; пишите «b3a2c1d0-0b5e-11ef-9262-0242ac120002»',
        'lmszId: value «{b3a2c1d0-0b5e-11ef-9262-0242ac120002}» does not fit: a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12 with hyphens, e.g. «35905ecc-c283-4675-96d7-5a1c10cc0001»; write «b3a2c1d0-0b5e-11ef-9262-0242ac120002»',
      ],
    ],
  },
  {
    title: 'participant code without the dot',
    change: [['0542.000017', '0542000017']],
    told: [
      [
        6,
        'p:fact/f:oszCode',
        'oszCode: значение «0542000017» не подходит: код участника: 4 цифры или заглавные латинские буквы (кроме I и O), точка, 6 цифр, например 0001.000001; пишите «0542.000017»',
        'oszCode: value «0542000017» does not fit: a participant code: 4 digits or capital Latin letters (not I, O), a dot, 6 digits, e.g. «0001.000001»; write «0542.000017»',
      ],
    ],
  },
  {
    title: 'participant code with a lower-case letter',
    change: [['0542.000017', 'a542.000017']],
    told: [
      [
        6,
        'p:fact/f:oszCode',
        'oszCode: значение «a542.000017» не подходит: код участника: 4 цифры или заглавные латинские буквы (кроме I и O), точка, 6 цифр, например 0001.000001; пишите «A542.000017»',
        'oszCode: value «a542.000017» does not fit: a participant code: 4 digits or capital Latin letters (not I, O), a dot, 6 digits, e.g. «0001.000001»; write «A542.000017»',
      ],
    ],
  },
  {
    title: 'amount without kopecks',
    change: [['12500,00', '12500']],
    told: [
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «12500» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00; пишите «12500,00»',
        'amount: value «12500» does not fit: an amount: roubles, a point or comma and exactly two digits of kopecks, no sign or spaces, e.g. «14506,00»; write «12500,00»',
      ],
    ],
  },
  {
    title: 'amount with a blank',
    change: [['12500,00', '12 500,00']],
    told: [
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «12 500,00» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00; пишите «12500,00»',
        'amount: value «12 500,00» does not fit: an amount: roubles, a point or comma and exactly two digits of kopecks, no sign or spaces, e.g. «14506,00»; write «12500,00»',
      ],
    ],
  },
  {
    title: 'boolean in Russian',
    change: [['usingSign>true<', 'usingSign>Да<']],
    told: [
      [
        59,
        'f:needsCriteria/f:usingSign',
        'usingSign: значение «Да» не подходит: нужно true или false (или 1, 0); пишите «true»',
        'usingSign: value «Да» does not fit: true or false (or 1, 0) is wanted; write «true»',
      ],
    ],
  },
  {
    title: 'decimal comma',
    change: [['100.50', '100,50']],
    told: [
      [
        72,
        'p:terminationBasedOnEndOfRight/p:amount',
        'amount: значение «100,50» не подходит: нужно число с точкой, без пробелов; пишите «100.50»',
        'amount: value «100,50» does not fit: a number with a decimal point, without spaces, is wanted; write «100.50»',
      ],
    ],
  },
  {
    title: 'series too long',
    change: [['<f:series>IV-МЮ', '<f:series>IV-МЮIV-МЮIV-МЮIV-МЮIV-МЮ']],
    told: [
      [
        50,
        'f:document/f:series',
        'series: значение «IV-МЮIV-МЮIV-МЮIV-МЮIV-МЮ» слишком длинное, допускается не более 20, а здесь 25 символов',
        'series: value «IV-МЮIV-МЮIV-МЮIV-МЮIV-МЮ» is too long: may have at most 20, found 25 characters',
      ],
    ],
  },
  {
    title: 'birth certificate series with a Latin M',
    change: [['<b:Series>IV-МЮ', '<b:Series>IV-MЮ']],
    told: [
      [
        32,
        'b:BirthCertificate/b:Series',
        'Series: значение «IV-MЮ» не подходит: серия свидетельства: римское число латинскими буквами, дефис, две русские заглавные буквы, например II-МЮ; в «MЮ» латинские буквы «M» стоят среди русских; пишите «IV-МЮ»',
        'Series: value «IV-MЮ» does not fit: a certificate series: a Roman numeral in Latin letters, a hyphen, two Russian capitals, e.g. «II-МЮ»; Latin letters «M» stand among Russian ones in «MЮ»; write «IV-МЮ»',
      ],
    ],
  },
  {
    title: 'passport number with №',
    change: [['135790', '№135790']],
    told: [
      [
        16,
        'b:PassportRF/b:Number',
        'Number: значение «№135790» не подходит: ровно 6 цифр, например 111111; здесь посторонний знак «№», 1-й символ; пишите «135790»',
        'Number: value «№135790» does not fit: exactly 6 digits, e.g. «111111»; there is an alien sign «№», character 1; write «135790»',
      ],
    ],
  },
  {
    title: 'phone with +7',
    change: [['<i:IdentityDoc>', '<i:PhoneNumber>+79161234567</i:PhoneNumber><i:IdentityDoc>']],
    told: [
      [
        13,
        'f:mszReceiver/i:PhoneNumber',
        'PhoneNumber: значение «+79161234567» не подходит: номер телефона — 10 цифр без +7, 8, скобок и пробелов, например 9161234567; здесь посторонний знак «+», 1-й символ; пишите «9161234567»',
        'PhoneNumber: value «+79161234567» does not fit: a phone number is 10 digits without +7, 8, brackets and spaces, e.g. «9161234567»; there is an alien sign «+», character 1; write «9161234567»',
      ],
    ],
  },
  {
    title: 'needs code of letters',
    change: [['000011', 'A-11']],
    told: [
      [
        60,
        'f:needsCriteria[1]/f:needsCriteriaCode',
        'needsCriteriaCode: значение «A-11» не подходит: только цифры, от 1 до 10, например 1; здесь посторонний знак «A», 1-й символ',
        'needsCriteriaCode: value «A-11» does not fit: digits only, 1 to 10, e.g. «1»; there is an alien sign «A», character 1',
      ],
    ],
  },
  {
    title: 'empty patronymic',
    change: [['<c:FirstName>Анна</c:FirstName>', '<c:FirstName>Анна</c:FirstName><c:Patronymic/>']],
    told: [
      [
        10,
        'f:mszReceiver/c:Patronymic',
        'Patronymic: пустое значение не допускается: только русские буквы, дефис, пробел, апостроф, запятая и точка; начинается с буквы, цифры или дефиса; если сведений нет, необязательный элемент опускают целиком',
        'Patronymic: empty value is not allowed: Russian letters, hyphen, space, apostrophe, comma and point only, beginning with a letter, digit or hyphen; where there is no data, an optional element is left out altogether',
      ],
    ],
  },
  {
    title: 'citizenship in letters',
    change: [['<i:IdentityDoc>', '<i:Citizenship>РФ</i:Citizenship><i:IdentityDoc>']],
    told: [
      [
        13,
        'f:mszReceiver/i:Citizenship',
        'Citizenship: значение «РФ» не подходит: код страны по ОКСМ — 3 цифры, например 643; здесь посторонний знак «Р», 1-й символ',
        'Citizenship: value «РФ» does not fit: a country code (OKSM) is 3 digits, e.g. «643»; there is an alien sign «Р», character 1',
      ],
    ],
  },
  {
    title: 'passport series with a blank',
    change: [['<b:Series>4607', '<b:Series>46 07']],
    told: [
      [
        15,
        'b:PassportRF/b:Series',
        'Series: значение «46 07» не подходит: ровно 4 цифры, например 1111; здесь посторонний знак « », 3-й символ; пишите «4607»',
        'Series: value «46 07» does not fit: exactly 4 digits, e.g. «1111»; there is an alien sign « », character 3; write «4607»',
      ],
    ],
  },
  {
    title: 'passport number of five digits',
    change: [['135790', '35790']],
    told: [
      [
        16,
        'b:PassportRF/b:Number',
        'Number: значение «35790» не подходит: ровно 6 цифр, например 111111; здесь 5 символов',
        'Number: value «35790» does not fit: exactly 6 digits, e.g. «111111»; found 5 characters',
      ],
    ],
  },
  {
    title: 'kinship code of six digits',
    change: [['0211011', '211011']],
    told: [
      [
        39,
        'r:basisPerson/r:kinshipTypeCode',
        'kinshipTypeCode: значение «211011» не подходит: код родственной связи — 7 цифр, например 0411011; здесь 6 символов',
        'kinshipTypeCode: value «211011» does not fit: a kinship code is 7 digits, e.g. «0411011»; found 6 characters',
      ],
    ],
  },
  {
    title: 'blanks around an identifier',
    change: [
      ['<f:categoryId>c4b3d2e1-0b5e-11ef-9262-0242ac120002<', '<f:categoryId> c4b3d2e1-0b5e-11ef-9262-0242ac120002 <'],
    ],
    told: [
      [
        43,
        'p:fact/f:categoryId',
        'categoryId: значение « c4b3d2e1-0b5e-11ef-9262-0242ac120002 » не подходит: UUID: 32 шестнадцатеричные цифры группами 8-4-4-4-12 через дефис, например 35905ecc-c283-4675-96d7-5a1c10cc0001; здесь лишние пробелы по краям; пишите «c4b3d2e1-0b5e-11ef-9262-0242ac120002»',
        'categoryId: value « c4b3d2e1-0b5e-11ef-9262-0242ac120002 » does not fit: a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12 with hyphens, e.g. «35905ecc-c283-4675-96d7-5a1c10cc0001»; there are surplus spaces around it; write «c4b3d2e1-0b5e-11ef-9262-0242ac120002»',
      ],
    ],
  },
  {
    title: 'month 13',
    change: [['2024-05-20', '2024-13-20']],
    told: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «2024-13-20» не подходит: месяца 13 не бывает',
        'decisionDate: value «2024-13-20» does not fit: there is no month 13',
      ],
    ],
  },
  {
    title: 'year of two digits',
    change: [['2024-05-20', '20.05.24']],
    told: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «20.05.24» не подходит: нужна дата вида ГГГГ-ММ-ДД',
        'decisionDate: value «20.05.24» does not fit: a date YYYY-MM-DD is wanted',
      ],
    ],
  },
  {
    title: 'empty date',
    change: [['2031-05-31', '']],
    told: [
      [
        46,
        'p:fact/f:dateFinish',
        'dateFinish: пустое значение не допускается: нужна дата вида ГГГГ-ММ-ДД; если сведений нет, необязательный элемент опускают целиком',
        'dateFinish: empty value is not allowed: a date YYYY-MM-DD is wanted; where there is no data, an optional element is left out altogether',
      ],
    ],
  },
  {
    title: 'three digits after the comma',
    change: [['12500,00', '12500,505']],
    told: [
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «12500,505» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00',
        'amount: value «12500,505» does not fit: an amount: roubles, a point or comma and exactly two digits of kopecks, no sign or spaces, e.g. «14506,00»',
      ],
    ],
  },
  {
    title: 'title of a document too long',
    change: (xml) => changed(xml, ['Свидетельство о рождении', 'Свидетельство о рождении, '.repeat(20)]),
    told: [
      [
        49,
        'f:document/f:title',
        'title: значение «Свидетельство о рождении, Свидетельство о рождении, Свиде…» слишком длинное, допускается не более 500, а здесь 520 символов',
        'title: value «Свидетельство о рождении, Свидетельство о рождении, Свиде…» is too long: may have at most 500, found 520 characters',
      ],
    ],
  },
];
