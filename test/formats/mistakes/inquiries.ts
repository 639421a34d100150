import type { Mistake } from './mistake.js';

/** Mistakes in inquiries to the portal, the pension fund, the register of disabled persons, and in notices of consents. */
export const PORTAL: readonly Mistake[] = [
  {
    title: 'SNILS with three hyphens',
    change: [['11223344595', '112-233-445-95']],
    told: [
      [
        3,
        'e:requestData/e:snils',
        'snils: значение «112-233-445-95» не подходит: СНИЛС — 11 цифр подряд, без дефисов и пробелов, например 11223344595; здесь посторонний знак «-», 4-й символ; пишите «11223344595»',
        'snils: value «112-233-445-95» does not fit: a SNILS is 11 digits without hyphens and spaces, e.g. «11223344595»; there is an alien sign «-», character 4; write «11223344595»',
      ],
    ],
  },
  {
    title: 'a day with points',
    change: [['2024-06-01', '1.6.2024']],
    told: [
      [
        5,
        'e:reportPeriod/e:beginDate',
        'beginDate: значение «1.6.2024» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-06-01»',
        'beginDate: value «1.6.2024» does not fit: a date YYYY-MM-DD is wanted; write «2024-06-01»',
      ],
    ],
  },
  {
    title: 'the end of the period before its beginning',
    change: [
      [
        '<e:beginDate>2024-06-01</e:beginDate>\n      <e:endDate>2024-08-31</e:endDate>',
        '<e:endDate>2024-08-31</e:endDate>\n      <e:beginDate>2024-06-01</e:beginDate>',
      ],
    ],
    told: [
      [
        5,
        'e:reportPeriod/e:endDate',
        'ожидался beginDate, а найден endDate; beginDate стоит ниже: исправьте порядок элементов',
        'expected beginDate, found endDate; beginDate stands below: mend the order of the elements',
      ],
    ],
  },
];

export const SNILS_BY_MORE: readonly Mistake[] = [
  {
    title: 'sex by a Russian letter',
    change: [['>Male<', '>М<']],
    told: [
      [
        5,
        's:SnilsByAdditionalDataRequest/s:Gender',
        'Gender: значение «М» не из списка допустимых (Male, Female); возможно, имелось в виду «Male»',
        'Gender: value «М» is not one of the allowed (Male, Female); perhaps «Male» was meant',
      ],
    ],
  },
  {
    title: 'birth place as text',
    change: (xml) => xml.replace(/<s:BirthPlace>[\s\S]*<\/s:BirthPlace>/, '<s:BirthPlace>г. Тверь</s:BirthPlace>'),
    told: [
      [
        6,
        's:SnilsByAdditionalDataRequest/s:BirthPlace',
        'внутри BirthPlace стоит текст, а допускаются только вложенные элементы',
        'BirthPlace holds text, but only child elements are allowed',
      ],
      [
        6,
        's:SnilsByAdditionalDataRequest/s:BirthPlace',
        'в BirthPlace нет обязательных элементов PlaceType, Settlement',
        'BirthPlace lacks the required elements PlaceType, Settlement',
      ],
    ],
  },
  {
    title: 'two identity documents',
    change: [
      [
        '</c:PassportRF>',
        '</c:PassportRF><c:MilitaryPassport><c:Series>АН</c:Series><c:Number>135790</c:Number><c:IssueDate>2010-04-01</c:IssueDate><c:Issuer>Военкоматом</c:Issuer></c:MilitaryPassport>',
      ],
    ],
    told: [
      [
        15,
        's:SnilsByAdditionalDataRequest/c:MilitaryPassport',
        'MilitaryPassport нельзя вместе с PassportRF: оставьте что-то одно из: PassportRF, InternationalPassportRF, ReleaseCertificate, PfrIdentificationDocument',
        'MilitaryPassport cannot stand beside PassportRF: keep one of: PassportRF, InternationalPassportRF, ReleaseCertificate, PfrIdentificationDocument',
      ],
    ],
  },
  {
    title: 'sex before the day of birth',
    change: [
      [
        '<s:BirthDate>1985-06-15</s:BirthDate>\n  <s:Gender>Male</s:Gender>',
        '<s:Gender>Male</s:Gender>\n  <s:BirthDate>1985-06-15</s:BirthDate>',
      ],
    ],
    told: [
      [
        4,
        's:SnilsByAdditionalDataRequest/s:Gender',
        'ожидался один из: Patronymic, BirthDate, а найден Gender; BirthDate стоит ниже: исправьте порядок элементов',
        'expected one of: Patronymic, BirthDate; found Gender; BirthDate stands below: mend the order of the elements',
      ],
    ],
  },
];

export const SNILS_BY_NAME: readonly Mistake[] = [
  {
    title: 'names in the namespace of the message',
    change: [
      ['<c:FamilyName>Кедров</c:FamilyName>', '<s:FamilyName>Кедров</s:FamilyName>'],
      ['<c:FirstName>Пётр</c:FirstName>', '<s:FirstName>Пётр</s:FirstName>'],
      ['<c:Patronymic>Ильич</c:Patronymic>', '<s:Patronymic>Ильич</s:Patronymic>'],
    ],
    told: [
      [
        2,
        's:SnilsByDataRequest/s:FamilyName',
        'FamilyName стоит в другом пространстве имён: ожидалось urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, а найдено http://kvs.pfr.com/snils-by-data/1.1.2',
        'FamilyName is in another namespace: expected urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, found http://kvs.pfr.com/snils-by-data/1.1.2',
      ],
      [
        3,
        's:SnilsByDataRequest/s:FirstName',
        'FirstName стоит в другом пространстве имён: ожидалось urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, а найдено http://kvs.pfr.com/snils-by-data/1.1.2',
        'FirstName is in another namespace: expected urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, found http://kvs.pfr.com/snils-by-data/1.1.2',
      ],
      [
        4,
        's:SnilsByDataRequest/s:Patronymic',
        'Patronymic стоит в другом пространстве имён: ожидалось urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, а найдено http://kvs.pfr.com/snils-by-data/1.1.2',
        'Patronymic is in another namespace: expected urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, found http://kvs.pfr.com/snils-by-data/1.1.2',
      ],
    ],
  },
  {
    title: 'the first name missing',
    change: [['<c:FirstName>Пётр</c:FirstName>', '']],
    told: [
      [
        4,
        's:SnilsByDataRequest/c:Patronymic',
        'ожидался FirstName, а найден Patronymic; похоже, пропущен FirstName',
        'expected FirstName, found Patronymic; FirstName seems to be missing',
      ],
    ],
  },
  {
    title: 'an initial for a patronymic, in Latin letters',
    change: [['>Ильич<', '>I.<']],
    told: [
      [
        4,
        's:SnilsByDataRequest/c:Patronymic',
        'Patronymic: значение «I.» не подходит: только русские буквы, дефис, пробел, апостроф, запятая и точка; начинается с буквы, цифры или дефиса, например Иванова-Петрова; здесь латинская буква «I», 1-й символ',
        'Patronymic: value «I.» does not fit: Russian letters, hyphen, space, apostrophe, comma and point only, beginning with a letter, digit or hyphen, e.g. «Иванова-Петрова»; there is a Latin letter «I», character 1',
      ],
    ],
  },
];

export const EXTRACT: readonly Mistake[] = [
  {
    title: 'the kind of extract as the extract itself names it',
    change: [['>Stable<', '>FIXED<']],
    told: [
      [
        3,
        'x:ExtractionInvalidDataRequest/x:TypeOfExtraction',
        'TypeOfExtraction: значение «FIXED» не из списка допустимых (Stable, Flexible); возможно, имелось в виду «Stable»',
        'TypeOfExtraction: value «FIXED» is not one of the allowed (Stable, Flexible); perhaps «Stable» was meant',
      ],
    ],
  },
  {
    title: 'SNILS as the extract itself writes it',
    change: [['11223344595', '112-233-445 95']],
    told: [
      [
        2,
        'x:ExtractionInvalidDataRequest/x:SNILS',
        'SNILS: значение «112-233-445 95» не подходит: СНИЛС — 11 цифр подряд, без дефисов и пробелов, например 11223344595; здесь посторонний знак «-», 4-й символ; пишите «11223344595»',
        'SNILS: value «112-233-445 95» does not fit: a SNILS is 11 digits without hyphens and spaces, e.g. «11223344595»; there is an alien sign «-», character 4; write «11223344595»',
      ],
    ],
  },
  {
    title: 'the period begins nowhere',
    change: [['<x:DateFrom>2024-06-01</x:DateFrom>', '']],
    told: [
      [
        7,
        'x:DocumentsOnPeriod/x:DateTo',
        'ожидался DateFrom, а найден DateTo; похоже, пропущен DateFrom',
        'expected DateFrom, found DateTo; DateFrom seems to be missing',
      ],
    ],
  },
  {
    title: 'names of elements in capitals',
    change: [
      ['<x:ExtractionPeriod>', '<x:EXTRACTIONPERIOD>'],
      ['</x:ExtractionPeriod>', '</x:EXTRACTIONPERIOD>'],
    ],
    told: [
      [
        4,
        'x:ExtractionInvalidDataRequest/x:EXTRACTIONPERIOD',
        'ожидался ExtractionPeriod, а найден EXTRACTIONPERIOD; прописные и строчные буквы различаются',
        'expected ExtractionPeriod, found EXTRACTIONPERIOD; capital and small letters are different letters',
      ],
    ],
  },
];

export const CONSENT: readonly Mistake[] = [
  {
    title: 'id for Id',
    change: [['<d:Record Id="record">', '<d:Record id="record">']],
    told: [
      [
        5,
        'd:Record/@id',
        'атрибут id здесь не допускается (возможно, имелось в виду Id)',
        'the attribute id is not allowed here (perhaps Id was meant)',
      ],
    ],
  },
  {
    title: 'one Id twice',
    change: [['Id="content"', 'Id="record"']],
    told: [
      [
        6,
        'd:RecordContent/@Id',
        'атрибут Id: значение «record» уже стоит в документе: значения Id не должны повторяться',
        'attribute Id: value «record» stands in the document already: values of Id must not be repeated',
      ],
    ],
  },
  {
    title: 'an Id that begins with a digit',
    change: [['Id="record"', 'Id="1-record"']],
    told: [
      [
        5,
        'd:Record/@Id',
        'атрибут Id: значение «1-record» не подходит: нужен идентификатор: начинается с буквы, без пробелов и двоеточий',
        'attribute Id: value «1-record» does not fit: a name is wanted: begins with a letter, no spaces or colons',
      ],
    ],
  },
  {
    title: 'an attribute of nobody',
    change: [['<d:RegistryRecord>', '<d:RegistryRecord version="2">']],
    told: [
      [
        3,
        'd:RegistryRecord/@version',
        'атрибут version здесь не допускается: уберите его',
        'the attribute version is not allowed here: take it away',
      ],
    ],
  },
];
