/**
 * Mistakes suppliers make in 10.06.S 1.1.0: the changes to the valid document, and what the sender must be told:
 * line, the last two steps of the path, text. Add a case by adding a row.
 */
export interface Mistake {
  readonly title: string;
  readonly changes: readonly (readonly [string, string])[];
  readonly found: readonly (readonly [line: number, place: string, text: string])[];
}

export const MISTAKES: readonly Mistake[] = [
  {
    title: 'SNILS with hyphens',
    changes: [['11223344595', '112-233-445 95']],
    found: [
      [
        8,
        'f:mszReceiver/i:SNILS',
        'SNILS: значение «112-233-445 95» не подходит: СНИЛС — 11 цифр подряд, без дефисов и пробелов, например 11223344595; здесь посторонний знак «-», 4-й символ',
      ],
    ],
  },
  {
    title: 'SNILS of ten digits',
    changes: [['11223344595', '1122334459']],
    found: [
      [
        8,
        'f:mszReceiver/i:SNILS',
        'SNILS: значение «1122334459» не подходит: СНИЛС — 11 цифр подряд, без дефисов и пробелов, например 11223344595; здесь 10 символов',
      ],
    ],
  },
  {
    title: 'empty SNILS',
    changes: [['11223344595', '']],
    found: [
      [
        8,
        'f:mszReceiver/i:SNILS',
        'SNILS: пустое значение не допускается: СНИЛС — 11 цифр подряд, без дефисов и пробелов; если сведений нет, необязательный элемент опускают целиком',
      ],
    ],
  },
  {
    title: 'sex in Russian',
    changes: [['>Female<', '>Женский<']],
    found: [
      [
        11,
        'f:mszReceiver/i:Gender',
        'Gender: значение «Женский» не из списка допустимых (Male, Female); возможно, имелось в виду «Female»',
      ],
    ],
  },
  {
    title: 'date the Russian way',
    changes: [['2024-05-20', '20.05.2024']],
    found: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «20.05.2024» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-05-20»',
      ],
    ],
  },
  {
    title: 'dateTime for a date',
    changes: [['2024-05-20', '2024-05-20T00:00:00']],
    found: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «2024-05-20T00:00:00» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-05-20»',
      ],
    ],
  },
  {
    title: '30 February',
    changes: [['2024-05-20', '2024-02-30']],
    found: [
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «2024-02-30» не подходит: дня 30 в месяце 02.2024 нет: последний — 29',
      ],
    ],
  },
  {
    title: 'Latin letter in a surname',
    changes: [['Кедрова', 'Кeдрова']],
    found: [
      [
        9,
        'f:mszReceiver/c:FamilyName',
        'FamilyName: значение «Кeдрова» не подходит: только русские буквы, дефис, пробел, апостроф, запятая и точка; начинается с буквы, цифры или дефиса, например Иванова-Петрова; в «Кeдрова» латинские буквы «e» стоят среди русских',
      ],
    ],
  },
  {
    title: 'UUID without hyphens',
    changes: [['b3a2c1d0-0b5e-11ef-9262-0242ac120002', 'b3a2c1d00b5e11ef92620242ac120002']],
    found: [
      [
        42,
        'p:fact/f:lmszId',
        'lmszId: значение «b3a2c1d00b5e11ef92620242ac120002» не подходит: UUID: 32 шестнадцатеричные цифры группами 8-4-4-4-12 через дефис, например 35905ecc-c283-4675-96d7-5a1c10cc0001',
      ],
    ],
  },
  {
    title: 'UUID in braces',
    changes: [['b3a2c1d0-0b5e-11ef-9262-0242ac120002', '{b3a2c1d0-0b5e-11ef-9262-0242ac120002}']],
    found: [
      [
        42,
        'p:fact/f:lmszId',
        'lmszId: значение «{b3a2c1d0-0b5e-11ef-9262-0242ac120002}» не подходит: UUID: 32 шестнадцатеричные цифры группами 8-4-4-4-12 через дефис, например 35905ecc-c283-4675-96d7-5a1c10cc0001',
      ],
    ],
  },
  {
    title: 'participant code without the dot',
    changes: [['0542.000017', '0542000017']],
    found: [
      [
        6,
        'p:fact/f:oszCode',
        'oszCode: значение «0542000017» не подходит: код участника: 4 цифры или заглавные латинские буквы (кроме I и O), точка, 6 цифр, например 0001.000001',
      ],
    ],
  },
  {
    title: 'participant code with a lower-case letter',
    changes: [['0542.000017', 'a542.000017']],
    found: [
      [
        6,
        'p:fact/f:oszCode',
        'oszCode: значение «a542.000017» не подходит: код участника: 4 цифры или заглавные латинские буквы (кроме I и O), точка, 6 цифр, например 0001.000001',
      ],
    ],
  },
  {
    title: 'amount without kopecks',
    changes: [['12500,00', '12500']],
    found: [
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «12500» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00',
      ],
    ],
  },
  {
    title: 'amount with a blank',
    changes: [['12500,00', '12 500,00']],
    found: [
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «12 500,00» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00',
      ],
    ],
  },
  {
    title: 'boolean in Russian',
    changes: [['usingSign>true<', 'usingSign>Да<']],
    found: [
      [
        59,
        'f:needsCriteria/f:usingSign',
        'usingSign: значение «Да» не подходит: нужно true или false (или 1, 0); пишите «true»',
      ],
    ],
  },
  {
    title: 'decimal comma',
    changes: [['100.50', '100,50']],
    found: [
      [
        72,
        'p:terminationBasedOnEndOfRight/p:amount',
        'amount: значение «100,50» не подходит: нужно число с точкой, без пробелов; пишите «100.50»',
      ],
    ],
  },
  {
    title: 'old name reasonPerson',
    changes: [
      ['<r:basisPerson>', '<r:reasonPerson>'],
      ['</r:basisPerson>', '</r:reasonPerson>'],
    ],
    found: [[23, 'f:reasonPersons/r:reasonPerson', 'ожидался basisPerson, а найден reasonPerson']],
  },
  {
    title: 'old wrapper missing',
    changes: [
      ['<i:prsnInfo>', ''],
      ['</i:prsnInfo>', ''],
    ],
    found: [[25, 'r:basisPerson/i:SNILS', 'ожидался prsnInfo, а найден SNILS']],
  },
  {
    title: 'lmszId missing',
    changes: [['<f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>', '']],
    found: [[43, 'p:fact/f:categoryId', 'ожидался lmszId, а найден categoryId; похоже, пропущен lmszId']],
  },
  {
    title: 'uuid missing at the end',
    changes: [['<p:uuid>d5c4e3f2-0b5e-11ef-9262-0242ac120002</p:uuid>', '']],
    found: [[5, 'p:elements/p:fact', 'в fact после assignmentInfo нет обязательного элемента uuid']],
  },
  {
    title: 'order of dates',
    changes: [
      [
        '<f:decisionDate>2024-05-20</f:decisionDate>\n        <f:dateStart>2024-06-01</f:dateStart>',
        '<f:dateStart>2024-06-01</f:dateStart>\n        <f:decisionDate>2024-05-20</f:decisionDate>',
      ],
    ],
    found: [
      [
        44,
        'p:fact/f:dateStart',
        'ожидался decisionDate, а найден dateStart; decisionDate стоит ниже: исправьте порядок элементов',
      ],
    ],
  },
  {
    title: 'two recipients',
    changes: [['</f:mszReceiver>', '</f:mszReceiver><f:mszReceiver><i:SNILS>11223344595</i:SNILS></f:mszReceiver>']],
    found: [[21, 'p:fact/f:mszReceiver[2]', 'mszReceiver повторён: допускается не более 1 раза']],
  },
  {
    title: 'wrong namespace',
    changes: [
      ['<f:lmszId>', '<p:lmszId>'],
      ['</f:lmszId>', '</p:lmszId>'],
    ],
    found: [
      [
        42,
        'p:fact/p:lmszId',
        'lmszId стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/assignment-fact/1.0.8, а найдено urn://egisso-ru/types/package-RAF/1.1.0',
      ],
    ],
  },
  {
    title: 'OKEICode in the natural form',
    changes: [
      [
        '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
        '<f:naturalForm><f:amount>2</f:amount><f:OKEICode>796</f:OKEICode><f:equivalentAmount>100</f:equivalentAmount></f:naturalForm>',
      ],
    ],
    found: [
      [
        64,
        'f:naturalForm/f:OKEICode',
        'ожидался один из: measuryCode, okeiCode, а найден OKEICode (возможно, имелось в виду okeiCode)',
      ],
    ],
  },
  {
    title: 'two forms',
    changes: [
      [
        '</f:monetaryForm>',
        '</f:monetaryForm><f:naturalForm><f:amount>2</f:amount><f:okeiCode>796</f:okeiCode><f:equivalentAmount>100</f:equivalentAmount></f:naturalForm>',
      ],
    ],
    found: [
      [
        64,
        'f:assignmentInfo/f:naturalForm',
        'элемент naturalForm здесь лишний: после monetaryForm ничего не ожидается',
      ],
    ],
  },
  {
    title: 'an alien attribute',
    changes: [['<p:fact>', '<p:fact id="1">']],
    found: [[5, 'p:fact/@id', 'атрибут id здесь не допускается: уберите его']],
  },
  {
    title: 'text among elements',
    changes: [['<f:documents>', '<f:documents>нет']],
    found: [[47, 'p:fact/f:documents', 'внутри documents стоит текст, а допускаются только вложенные элементы']],
  },
  {
    title: 'series too long',
    changes: [['<f:series>IV-МЮ', '<f:series>IV-МЮIV-МЮIV-МЮIV-МЮIV-МЮ']],
    found: [
      [
        50,
        'f:document/f:series',
        'series: значение «IV-МЮIV-МЮIV-МЮIV-МЮIV-МЮ» слишком длинное, допускается не более 20, а здесь 25 символов',
      ],
    ],
  },
  {
    title: 'birth certificate series with a Latin M',
    changes: [['<b:Series>IV-МЮ', '<b:Series>IV-MЮ']],
    found: [
      [
        32,
        'b:BirthCertificate/b:Series',
        'Series: значение «IV-MЮ» не подходит: серия свидетельства: римское число латинскими буквами, дефис, две русские заглавные буквы, например II-МЮ; в «MЮ» латинские буквы «M» стоят среди русских',
      ],
    ],
  },
  {
    title: 'xsi:nil',
    changes: [
      [
        '<f:dateFinish>2031-05-31</f:dateFinish>',
        '<f:dateFinish xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>',
      ],
    ],
    found: [
      [
        46,
        'p:fact/f:dateFinish',
        'xsi:nil здесь не допускается: заполните dateFinish или, если он необязателен, уберите',
      ],
    ],
  },
  {
    title: 'an undeclared prefix in xsi:type',
    changes: [
      [
        '<f:documents>',
        '<f:documents xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:z="urn:z" xsi:type="z:t">',
      ],
    ],
    found: [
      [
        47,
        'f:documents/@xsi:type',
        'объявите префикс «z»: он стоит только в значении (xsi:type) и под подпись не попал; используйте его в имени элемента или перечислите в InclusiveNamespaces PrefixList',
      ],
    ],
  },
  {
    title: 'unknown xsi:type',
    changes: [
      ['<f:documents>', '<f:documents xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="f:nope">'],
    ],
    found: [[47, 'f:documents/@xsi:type', 'тип «nope», названный в xsi:type, в формате не описан']],
  },
  {
    title: 'passport number with №',
    changes: [['135790', '№135790']],
    found: [
      [
        16,
        'b:PassportRF/b:Number',
        'Number: значение «№135790» не подходит: ровно 6 цифр; здесь посторонний знак «№», 1-й символ',
      ],
    ],
  },
  {
    title: 'phone with +7',
    changes: [['<i:IdentityDoc>', '<i:PhoneNumber>+79161234567</i:PhoneNumber><i:IdentityDoc>']],
    found: [
      [
        13,
        'f:mszReceiver/i:PhoneNumber',
        'PhoneNumber: значение «+79161234567» не подходит: номер телефона — 10 цифр без +7, 8, скобок и пробелов, например 9161234567; здесь посторонний знак «+», 1-й символ',
      ],
    ],
  },
  {
    title: 'needs code of letters',
    changes: [['000011', 'A-11']],
    found: [
      [
        60,
        'f:needsCriteria[1]/f:needsCriteriaCode',
        'needsCriteriaCode: значение «A-11» не подходит: только цифры, от 1 до 10; здесь посторонний знак «A», 1-й символ',
      ],
    ],
  },
  {
    title: 'faults behind a misfit',
    changes: [
      ['<f:oszCode>0542.000017</f:oszCode>', ''],
      ['>Female<', '>ж<'],
      ['2024-05-20', 'вчера'],
      ['12500,00', '1,5'],
    ],
    found: [
      [7, 'p:fact/f:mszReceiver', 'ожидался oszCode, а найден mszReceiver; похоже, пропущен oszCode'],
      [
        11,
        'f:mszReceiver/i:Gender',
        'Gender: значение «ж» не из списка допустимых (Male, Female); возможно, имелось в виду «Female»',
      ],
      [44, 'p:fact/f:decisionDate', 'decisionDate: значение «вчера» не подходит: нужна дата вида ГГГГ-ММ-ДД'],
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «1,5» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00',
      ],
    ],
  },
  {
    title: 'two misfits in one parent with faults between',
    changes: [
      ['<f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>', ''],
      ['2024-06-01', '01.06.2024'],
      ['f:assignmentInfo>', 'f:asignmentInfo>'],
      ['/f:assignmentInfo>', '/f:asignmentInfo>'],
      ['12500,00', '1,5'],
    ],
    found: [
      [43, 'p:fact/f:categoryId', 'ожидался lmszId, а найден categoryId; похоже, пропущен lmszId'],
      [
        45,
        'p:fact/f:dateStart',
        'dateStart: значение «01.06.2024» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-06-01»',
      ],
      [63, 'p:fact/f:asignmentInfo', 'ожидался assignmentInfo, а найден asignmentInfo'],
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «1,5» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00',
      ],
    ],
  },
  {
    title: 'unknown extra element',
    changes: [['<f:lmszId>', '<f:remark>x</f:remark><f:lmszId>']],
    found: [[42, 'p:fact/f:remark', 'ожидался lmszId, а найден remark; похоже, remark здесь лишний']],
  },
  {
    title: 'extra in the end',
    changes: [['</p:fact>', '<p:remark>x</p:remark></p:fact>']],
    found: [[67, 'p:fact/p:remark', 'элемент remark здесь лишний: после uuid ничего не ожидается']],
  },
];
