/** What integrators get wrong when they sign on their own, in words: what happened and what to do. */
export interface Mistake {
  readonly code: MistakeCode;
  readonly ru: string;
  readonly en: string;
  readonly fix: string;
  readonly fixEn: string;
}

type Row = readonly [ru: string, en: string, fix: string, fixEn: string];

const MISTAKES = {
  'no-smev-transform': [
    'подписан вывод exc-c14n: преобразование СМЭВ не применено',
    'the output of exc-c14n was hashed: the SMEV transform was not applied',
    'после exc-c14n примените urn://smev-gov-ru/xmldsig/transform и хэшируйте его вывод',
    'apply urn://smev-gov-ru/xmldsig/transform after exc-c14n and hash its output',
  ],
  reformatted: [
    'подписан вывод exc-c14n без преобразования СМЭВ, и похоже, после подписания документ переформатирован (добавлены отступы)',
    'the output of exc-c14n was hashed without the SMEV transform, and the document seems to have been reformatted after signing',
    'примените преобразование СМЭВ и отправляйте те же байты, что подписали',
    'apply the SMEV transform, and send the very bytes that were signed',
  ],
  'inclusive-c14n': [
    'подписан вывод включающей канонизации (c14n) вместо exc-c14n с преобразованием СМЭВ',
    'inclusive c14n was hashed instead of exc-c14n with the SMEV transform',
    'канонизируйте по http://www.w3.org/2001/10/xml-exc-c14n#, затем примените преобразование СМЭВ',
    'canonicalise by http://www.w3.org/2001/10/xml-exc-c14n#, then apply the SMEV transform',
  ],
  'greater-sign': [
    'преобразование СМЭВ экранирует «>» не так, как Woodstox (старая реализация без шага 9)',
    'the SMEV transform escapes ">" unlike Woodstox (an old port without step 9)',
    'в тексте «>» пишется как &gt; только в начале текста и после «]», в текстах от 12 символов — ещё после экранированного знака',
    'write ">" as &gt; only at the beginning of a text and after "]", in texts of 12 characters and more also after an escaped one',
  ],
  'carriage-return': [
    'символ CR в тексте записан не как &#xd;',
    'the character CR in text was not written as &#xd;',
    'в преобразовании СМЭВ пишите CR как &#xd; или уберите его из данных до подписания',
    'write CR as &#xd; in the SMEV transform, or remove it before signing',
  ],
  'divided-text': [
    'текст разделён на части у &amp; и подобных, и части из одних пробелов потеряны (реализация на StAX из JDK)',
    "a text was divided at &amp; and the like, and its blank parts were lost (a port on the JDK's StAX)",
    'читайте текст целиком (IS_COALESCING) и отбрасывайте его, только если он весь из пробелов',
    'read texts whole (IS_COALESCING) and drop one only when all of it is blank',
  ],
  'kept-blanks': [
    'тексты из одних пробелов не отброшены (шаг 2 преобразования СМЭВ)',
    'texts of blanks only were not dropped (step 2 of the SMEV transform)',
    'отбрасывайте тексты, в которых все символы не больше U+0020',
    'drop texts all of whose characters are up to U+0020',
  ],
  'trimmed-texts': [
    'хэш посчитан по текстам без пробелов по краям: похоже, после подписания документ переформатирован, либо преобразование обрезает тексты',
    'texts were hashed without blanks at their ends: the document seems to have been reformatted after signing, or the transform trims texts',
    'отправляйте те же байты, что подписали; пробелы по краям текста преобразование сохраняет',
    'send the very bytes that were signed; the transform keeps blanks at the ends of a text',
  ],
  'empty-elements': [
    'пустые элементы записаны как <a/> (шаг 3)',
    'empty elements were written as <a/> (step 3)',
    'пишите пустой элемент парой тегов: <a></a>',
    'write an empty element as a pair of tags: <a></a>',
  ],
  'attribute-order': [
    'атрибуты не упорядочены по шагу 7',
    'attributes were not sorted by step 7',
    'сначала атрибуты с пространством имён (по URI, затем по имени), потом остальные по имени',
    'those with a namespace first (by URI, then by name), then the others by name',
  ],
  'first-prefix': [
    'префиксы нумеруются с ns0',
    'prefixes are numbered from ns0',
    'первый префикс — ns1; счётчик один на весь фрагмент',
    'the first prefix is ns1; one counter serves the whole fragment',
  ],
  'transform-before-c14n': [
    'преобразование СМЭВ применено к документу, а не к выводу exc-c14n: секции CDATA остались секциями',
    'the SMEV transform was applied to the document and not to the output of exc-c14n: CDATA sections stayed sections',
    'сначала exc-c14n, затем преобразование СМЭВ',
    'exc-c14n first, then the SMEV transform',
  ],
  'id-added-later': [
    'хэш посчитан до того, как к элементу добавлен атрибут Id',
    'the digest was made before the attribute Id was added to the element',
    'добавьте Id до вычисления хэша',
    'add Id before the digest is made',
  ],
  'another-element': [
    'DigestValue — хэш другого элемента этого сообщения',
    'DigestValue is the digest of another element of this message',
    'подписывайте тот элемент, который называет операция, и ссылайтесь на его Id',
    'sign the element the operation names, and refer to its Id',
  ],
  'xml-declaration': [
    'перед вычислением хэша к преобразованным байтам добавлено объявление XML или BOM',
    'an XML declaration or a byte-order mark was put before the octets that were hashed',
    'хэшируйте вывод преобразования без <?xml …?> и без BOM',
    'hash the output of the transform without <?xml …?> and without a BOM',
  ],
  'other-digest-method': [
    'хэш посчитан не тем алгоритмом, который назван в DigestMethod',
    'the digest was made by another algorithm than DigestMethod names',
    'укажите в DigestMethod алгоритм, которым считали хэш',
    'name the algorithm that was used in DigestMethod',
  ],
  'digest-byte-order': [
    'байты DigestValue записаны в обратном порядке',
    'the bytes of DigestValue are in reverse order',
    'кодируйте в base64 байты хэша в том порядке, в каком их даёт функция хэширования ГОСТ Р 34.11-2012',
    'encode the bytes of the digest in the order the hash function gives them',
  ],
  'digest-in-hex': [
    'в DigestValue закодирована шестнадцатеричная запись хэша, а не его байты',
    'DigestValue encodes the hexadecimal text of the digest, not its bytes',
    'кодируйте в base64 сами байты хэша',
    'encode the bytes themselves in base64',
  ],
  'digest-of-digest': [
    'хэш посчитан дважды: DigestValue — хэш от хэша',
    'the digest was made twice: DigestValue is the digest of a digest',
    'хэшируйте преобразованные байты один раз',
    'hash the transformed octets once',
  ],
  'signed-info-reformatted': [
    'хэш верен, но SignedInfo переформатирован после подписания: между его тегами появились пробелы',
    'the digest is right, but SignedInfo was reformatted after signing: blanks appeared between its tags',
    'не меняйте ds:Signature после подписания, не форматируйте конверт',
    'do not touch ds:Signature after signing; do not format the envelope',
  ],
  'signed-info-c14n': [
    'хэш верен, но SignedInfo подписан не в виде exc-c14n (включающая канонизация или неканонизированный текст)',
    'the digest is right, but SignedInfo was signed in another form than exc-c14n (inclusive c14n, or not canonicalised)',
    'канонизируйте SignedInfo по exc-c14n в том месте документа, где он стоит',
    'canonicalise SignedInfo by exc-c14n where it stands in the document',
  ],
  'signed-info-transformed': [
    'хэш верен, но к SignedInfo применено преобразование СМЭВ',
    'the digest is right, but the SMEV transform was applied to SignedInfo',
    'преобразование СМЭВ — только для подписываемого элемента; SignedInfo — exc-c14n',
    'the SMEV transform is for the signed element only; SignedInfo takes exc-c14n',
  ],
  'signed-element': [
    'хэш верен, но подписан сам элемент, а не SignedInfo',
    'the digest is right, but the element itself was signed and not SignedInfo',
    'подписывайте канонический вид SignedInfo, в котором уже стоит DigestValue',
    'sign the canonical form of SignedInfo with DigestValue in it',
  ],
  'signed-digest': [
    'хэш верен, но подписан хэш SignedInfo как данные: хэширование применено дважды',
    'the digest is right, but the digest of SignedInfo was signed as data: it was hashed twice',
    'передайте функции подписи сам SignedInfo или вызовите подпись готового хэша',
    'hand SignedInfo itself to the signing function, or use the call that signs a ready digest',
  ],
  'value-der': [
    'SignatureValue записан в ASN.1 (DER), а не как r‖s',
    'SignatureValue is in ASN.1 (DER), not raw r‖s',
    'запишите r и s подряд, каждое длиной в размер ключа',
    "write r and s one after the other, each of the key's length",
  ],
  'value-byte-order': [
    'байты SignatureValue переставлены (обратный порядок или s‖r вместо r‖s)',
    'the bytes of SignatureValue are in another order (reversed, or halves swapped)',
    'для ECDSA порядок r‖s, для ГОСТ — как даёт криптопровайдер, без перестановок',
    'ECDSA takes r‖s; GOST takes what the provider gives, unchanged',
  ],
  'other-signature-method': [
    'хэш верен, но подпись сделана другим алгоритмом, чем назван в SignatureMethod',
    'the digest is right, but the signature was made by another algorithm than SignatureMethod names',
    'укажите в SignatureMethod алгоритм, которым подписали',
    'name the algorithm that was used in SignatureMethod',
  ],
} as const satisfies Record<string, Row>;

export type MistakeCode = keyof typeof MISTAKES;

export const MISTAKE_CODES = Object.keys(MISTAKES) as readonly MistakeCode[];

export function mistake(code: MistakeCode): Mistake {
  const [ru, en, fix, fixEn]: Row = MISTAKES[code];
  return { code, ru, en, fix, fixEn };
}
