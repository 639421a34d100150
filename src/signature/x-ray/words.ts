import type { TrustVerdict } from '../trust/index.js';
import type { Departure } from './departure.js';
import type { Seen, Words } from './film.js';

interface Besides {
  readonly trust?: TrustVerdict;
  /** How far the message's time is ahead of ours, ms. */
  readonly ahead?: number;
}

/** A difference worth a word; stages have limits of their own. */
const CLOCK_WORTH_SAYING = 5 * 60_000;

/** What is wrong first, then whatever else an engineer should look at. */
export function wordsOf(seen: Seen, besides: Besides): Words {
  return joined([ofSignature(seen), ...ofTrust(besides.trust), ...ofClock(besides.ahead)]);
}

function ofSignature(seen: Seen): Words {
  const { structure, refusal, digest, mistake, departure } = seen;
  if (structure !== undefined) return { ru: structure, en: `The signature is outside the profile: ${structure}` };
  if (refusal === undefined) return { ru: 'Подпись верна', en: 'The signature verifies' };
  if (digest === undefined || seen.value?.key === 'unusable')
    return { ru: refusal, en: `The signature cannot be judged: ${refusal}` };
  const [head, headEn] = digest.matches ? ['', ''] : ['хэш не совпадает: ', 'the digest differs: '];
  if (mistake !== undefined) {
    return sentence({
      ru: `${head}${mistake.ru}. Исправление: ${mistake.fix}`,
      en: `${headEn}${mistake.en}. Fix: ${mistake.fixEn}`,
    });
  }
  if (!digest.matches) return sentence(ofDifference(departure));
  return {
    ru: 'Хэш верен, но значение подписи не проходит проверку этим ключом: SignedInfo изменён после подписания, или подписано ключом другого сертификата',
    en: 'The digest is right, but the value does not verify with this key: SignedInfo was changed after signing, or the key of another certificate signed',
  };
}

function ofDifference(departure: Departure | undefined): Words {
  if (departure === undefined) {
    return {
      ru: 'хэш не совпадает: в подписанном элементе изменён текст, атрибут или состав элементов после подписания, и ни одна известная ошибка преобразования этого не объясняет. Пришлите свой канонический вид: будет назван первый отличающийся байт',
      en: 'the digest differs: a text, an attribute or the elements were changed after signing, and no known mistake of the transform explains it. Supply your own canonical form to learn the first byte that differs',
    };
  }
  const { byte, ours, theirs, whiteSpaceOnly, against } = departure;
  const [form, formEn] =
    against === 'canonical'
      ? ['канонический вид', 'canonical form']
      : ['вывод преобразования', 'output of the transform'];
  const blanks = whiteSpaceOnly
    ? '; отличаются только пробелы: похоже, после подписания документ переформатирован'
    : '';
  const blanksEn = whiteSpaceOnly
    ? '; only white space differs: the document seems to have been reformatted after signing'
    : '';
  return {
    ru: `хэш не совпадает: ваш ${form} расходится с нашим с байта ${byte}: у вас «${theirs.after.slice(0, 30)}», у нас «${ours.after.slice(0, 30)}»${blanks}`,
    en: `the digest differs: your ${formEn} leaves ours at byte ${byte}: yours “${theirs.after.slice(0, 30)}”, ours “${ours.after.slice(0, 30)}”${blanksEn}`,
  };
}

function ofTrust(trust: TrustVerdict | undefined): Words[] {
  return (trust?.problems ?? []).map(({ text, textEn }) => ({ ru: text, en: textEn }));
}

function ofClock(ahead: number | undefined): Words[] {
  if (ahead === undefined || Math.abs(ahead) < CLOCK_WORTH_SAYING) return [];
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return [
    {
      ru: `Часы отправителя ${ahead > 0 ? 'впереди наших' : 'позади наших'} на ${minutes} мин (или сообщение подписано тогда)`,
      en: `The sender's clock is ${minutes} min ${ahead > 0 ? 'ahead of' : 'behind'} ours (or the message was signed then)`,
    },
  ];
}

function sentence({ ru, en }: Words): Words {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return { ru: capital(ru), en: capital(en) };
}

function joined(words: readonly Words[]): Words {
  return { ru: words.map((w) => w.ru).join('. '), en: words.map((w) => w.en).join('. ') };
}
