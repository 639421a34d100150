import type { Mistake } from './mistake.js';

/** Mistakes in what suppliers send beside the facts: the notice of an attachment, local measures. */
export const NOTICE: readonly Mistake[] = [
  {
    title: 'attachment false',
    change: [['>true<', '>false<']],
    told: [
      [
        2,
        'n:request/n:attachment',
        'attachment: значение «false» не подходит: допустимо только «true»',
        'attachment: value «false» does not fit: only «true» is allowed',
      ],
    ],
  },
  {
    title: 'attachments for attachment',
    change: [['<n:attachment>true</n:attachment>', '<n:attachments>true</n:attachments>']],
    told: [
      [
        2,
        'n:request/n:attachments',
        'ожидался attachment, а найден attachments',
        'expected attachment, found attachments',
      ],
    ],
  },
  {
    title: 'the name of the file beside the sign',
    change: [['</n:attachment>', '</n:attachment><n:fileName>facts.zip</n:fileName>']],
    told: [
      [
        2,
        'n:request/n:fileName',
        'элемент fileName здесь лишний: после attachment ничего не ожидается',
        'fileName is superfluous here: nothing is expected after attachment',
      ],
    ],
  },
  {
    title: 'nothing inside',
    change: [['<n:attachment>true</n:attachment>', '']],
    told: [
      [
        1,
        '/n:request',
        'в request нет обязательного элемента attachment',
        'request lacks the required element attachment',
      ],
    ],
  },
];

export const MEASURE: readonly Mistake[] = [
  {
    title: 'FamSign, as the published sample of 1.0.7 writes it',
    change: [['<l:famSign>1</l:famSign>', '<l:FamSign>1</l:FamSign>']],
    told: [
      [
        57,
        'p:localMSZ/l:FamSign',
        'ожидался один из: docTypesList, stepsForMSZ, famSign, heirdomFactAssignment, heirdomOsznPoint, heirdomOrganizationPoint, basisPersonLivingSign, lastChanging, а найден FamSign (возможно, имелось в виду famSign); прописные и строчные буквы различаются',
        'expected one of: docTypesList, stepsForMSZ, famSign, heirdomFactAssignment, heirdomOsznPoint, heirdomOrganizationPoint, basisPersonLivingSign, lastChanging; found FamSign (perhaps famSign was meant); capital and small letters are different letters',
      ],
    ],
  },
  {
    title: 'funding code with a dot',
    change: [['<l:codePartKMSZ>000001<', '<l:codePartKMSZ>01.0001<']],
    told: [
      [
        12,
        'l:classificationKMSZ/l:codePartKMSZ',
        'codePartKMSZ: значение «01.0001» не подходит: ровно 6 цифр, например 111111; здесь посторонний знак «.», 3-й символ; пишите «010001»',
        'codePartKMSZ: value «01.0001» does not fit: exactly 6 digits, e.g. «111111»; there is an alien sign «.», character 3; write «010001»',
      ],
    ],
  },
  {
    title: 'the day of the act with points',
    change: [['<l:date>2023-11-30<', '<l:date>30.11.2023<']],
    told: [
      [
        37,
        'l:NPA/l:date',
        'date: значение «30.11.2023» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2023-11-30»',
        'date: value «30.11.2023» does not fit: a date YYYY-MM-DD is wanted; write «2023-11-30»',
      ],
    ],
  },
  {
    title: 'the moment of change the Russian way',
    change: [['2024-02-01T10:15:00+03:00', '01.02.2024 10:15']],
    told: [
      [
        58,
        'p:localMSZ/p:lastChanging',
        'lastChanging: значение «01.02.2024 10:15» не подходит: нужны дата и время вида 2024-05-31T10:15:00+03:00; пишите «2024-02-01T10:15:00»',
        'lastChanging: value «01.02.2024 10:15» does not fit: a dateTime like 2024-05-31T10:15:00+03:00 is wanted; write «2024-02-01T10:15:00»',
      ],
    ],
  },
  {
    title: 'the ways of applying missing',
    change: (xml) => xml.replace(/<l:methods>[\s\S]*<\/l:methods>\n/, ''),
    told: [
      [
        46,
        'p:localMSZ/l:formReq',
        'ожидался methods, а найден formReq; похоже, пропущен methods',
        'expected methods, found formReq; methods seems to be missing',
      ],
    ],
  },
  {
    title: 'the documents counted in words',
    change: [['<l:documentQ>1<', '<l:documentQ>один<']],
    told: [
      [
        54,
        'l:docTypesList/l:documentQ',
        'documentQ: значение «один» не подходит: нужно целое число',
        'documentQ: value «один» does not fit: a whole number is wanted',
      ],
    ],
  },
  {
    title: 'a share in per cent',
    change: [['<l:quota>100<', '<l:quota>100%<']],
    told: [
      [
        26,
        'l:fundingSource/l:quota',
        'quota: значение «100%» не подходит: нужно число с точкой, без пробелов',
        'quota: value «100%» does not fit: a number with a decimal point, without spaces, is wanted',
      ],
    ],
  },
  {
    title: 'territory missing',
    change: (xml) => xml.replace(/<l:territories>[\s\S]*<\/l:territories>\n/, ''),
    told: [
      [
        31,
        'p:localMSZ/l:reasons',
        'ожидался territories, а найден reasons; похоже, пропущен territories',
        'expected territories, found reasons; territories seems to be missing',
      ],
    ],
  },
  {
    title: 'the acts before the territories',
    change: (xml) =>
      xml.replace(/( *<l:territories>[\s\S]*<\/l:territories>\n)( *<l:reasons>[\s\S]*<\/l:reasons>\n)/, '$2$1'),
    told: [
      [
        31,
        'p:localMSZ/l:reasons',
        'ожидался territories, а найден reasons; territories стоит ниже: исправьте порядок элементов',
        'expected territories, found reasons; territories stands below: mend the order of the elements',
      ],
    ],
  },
  {
    title: 'a code of the budget of 19 digits',
    change: [['<l:KBKCode>14810030000000000313<', '<l:KBKCode>1481003000000000031<']],
    told: [
      [
        43,
        'p:localMSZ/l:KBKCode',
        'KBKCode: значение «1481003000000000031» не подходит: ровно 20 знаков без пробелов, например 11111111111111111111; здесь 19 символов',
        'KBKCode: value «1481003000000000031» does not fit: exactly 20 signs without spaces, e.g. «11111111111111111111»; found 19 characters',
      ],
    ],
  },
];
