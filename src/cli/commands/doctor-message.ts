import type { Command } from 'commander';
import { describe as describeFault, isFault } from '../../faults/index.js';
import type { Shown, XRay } from '../../signature/index.js';
import { action, type Context } from '../context.js';
import { examineMessage } from '../doctor/message.js';
import { EXIT, isProblem } from '../exit-codes.js';
import { readInput } from '../read-input.js';

/** Characters of one form that are printed; --json prints all that is known. */
const MOST_PRINTED = 2_000;

/** `gateway doctor message FILE`: offline; exit 1 when a signature does not verify or cannot be looked at. */
export function registerDoctorMessage(doctor: Command, context: Context): void {
  const { texts, settings } = context;
  const command = doctor
    .command('message')
    .description(texts.doctorMessage)
    .argument('<file>', texts.preflightFile)
    .option('--canonical <file>', texts.canonical)
    .option('--version <1.1|1.2|1.3>', texts.messageVersion)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway doctor message envelope.xml --canonical mine.xml`);
  action(command, context, async (path: string, options: { version?: string; canonical?: string }) => {
    const file = readInput(path, texts);
    if (isProblem(file)) return file;
    const canonical = options.canonical === undefined ? undefined : readInput(options.canonical, texts);
    if (isProblem(canonical)) return canonical;
    const found = examineMessage({
      file,
      certificates: settings.certificates,
      now: Date.now(),
      ...(options.version !== undefined && { version: options.version }),
      ...(canonical && { canonical }),
    });
    const ru = settings.language === 'ru';
    if (isFault(found)) return { data: { fault: found }, text: `${describeFault(found)}\n`, exit: EXIT.bad };
    if ('unreadable' in found)
      return { data: found, text: `${ru ? found.unreadable : found.unreadableEn}\n`, exit: EXIT.bad };
    const verifies = found.signatures.every((s) => s.refusal === undefined && s.structure === undefined);
    const trusted = found.signatures.every((s) => (s.trustProblems ?? []).length === 0);
    return {
      data: found,
      text: found.signatures.map((s) => `${s.signature}: ${inWords(s, ru)}`).join('\n'),
      exit: verifies && trusted ? EXIT.done : EXIT.bad,
    };
  });
}

/** What a person reads first, then the evidence. */
export function inWords(ray: XRay, ru: boolean): string {
  const { algorithms, digest, value, certificate, clock, departure } = ray;
  const line = (name: string, nameEn: string, text: string | undefined) =>
    text === undefined ? [] : [`  ${ru ? name : nameEn}: ${text}`];
  const key =
    value &&
    { registered: '', message: ru ? ' (ключ из сообщения)' : ' (key of the message)', unusable: '' }[value.key];
  return [
    ray.verdict[ru ? 'ru' : 'en'],
    ...line('элемент', 'element', ray.element),
    ...line('алгоритмы', 'algorithms', algorithms && `${algorithms.signature}, ${algorithms.digest}`),
    ...line('хэш вычислен', 'digest computed', digest?.computed),
    ...line('хэш указан', 'digest declared', digest?.declared),
    ...line(
      'значение подписи',
      'signature value',
      value && (value.verifies ? 'ok' : ru ? 'не проходит' : 'does not verify') + key,
    ),
    ...line('сертификат', 'certificate', certificate && `${certificate.serial}, ${certificate.subject}`),
    ...line('выпущен', 'issued by', certificate?.issuer),
    ...line('действует', 'valid', certificate && `${certificate.notBefore} – ${certificate.notAfter}`),
    ...(ray.path ?? [])
      .slice(1)
      .flatMap((step) => line('выше', 'above', `${step.subject}, ${step.notBefore} – ${step.notAfter}`)),
    ...line('время сообщения', 'time of the message', clock.message),
    ...line('расходится с байта', 'departs at byte', departure && `${departure.byte}`),
    ...line('у вас', 'yours', departure && `…${departure.theirs.before}▸${departure.theirs.after}…`),
    ...line('у нас', 'ours', departure && `…${departure.ours.before}▸${departure.ours.after}…`),
    ...line('канонический вид', 'canonical form', printed(ray.canonical, ru)),
    ...line('после преобразования', 'transformed', ray.transformed && printed(ray.transformed, ru)),
    ...line('SignedInfo', 'SignedInfo', ray.signedInfo && printed(ray.signedInfo, ru)),
    '',
  ].join('\n');
}

function printed({ text, bytes }: Shown, ru: boolean): string {
  const short = text.length > MOST_PRINTED ? `${text.slice(0, MOST_PRINTED)}…` : text;
  return `${bytes} ${ru ? 'байт' : 'bytes'}\n    ${short}`;
}
