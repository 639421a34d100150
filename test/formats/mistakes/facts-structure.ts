import { changed } from '../sample.js';
import type { Mistake } from './mistake.js';

/** Elements and attributes of 10.06.S 1.1.0 that are missing, misplaced, misspelt or too many. */
export const FACTS_STRUCTURE: readonly Mistake[] = [
  {
    title: 'old name reasonPerson',
    change: [
      ['<r:basisPerson>', '<r:reasonPerson>'],
      ['</r:basisPerson>', '</r:reasonPerson>'],
    ],
    told: [
      [
        23,
        'f:reasonPersons/r:reasonPerson',
        'ожидался basisPerson, а найден reasonPerson',
        'expected basisPerson, found reasonPerson',
      ],
    ],
  },
  {
    title: 'old wrapper missing',
    change: [
      ['<i:prsnInfo>', ''],
      ['</i:prsnInfo>', ''],
    ],
    told: [
      [
        25,
        'r:basisPerson/i:SNILS',
        'ожидался prsnInfo, а найден SNILS; SNILS должен стоять внутри prsnInfo',
        'expected prsnInfo, found SNILS; SNILS belongs inside prsnInfo',
      ],
    ],
  },
  {
    title: 'lmszId missing',
    change: [['<f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>', '']],
    told: [
      [
        43,
        'p:fact/f:categoryId',
        'ожидался lmszId, а найден categoryId; похоже, пропущен lmszId',
        'expected lmszId, found categoryId; lmszId seems to be missing',
      ],
    ],
  },
  {
    title: 'uuid missing at the end',
    change: [['<p:uuid>d5c4e3f2-0b5e-11ef-9262-0242ac120002</p:uuid>', '']],
    told: [
      [
        5,
        'p:elements/p:fact',
        'в fact после assignmentInfo нет обязательного элемента uuid',
        'fact lacks the required element uuid after assignmentInfo',
      ],
    ],
  },
  {
    title: 'order of dates',
    change: [
      [
        '<f:decisionDate>2024-05-20</f:decisionDate>\n        <f:dateStart>2024-06-01</f:dateStart>',
        '<f:dateStart>2024-06-01</f:dateStart>\n        <f:decisionDate>2024-05-20</f:decisionDate>',
      ],
    ],
    told: [
      [
        44,
        'p:fact/f:dateStart',
        'ожидался decisionDate, а найден dateStart; decisionDate стоит ниже: исправьте порядок элементов',
        'expected decisionDate, found dateStart; decisionDate stands below: mend the order of the elements',
      ],
    ],
  },
  {
    title: 'two recipients',
    change: [['</f:mszReceiver>', '</f:mszReceiver><f:mszReceiver><i:SNILS>11223344595</i:SNILS></f:mszReceiver>']],
    told: [
      [
        21,
        'p:fact/f:mszReceiver[2]',
        'mszReceiver повторён: допускается не более 1 раза, а здесь 2',
        'mszReceiver is repeated: at most 1 allowed, found 2',
      ],
    ],
  },
  {
    title: 'wrong namespace',
    change: [
      ['<f:lmszId>', '<p:lmszId>'],
      ['</f:lmszId>', '</p:lmszId>'],
    ],
    told: [
      [
        42,
        'p:fact/p:lmszId',
        'lmszId стоит в другом пространстве имён: ожидалось urn://egisso-ru/types/assignment-fact/1.0.8, а найдено urn://egisso-ru/types/package-RAF/1.1.0; пишите f:lmszId',
        'lmszId is in another namespace: expected urn://egisso-ru/types/assignment-fact/1.0.8, found urn://egisso-ru/types/package-RAF/1.1.0; write f:lmszId',
      ],
    ],
  },
  {
    title: 'OKEICode in the natural form',
    change: [
      [
        '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
        '<f:naturalForm><f:amount>2</f:amount><f:OKEICode>796</f:OKEICode><f:equivalentAmount>100</f:equivalentAmount></f:naturalForm>',
      ],
    ],
    told: [
      [
        64,
        'f:naturalForm/f:OKEICode',
        'ожидался один из: measuryCode, okeiCode, а найден OKEICode (возможно, имелось в виду okeiCode); прописные и строчные буквы различаются',
        'expected one of: measuryCode, okeiCode; found OKEICode (perhaps okeiCode was meant); capital and small letters are different letters',
      ],
    ],
  },
  {
    title: 'two forms',
    change: [
      [
        '</f:monetaryForm>',
        '</f:monetaryForm><f:naturalForm><f:amount>2</f:amount><f:okeiCode>796</f:okeiCode><f:equivalentAmount>100</f:equivalentAmount></f:naturalForm>',
      ],
    ],
    told: [
      [
        64,
        'f:assignmentInfo/f:naturalForm',
        'naturalForm нельзя вместе с monetaryForm: оставьте что-то одно из: monetaryForm, naturalForm, exemptionForm, serviceForm',
        'naturalForm cannot stand beside monetaryForm: keep one of: monetaryForm, naturalForm, exemptionForm, serviceForm',
      ],
    ],
  },
  {
    title: 'an alien attribute',
    change: [['<p:fact>', '<p:fact id="1">']],
    told: [
      [
        5,
        'p:fact/@id',
        'атрибут id здесь не допускается: уберите его',
        'the attribute id is not allowed here: take it away',
      ],
    ],
  },
  {
    title: 'text among elements',
    change: [['<f:documents>', '<f:documents>нет']],
    told: [
      [
        47,
        'p:fact/f:documents',
        'внутри documents стоит текст, а допускаются только вложенные элементы',
        'documents holds text, but only child elements are allowed',
      ],
    ],
  },
  {
    title: 'xsi:nil',
    change: [
      [
        '<f:dateFinish>2031-05-31</f:dateFinish>',
        '<f:dateFinish xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>',
      ],
    ],
    told: [
      [
        46,
        'p:fact/f:dateFinish',
        'xsi:nil здесь не допускается: заполните dateFinish или, если он необязателен, уберите',
        'xsi:nil is not allowed here: fill in dateFinish or, if it is optional, leave it out',
      ],
    ],
  },
  {
    title: 'an undeclared prefix in xsi:type',
    change: [
      [
        '<f:documents>',
        '<f:documents xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:z="urn:z" xsi:type="z:t">',
      ],
    ],
    told: [
      [
        47,
        'f:documents/@xsi:type',
        'объявите префикс «z»: он стоит только в значении (xsi:type) и под подпись не попал; используйте его в имени элемента или перечислите в InclusiveNamespaces PrefixList',
        'declare the prefix «z»: it stands only in a value (xsi:type) and is not covered by the signature; use it in an element name or list it in InclusiveNamespaces PrefixList',
      ],
    ],
  },
  {
    title: 'unknown xsi:type',
    change: [
      ['<f:documents>', '<f:documents xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="f:nope">'],
    ],
    told: [
      [
        47,
        'f:documents/@xsi:type',
        'тип «nope», названный в xsi:type, в формате не описан',
        'xsi:type names the type «nope», which the format does not have',
      ],
    ],
  },
  {
    title: 'faults behind a misfit',
    change: [
      ['<f:oszCode>0542.000017</f:oszCode>', ''],
      ['>Female<', '>ж<'],
      ['2024-05-20', 'вчера'],
      ['12500,00', '1,5'],
    ],
    told: [
      [
        7,
        'p:fact/f:mszReceiver',
        'ожидался oszCode, а найден mszReceiver; похоже, пропущен oszCode',
        'expected oszCode, found mszReceiver; oszCode seems to be missing',
      ],
      [
        11,
        'f:mszReceiver/i:Gender',
        'Gender: значение «ж» не из списка допустимых (Male, Female); возможно, имелось в виду «Female»',
        'Gender: value «ж» is not one of the allowed (Male, Female); perhaps «Female» was meant',
      ],
      [
        44,
        'p:fact/f:decisionDate',
        'decisionDate: значение «вчера» не подходит: нужна дата вида ГГГГ-ММ-ДД',
        'decisionDate: value «вчера» does not fit: a date YYYY-MM-DD is wanted',
      ],
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «1,5» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00; пишите «1,50»',
        'amount: value «1,5» does not fit: an amount: roubles, a point or comma and exactly two digits of kopecks, no sign or spaces, e.g. «14506,00»; write «1,50»',
      ],
    ],
  },
  {
    title: 'two misfits in one parent with faults between',
    change: [
      ['<f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>', ''],
      ['2024-06-01', '01.06.2024'],
      ['f:assignmentInfo>', 'f:asignmentInfo>'],
      ['/f:assignmentInfo>', '/f:asignmentInfo>'],
      ['12500,00', '1,5'],
    ],
    told: [
      [
        43,
        'p:fact/f:categoryId',
        'ожидался lmszId, а найден categoryId; похоже, пропущен lmszId',
        'expected lmszId, found categoryId; lmszId seems to be missing',
      ],
      [
        45,
        'p:fact/f:dateStart',
        'dateStart: значение «01.06.2024» не подходит: нужна дата вида ГГГГ-ММ-ДД; пишите «2024-06-01»',
        'dateStart: value «01.06.2024» does not fit: a date YYYY-MM-DD is wanted; write «2024-06-01»',
      ],
      [
        63,
        'p:fact/f:asignmentInfo',
        'ожидался assignmentInfo, а найден asignmentInfo',
        'expected assignmentInfo, found asignmentInfo',
      ],
      [
        64,
        'f:monetaryForm/f:amount',
        'amount: значение «1,5» не подходит: сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов, например 14506,00; пишите «1,50»',
        'amount: value «1,5» does not fit: an amount: roubles, a point or comma and exactly two digits of kopecks, no sign or spaces, e.g. «14506,00»; write «1,50»',
      ],
    ],
  },
  {
    title: 'unknown extra element',
    change: [['<f:lmszId>', '<f:remark>x</f:remark><f:lmszId>']],
    told: [
      [
        42,
        'p:fact/f:remark',
        'ожидался lmszId, а найден remark; похоже, remark здесь лишний',
        'expected lmszId, found remark; remark seems superfluous here',
      ],
    ],
  },
  {
    title: 'extra in the end',
    change: [['</p:fact>', '<p:remark>x</p:remark></p:fact>']],
    told: [
      [
        67,
        'p:fact/p:remark',
        'элемент remark здесь лишний: после uuid ничего не ожидается',
        'remark is superfluous here: nothing is expected after uuid',
      ],
    ],
  },
  {
    title: 'a child without its prefix',
    change: [['<f:oszCode>0542.000017</f:oszCode>', '<oszCode>0542.000017</oszCode>']],
    told: [
      [
        6,
        'p:fact/oszCode',
        'oszCode стоит без пространства имён: ожидалось urn://egisso-ru/types/assignment-fact/1.0.8; пишите f:oszCode',
        'oszCode is in no namespace: expected urn://egisso-ru/types/assignment-fact/1.0.8; write f:oszCode',
      ],
    ],
  },
  {
    title: 'names of a person in the wrong namespace',
    change: [
      ['<c:FamilyName>Кедрова</c:FamilyName>', '<i:FamilyName>Кедрова</i:FamilyName>'],
      ['<c:FirstName>Анна</c:FirstName>', '<i:FirstName>Анна</i:FirstName>'],
    ],
    told: [
      [
        9,
        'f:mszReceiver/i:FamilyName',
        'FamilyName стоит в другом пространстве имён: ожидалось urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, а найдено urn://egisso-ru/types/prsn-info/1.0.4',
        'FamilyName is in another namespace: expected urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, found urn://egisso-ru/types/prsn-info/1.0.4',
      ],
      [
        10,
        'f:mszReceiver/i:FirstName',
        'FirstName стоит в другом пространстве имён: ожидалось urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, а найдено urn://egisso-ru/types/prsn-info/1.0.4',
        'FirstName is in another namespace: expected urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1, found urn://egisso-ru/types/prsn-info/1.0.4',
      ],
    ],
  },
  {
    title: 'names of version 1.0.2',
    change: [
      ['<f:oszCode>0542.000017</f:oszCode>', '<f:OSZCode>0542.000017</f:OSZCode>'],
      ['<f:mszReceiver>', '<f:MSZ_receiver>'],
      ['</f:mszReceiver>', '</f:MSZ_receiver>'],
      [
        '<f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>',
        '<f:LMSZID>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:LMSZID>',
      ],
    ],
    told: [
      [
        6,
        'p:fact/f:OSZCode',
        'ожидался oszCode, а найден OSZCode; прописные и строчные буквы различаются',
        'expected oszCode, found OSZCode; capital and small letters are different letters',
      ],
      [
        7,
        'p:fact/f:MSZ_receiver',
        'ожидался mszReceiver, а найден MSZ_receiver',
        'expected mszReceiver, found MSZ_receiver',
      ],
      [
        42,
        'p:fact/f:LMSZID',
        'ожидался lmszId, а найден LMSZID; прописные и строчные буквы различаются',
        'expected lmszId, found LMSZID; capital and small letters are different letters',
      ],
    ],
  },
  {
    title: 'a Russian letter in the name of an element',
    change: [['<i:BirthDate>1986-03-08+03:00</i:BirthDate>', '<i:ВirthDate>1986-03-08+03:00</i:ВirthDate>']],
    told: [
      [
        12,
        'f:mszReceiver/i:ВirthDate',
        'ожидался BirthDate, а найден ВirthDate; русские буквы «В» стоят в имени вместо латинских',
        'expected BirthDate, found ВirthDate; the name has Russian letters «В» instead of Latin ones',
      ],
    ],
  },
  {
    title: 'two required elements missing',
    change: [
      ['<f:lmszId>b3a2c1d0-0b5e-11ef-9262-0242ac120002</f:lmszId>', ''],
      ['<f:categoryId>c4b3d2e1-0b5e-11ef-9262-0242ac120002</f:categoryId>', ''],
    ],
    told: [
      [
        44,
        'p:fact/f:decisionDate',
        'ожидался lmszId, а найден decisionDate; похоже, пропущены lmszId, categoryId',
        'expected lmszId, found decisionDate; lmszId, categoryId seem to be missing',
      ],
    ],
  },
  {
    title: 'no form of assignment',
    change: [['<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>', '']],
    told: [
      [
        63,
        'p:fact/f:assignmentInfo',
        'в assignmentInfo нет ни одного из: monetaryForm, naturalForm, exemptionForm, serviceForm',
        'assignmentInfo has none of these: monetaryForm, naturalForm, exemptionForm, serviceForm',
      ],
    ],
  },
  {
    title: 'measure unit by both codes',
    change: [
      [
        '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
        '<f:naturalForm><f:amount>2</f:amount><f:measuryCode>03</f:measuryCode><f:okeiCode>796</f:okeiCode><f:equivalentAmount>100</f:equivalentAmount></f:naturalForm>',
      ],
    ],
    told: [
      [
        64,
        'f:naturalForm/f:okeiCode',
        'okeiCode нельзя вместе с measuryCode: оставьте что-то одно из: measuryCode, okeiCode',
        'okeiCode cannot stand beside measuryCode: keep one of: measuryCode, okeiCode',
      ],
    ],
  },
  {
    title: 'equivalent amount missing at the end',
    change: [
      [
        '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>',
        '<f:naturalForm><f:amount>2</f:amount><f:okeiCode>796</f:okeiCode></f:naturalForm>',
      ],
    ],
    told: [
      [
        64,
        'f:assignmentInfo/f:naturalForm',
        'в naturalForm после okeiCode нет обязательного элемента equivalentAmount',
        'naturalForm lacks the required element equivalentAmount after okeiCode',
      ],
    ],
  },
  {
    title: 'an element inside a value',
    change: [['<f:amount>12500,00</f:amount>', '<f:amount><f:value>12500,00</f:value></f:amount>']],
    told: [
      [
        64,
        'f:monetaryForm/f:amount',
        'внутри amount допускается только значение, без вложенных элементов',
        'amount may hold a value only, no child elements',
      ],
    ],
  },
  {
    title: 'no reason person inside the wrapper',
    change: (xml) => xml.replace(/<r:basisPerson>[\s\S]*<\/r:basisPerson>/, ''),
    told: [
      [
        22,
        'p:fact/f:reasonPersons',
        'в reasonPersons нет обязательного элемента basisPerson',
        'reasonPersons lacks the required element basisPerson',
      ],
    ],
  },
  {
    title: 'two elements misspelt alike',
    change: [
      [
        '<f:needsCriteria><f:needsCriteriaCode>000011</f:needsCriteriaCode></f:needsCriteria>',
        '<f:needCriteria><f:needsCriteriaCode>000011</f:needsCriteriaCode></f:needCriteria>',
      ],
      [
        '<f:needsCriteria><f:needsCriteriaCode>000012</f:needsCriteriaCode></f:needsCriteria>',
        '<f:needCriteria><f:needsCriteriaCode>12а</f:needsCriteriaCode></f:needCriteria>',
      ],
    ],
    told: [
      [
        60,
        'f:needsCriteria/f:needCriteria[1]',
        'ожидался needsCriteria, а найден needCriteria',
        'expected needsCriteria, found needCriteria',
      ],
      [
        61,
        'f:needsCriteria/f:needCriteria[2]',
        'ожидался needsCriteria, а найден needCriteria',
        'expected needsCriteria, found needCriteria',
      ],
      [
        61,
        'f:needCriteria[2]/f:needsCriteriaCode',
        'needsCriteriaCode: значение «12а» не подходит: только цифры, от 1 до 10, например 1; здесь посторонний знак «а», 3-й символ',
        'needsCriteriaCode: value «12а» does not fit: digits only, 1 to 10, e.g. «1»; there is an alien sign «а», character 3',
      ],
    ],
  },
  {
    title: "remarks of the sender's own",
    change: [['<p:uuid>d5c4', '<p:note>1</p:note><p:note>2</p:note><p:note>3</p:note><p:uuid>d5c4']],
    told: [
      [
        66,
        'p:fact/p:note[1]',
        'ожидался uuid, а найден note; похоже, note здесь лишний, всего их 3',
        'expected uuid, found note; note seems superfluous here, 3 of them',
      ],
    ],
  },
  {
    title: 'a fact after a termination',
    change: (xml) => {
      const fact = xml.match(/<p:fact>[\s\S]*<\/p:fact>/)![0].replace(/\n\s*/g, '');
      return changed(xml, ['</p:terminationBasedOnEndOfRight>', `</p:terminationBasedOnEndOfRight>\n      ${fact}`]);
    },
    told: [
      [
        74,
        'p:elements/p:fact[2]',
        'fact стоит не на своём месте: он должен быть выше, перед terminationBasedOnEndOfRight',
        'fact is out of place: it belongs above, before terminationBasedOnEndOfRight',
      ],
    ],
  },
  {
    title: '1001 facts in a package',
    change: (xml) => xml.replace(/<p:fact>[\s\S]*<\/p:fact>/, (fact) => fact.repeat(1001)),
    told: [
      [
        62005,
        'p:elements/p:fact[1001]',
        'fact повторён: допускается не более 1000 раз, а здесь 1001',
        'fact is repeated: at most 1000 allowed, found 1001',
      ],
    ],
  },
];
