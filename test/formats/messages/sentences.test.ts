import { expect } from 'chai';
import { describeAll } from '../../../src/formats/messages/describe.js';
import { exampleOf } from '../../../src/formats/messages/example-of.js';
import { judgeThoroughly } from '../../../src/formats/messages/judge-thoroughly.js';
import { understand } from '../../../src/formats/messages/libxml2-messages.js';
import { counted, shown } from '../../../src/formats/messages/phrase.js';
import { compileSchema, initXsd, XsdSchema } from '../../../src/xml/index.js';
import { rootOf, signedContent } from '../sample.js';
import { SMALL_SCHEMA, smallContent } from './small-schema.js';

/** A content of `data`, and the texts that must come of it. */
const SENTENCES: readonly (readonly [string, ...string[]])[] = [
  ['<code>XY</code>', 'code: значение «XY» не подходит: нужен вид по образцу [A-F]{2}-\\d{3}, например AA-111'],
  [
    '<when>2024-05-31</when>',
    'when: значение «2024-05-31» не подходит: нужны дата и время вида 2024-05-31T10:15:00+03:00; пишите «2024-05-31T00:00:00+03:00»',
  ],
  [
    '<when>2024-05-31 10:00:00</when>',
    'when: значение «2024-05-31 10:00:00» не подходит: нужны дата и время вида 2024-05-31T10:15:00+03:00; пишите «2024-05-31T10:00:00»',
  ],
  [
    '<price>1.234</price>',
    'price: значение «1.234» слишком точное: знаков после точки допускается не более 2, а здесь 3',
  ],
  ['<price>123456</price>', 'price: значение «123456» слишком длинное: цифр допускается не более 5, а здесь 6'],
  ['<price>-1</price>', 'price: значение «-1» меньше допустимого: не меньше 0'],
  ['<price>x</price>', 'price: значение «x» не подходит: нужно число с точкой, без пробелов'],
  ['<price>900</price>', 'price: значение «900» велико: должно быть меньше 900'],
  ['<share>0</share>', 'share: значение «0» мало: должно быть больше 0'],
  ['<share>101</share>', 'share: значение «101» больше допустимого: не больше 100'],
  ['<count>0</count>', 'count: значение «0» не подходит: нужно целое число, от 1'],
  ['<whole>1 000</whole>', 'whole: значение «1 000» не подходит: нужно целое число; пишите «1000»'],
  ['<whole>1.5</whole>', 'whole: значение «1.5» не подходит: нужно целое число'],
  ['<year>24</year>', 'year: значение «24» не подходит: нужен год четырьмя цифрами'],
  ['<short>a</short>', 'short: значение «a» слишком короткое, нужно не меньше 2, а здесь 1 символ'],
  ['<short>abcd</short>', 'short: значение «abcd» слишком длинное, допускается не более 3, а здесь 4 символа'],
  ['<short/>', 'short: пустое значение не допускается; если сведений нет, необязательный элемент опускают целиком'],
  [
    '<either>q</either>',
    'either: значение «q» не подходит: нужна дата вида ГГГГ-ММ-ДД; или нужно true или false (или 1, 0)',
  ],
  ['<numbers>1 x 3</numbers>', 'numbers: значение «x» не подходит: нужно целое число'],
  [
    '<named>z:a</named>',
    'объявите префикс «z»: он стоит только в значении (named) и под подпись не попал; используйте его в имени элемента или перечислите в InclusiveNamespaces PrefixList',
  ],
  ['<pair a="1"/>', 'в pair нет обязательного элемента x'],
  ['<pair a="1"><x/><y/><y/><y/></pair>', 'y повторён: допускается не более 2 раз, а здесь 3'],
  ['<pair><x/></pair>', 'нет обязательного атрибута a'],
  [
    '<pair a="q" f="2" zz="1"><x/></pair>',
    'атрибут a: значение «q» не подходит: нужно целое число',
    'атрибут f: значение «2» не подходит: допустимо только «1»',
    'атрибут zz здесь не допускается: уберите его',
  ],
  ['<pair a="1">text<x/></pair>', 'внутри pair стоит текст, а допускаются только вложенные элементы'],
  ['<choice/>', 'в choice нет ни одного из: x, y'],
  ['<choice><z/></choice>', 'ожидался один из: x, y, а найден z'],
  ['<choice><x/><y/></choice>', 'y нельзя вместе с x: оставьте что-то одно из: x, y'],
  ['<pairs><x/><x/><y/></pairs>', 'ожидался y, а найден x; похоже, пропущен y'],
  ['<either-then><z/></either-then>', 'ожидался один из: x, y, а найден z; похоже, пропущен один из: x, y, а также w'],
  ['<empty>txt</empty>', 'элемент empty должен быть пустым'],
  ['<empty><x/></empty>', 'элемент empty должен быть пустым'],
  ['<always>false</always>', 'always: значение «false» не подходит: допустимо только «true»'],
  ['<typed xsi:type="nope"/>', 'тип «nope», названный в xsi:type, в формате не описан'],
  [
    '<typed xsi:type="z:nope"/>',
    'объявите префикс «z»: он стоит только в значении (xsi:type) и под подпись не попал; используйте его в имени элемента или перечислите в InclusiveNamespaces PrefixList',
  ],
  ['<typed xsi:type="abstract"/>', 'тип «abstract» из xsi:type здесь не допускается'],
  ['<ghost/>', 'тип элемента ghost отвлечённый: укажите xsi:type'],
  [
    '<nil xsi:nil="true">x</nil>',
    'у элемента с xsi:nil="true" не может быть содержимого: уберите xsi:nil или содержимое',
  ],
  ['<code xsi:nil="true"/>', 'xsi:nil здесь не допускается: заполните code или, если он необязателен, уберите'],
  ['<open><foo xmlns="urn:o"/></open>', 'элемент foo в этом формате не описан (пространство имён urn:o)'],
  ['<open><x/></open>', 'ожидался любой элемент другого пространства имён, а найден x; похоже, x здесь лишний'],
  ['<key>1</key><key>1</key>', 'значение «1» повторяется, а должно быть единственным'],
  ['<key>1</key><ref>2</ref>', 'значение «2» ссылается на то, чего в документе нет'],
  ['<count><x/></count>', 'внутри count допускается только значение, без вложенных элементов'],
  ['text', 'внутри data стоит текст, а допускаются только вложенные элементы'],
  [
    '<alien/>',
    'ожидался один из: code, when, price, share, count, whole, year, short, either, numbers …, а найден alien; похоже, alien здесь лишний',
  ],
  [
    '<x xmlns="urn:o"/>',
    'ожидался один из: code, when, price, share, count, whole, year, short, either, numbers …, а найден x; похоже, x здесь лишний',
  ],
  ['<code xmlns="">AA-111</code>', 'code стоит без пространства имён: ожидалось urn:t'],
  [
    '<when>2024-02-31T00:00:00</when>',
    'when: значение «2024-02-31T00:00:00» не подходит: дня 31 в месяце 02.2024 нет: последний — 29',
  ],
];

describe('every sentence of libxml2', () => {
  let schema: XsdSchema;
  before(async () => {
    await initXsd();
    const compiled = compileSchema(new Map([['small.xsd', Buffer.from(SMALL_SCHEMA)]]), 'small.xsd');
    if (!(compiled instanceof XsdSchema)) throw new Error(compiled.text);
    schema = compiled;
  });
  after(() => schema.dispose());

  for (const [content, ...texts] of SENTENCES)
    it(`is told in words: ${content}`, () => {
      const xml = `<data xmlns="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</data>`;
      const root = rootOf(xml);
      const placed = judgeThoroughly(
        signedContent(xml).octets,
        root,
        (octets) => schema.validate(octets),
        () => smallContent(),
      );
      expect(placed.map((p) => p.complaint.kind)).to.not.include('unknown');
      const told = describeAll(placed, root);
      expect(told.map((v) => v.text)).to.deep.equal(texts);
      for (const v of told) expect(v.textEn).to.match(/^[^а-яё]*$/i);
    });

  it('that is not known keeps a Russian frame around the raw words', () => {
    const root = rootOf('<data/>');
    const message = "Element 'data': Something new in libxml2 9.";
    const complaint = understand(message, '/data');
    expect(complaint.kind).to.equal('unknown');
    expect(describeAll([{ complaint, line: 1, element: root }], root)[0]!.text).to.equal(
      'элемент data не соответствует схеме (сообщение проверяющего: «Something new in libxml2 9.»)',
    );
    expect(understand('out of memory').kind).to.equal('unknown');
  });

  it('that it cannot compare a value with a limit names the element and the value', () => {
    const root = rootOf('<Год>19991999</Год>');
    const complaint = understand('Internal error: xmlSchemaValidateFacets, validating against a atomic type.', '/Год');
    expect(describeAll([{ complaint, line: 1, element: root }], root)[0]!.text).to.equal(
      'Год: значение «19991999» нельзя сверить с допустимым пределом',
    );
  });

  it('may quote values with quotes and line breaks', () => {
    const said = understand(
      "Element 'a': [facet 'pattern'] The value 'it's\nhere' is not accepted by the pattern '\\d'.",
    );
    expect(said).to.deep.include({ kind: 'pattern', value: "it's\nhere", pattern: '\\d' });
  });
});

describe('words', () => {
  it('count in Russian', () => {
    const symbols = [1, 2, 5, 11, 12, 21, 22, 111].map((n) => counted(n, 'символ', 'символа', 'символов'));
    expect(symbols.join(', ')).to.equal(
      '1 символ, 2 символа, 5 символов, 11 символов, 12 символов, 21 символ, 22 символа, 111 символов',
    );
  });

  it('show a value shortened and on one line', () => {
    expect(shown('а\nб\tв')).to.equal('«а⏎б·в»');
    expect(shown('я'.repeat(100))).to.have.length(60);
  });

  it('give an example of a pattern, or none when it is too subtle', () => {
    expect(exampleOf('[A-F]{2}-\\d{3}')).to.equal('AA-111');
    expect(exampleOf('(ab|c)+x?')).to.match(/^(ab|c)+x?$/);
    expect(exampleOf('[^a]')).to.equal(undefined);
    expect(exampleOf('\\p{L}')).to.equal(undefined);
    expect(exampleOf('(a')).to.equal(undefined);
    expect(exampleOf('a{1000}')).to.equal(undefined);
  });
});
