import { changed } from '../sample.js';
import type { Mistake } from './mistake.js';

/** Mistakes in the two versions of the statement by SNILS, each made of the other too. */
export const STATEMENT: readonly Mistake[] = [
  {
    title: 'incomesInclude missing in the middle',
    change: [['<d:incomesInclude>false</d:incomesInclude>', '']],
    told: [
      [
        13,
        'd:requestData/d:assigneeInclude',
        'ожидался incomesInclude, а найден assigneeInclude; похоже, пропущен incomesInclude',
        'expected incomesInclude, found assigneeInclude; incomesInclude seems to be missing',
      ],
    ],
  },
  {
    title: 'pdfInclude missing at the end',
    change: [['<d:pdfInclude>false</d:pdfInclude>', '']],
    told: [
      [
        7,
        'd:requestData/d:assignments',
        'в assignments после assignmentsInclude нет обязательного элемента pdfInclude',
        'assignments lacks the required element pdfInclude after assignmentsInclude',
      ],
    ],
  },
  {
    title: 'the order of two flags',
    change: [
      [
        '<d:assignmentsInclude>true</d:assignmentsInclude>\n        <d:pdfInclude>false</d:pdfInclude>',
        '<d:pdfInclude>false</d:pdfInclude>\n        <d:assignmentsInclude>true</d:assignmentsInclude>',
      ],
    ],
    told: [
      [
        8,
        'd:assignments/d:pdfInclude',
        'ожидался assignmentsInclude, а найден pdfInclude; assignmentsInclude стоит ниже: исправьте порядок элементов',
        'expected assignmentsInclude, found pdfInclude; assignmentsInclude stands below: mend the order of the elements',
      ],
    ],
  },
  {
    title: 'form 06, which version 2.0.0 does not have',
    change: [['<d:pdfInclude>false</d:pdfInclude>', '<d:pdfInclude>false</d:pdfInclude><d:form>06</d:form>']],
    told: [
      [
        9,
        'd:assignments/d:form',
        'form: значение «06» не из списка допустимых (01, 02, 03, 04, 05)',
        'form: value «06» is not one of the allowed (01, 02, 03, 04, 05)',
      ],
    ],
  },
  {
    title: 'form of one digit',
    change: [['<d:pdfInclude>false</d:pdfInclude>', '<d:pdfInclude>false</d:pdfInclude><d:form>1</d:form>']],
    told: [
      [
        9,
        'd:assignments/d:form',
        'form: значение «1» не из списка допустимых (01, 02, 03, 04, 05); возможно, имелось в виду «01»',
        'form: value «1» is not one of the allowed (01, 02, 03, 04, 05); perhaps «01» was meant',
      ],
    ],
  },
  {
    title: 'a flag in Russian',
    change: [['<d:jobInclude>false<', '<d:jobInclude>нет<']],
    told: [
      [
        16,
        'd:requestData/d:jobInclude',
        'jobInclude: значение «нет» не подходит: нужно true или false (или 1, 0); пишите «false»',
        'jobInclude: value «нет» does not fit: true or false (or 1, 0) is wanted; write «false»',
      ],
    ],
  },
  {
    title: 'a flag left empty',
    change: [['<d:jobInclude>false<', '<d:jobInclude><']],
    told: [
      [
        16,
        'd:requestData/d:jobInclude',
        'jobInclude: пустое значение не допускается: нужно true или false (или 1, 0); если сведений нет, необязательный элемент опускают целиком',
        'jobInclude: empty value is not allowed: true or false (or 1, 0) is wanted; where there is no data, an optional element is left out altogether',
      ],
    ],
  },
  {
    title: 'SNILS without its person, as in 1.0.7',
    change: [['<d:person><b:snils>12345678900</b:snils></d:person>', '<b:snils>12345678900</b:snils>']],
    told: [
      [
        6,
        'd:requestData/b:snils',
        'ожидался person, а найден snils; snils должен стоять внутри person',
        'expected person, found snils; snils belongs inside person',
      ],
    ],
  },
  {
    title: 'onmszCode, as in 1.0.7',
    change: [['</d:person>', '</d:person><d:onmszCode>0542.000017</d:onmszCode>']],
    told: [
      [
        6,
        'd:requestData/d:onmszCode',
        'ожидался один из: oszCode, assignments, а найден onmszCode (возможно, имелось в виду oszCode)',
        'expected one of: oszCode, assignments; found onmszCode (perhaps oszCode was meant)',
      ],
    ],
  },
  {
    title: 'a day with a zone',
    change: [['2023-01-01', '2023-01-01+03:00']],
    told: [
      [
        18,
        'd:reportPeriod/d:beginDate',
        'beginDate: значение «2023-01-01+03:00» не подходит: дата в виде ГГГГ-ММ-ДД, без часового пояса, например 2024-05-31; пишите «2023-01-01»',
        'beginDate: value «2023-01-01+03:00» does not fit: a date YYYY-MM-DD, without a time zone, e.g. «2024-05-31»; write «2023-01-01»',
      ],
    ],
  },
  {
    title: 'the end of the period missing',
    change: [['<d:endDate>2023-12-31</d:endDate>', '']],
    told: [
      [
        17,
        'd:requestData/d:reportPeriod',
        'в reportPeriod после beginDate нет обязательного элемента endDate',
        'reportPeriod lacks the required element endDate after beginDate',
      ],
    ],
  },
  {
    title: 'the identifier of the package missing',
    change: [['<q:packageUid>0a1b2c3d-0b5f-11ef-9262-0242ac120002</q:packageUid>', '']],
    told: [
      [
        3,
        'q:requestPackage/q:elements',
        'ожидался packageUid, а найден elements; похоже, пропущен packageUid',
        'expected packageUid, found elements; packageUid seems to be missing',
      ],
    ],
  },
  {
    title: 'the period twice',
    change: [
      [
        '</d:reportPeriod>',
        '</d:reportPeriod><d:reportPeriod><d:beginDate>2024-01-01</d:beginDate><d:endDate>2024-12-31</d:endDate></d:reportPeriod>',
      ],
    ],
    told: [
      [
        20,
        'd:requestData/d:reportPeriod[2]',
        'reportPeriod повторён: допускается не более 1 раза, а здесь 2',
        'reportPeriod is repeated: at most 1 allowed, found 2',
      ],
    ],
  },
  {
    title: '51 requests in a package',
    change: (xml) => xml.replace(/<d:requestData>[\s\S]*<\/d:requestData>/, (request) => request.repeat(51)),
    told: [
      [
        854,
        'q:elements/d:requestData[51]',
        'requestData повторён: допускается не более 50 раз, а здесь 51',
        'requestData is repeated: at most 50 allowed, found 51',
      ],
    ],
  },
  {
    title: '251 codes of measures',
    change: (xml) =>
      changed(xml, [
        '<d:pdfInclude>false</d:pdfInclude>',
        `<d:pdfInclude>false</d:pdfInclude><d:mszCodes>${'<d:mszCode>0433</d:mszCode>'.repeat(251)}</d:mszCodes>`,
      ]),
    told: [
      [
        9,
        'd:mszCodes/d:mszCode[251]',
        'mszCode повторён: допускается не более 250 раз, а здесь 251',
        'mszCode is repeated: at most 250 allowed, found 251',
      ],
    ],
  },
  {
    title: 'a code of a measure by KMSZ in full',
    change: [
      [
        '<d:pdfInclude>false</d:pdfInclude>',
        '<d:pdfInclude>false</d:pdfInclude><d:mszCodes><d:mszCode>0433.07030000.01.0001.01.000001</d:mszCode></d:mszCodes>',
      ],
    ],
    told: [
      [
        9,
        'd:mszCodes/d:mszCode',
        'mszCode: значение «0433.07030000.01.0001.01.000001» не подходит: ровно 4 цифры, например 1111; здесь посторонний знак «.», 5-й символ',
        'mszCode: value «0433.07030000.01.0001.01.000001» does not fit: exactly 4 digits, e.g. «1111»; there is an alien sign «.», character 5',
      ],
    ],
  },
];

export const STATEMENT_BEFORE: readonly Mistake[] = [
  {
    title: 'oszCode, as in 2.0.0',
    change: [['<q:onmszCode>0542.000017</q:onmszCode>', '<q:oszCode>0542.000017</q:oszCode>']],
    told: [
      [
        4,
        'q:requestData/q:oszCode',
        'ожидался один из: onmszCode, assignmentsInclude, а найден oszCode (возможно, имелось в виду onmszCode)',
        'expected one of: onmszCode, assignmentsInclude; found oszCode (perhaps onmszCode was meant)',
      ],
    ],
  },
  {
    title: 'pdfInclude where it stands in 2.0.0',
    change: [
      ['    <q:pdfInclude>false</q:pdfInclude>\n', ''],
      ['<q:obligationsInclude>', '<q:pdfInclude>false</q:pdfInclude><q:obligationsInclude>'],
    ],
    told: [
      [
        6,
        'q:requestData/q:pdfInclude',
        'pdfInclude стоит не на своём месте: он должен быть ниже, после reportPeriod',
        'pdfInclude is out of place: it belongs below, after reportPeriod',
      ],
    ],
  },
  {
    title: 'all of the request in the namespace of the message',
    change: [['xmlns:q="urn://egisso-ru/types/prsn-request/1.0.6"', 'xmlns:q="urn://egisso-ru/msg/10.13.I/1.0.7"']],
    told: [
      [
        2,
        'm:request/q:requestData',
        'requestData стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'requestData is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        3,
        'q:requestData/q:snils',
        'snils стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'snils is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        4,
        'q:requestData/q:onmszCode',
        'onmszCode стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'onmszCode is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        5,
        'q:requestData/q:assignmentsInclude',
        'assignmentsInclude стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'assignmentsInclude is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        6,
        'q:requestData/q:obligationsInclude',
        'obligationsInclude стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'obligationsInclude is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        7,
        'q:requestData/q:incomesInclude',
        'incomesInclude стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'incomesInclude is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        8,
        'q:requestData/q:assigneeInclude',
        'assigneeInclude стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'assigneeInclude is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        9,
        'q:requestData/q:reportPeriod',
        'reportPeriod стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'reportPeriod is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        10,
        'q:reportPeriod/q:beginDate',
        'beginDate стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'beginDate is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        11,
        'q:reportPeriod/q:endDate',
        'endDate стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'endDate is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
      [
        13,
        'q:requestData/q:pdfInclude',
        'pdfInclude стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/prsn-request/1.0.6, а найдено urn://egisso-ru/msg/10.13.I/1.0.7',
        'pdfInclude is in another namespace: expected urn://egisso-ru/types/prsn-request/1.0.6, found urn://egisso-ru/msg/10.13.I/1.0.7',
      ],
    ],
  },
];
