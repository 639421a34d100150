import type { RefAttachmentHeader } from '../envelope/index.js';
import { type Fault, fault } from '../faults/index.js';
import type { Attachment } from '../message/index.js';
import type { StoredMessage } from '../ports/index.js';
import { derOf, refusalOfDetached } from '../signature/index.js';
import type { FileFacts } from './file-desk.js';
import { digestsOfLength, fileReferences } from './file-references.js';
import type { World } from './world.js';

const PROBLEMS: Readonly<Record<NonNullable<FileFacts['problem']>, string>> = {
  absent: 'файла нет в хранилище: загрузите его до отправки сообщения',
  writing: 'загрузка файла ещё не закончена',
  foreign: 'файл уже передан сообщением другого участника: загрузите свой под новым UUID',
  damaged: 'файл не читается: загрузите его заново',
};

/** What refuses a message for its files in the store; undefined when every file is what its signed header says. */
export function refusalOfFiles(
  headers: readonly RefAttachmentHeader[],
  facts: readonly FileFacts[],
  message: StoredMessage,
  world: World,
): Fault | undefined {
  if (headers.length === 0) return undefined;
  const byUuid = new Map(facts.map((f) => [f.uuid, f]));
  const pairs = headers.map((header) => ({ header, file: byUuid.get(header.uuid.toLowerCase()) }));
  const problems = pairs.flatMap(({ header, file }) => {
    const wrong = file === undefined ? PROBLEMS.absent : wrongWith(header, file);
    return wrong === undefined ? [] : [`файл «${header.uuid}»: ${wrong}`];
  });
  if (problems.length > 0)
    return fault(
      'AttachmentContentMiscoordination',
      `Файлы в хранилище не соответствуют заголовкам: ${problems.join('; ')}`,
    );
  return tooLarge(facts, message, world) ?? wrongSignatures(pairs, message, world);
}

function wrongWith({ hash, fileName }: RefAttachmentHeader, file: FileFacts): string | undefined {
  if (file.problem !== undefined) return PROBLEMS[file.problem];
  if (fileName !== undefined && fileName.replace(/^\/?([0-9a-fA-F-]{36}\/)?/, '').normalize('NFC') !== file.name)
    return `в заголовке FileName «${fileName.slice(0, 255)}», в хранилище «${file.name}»`;
  const expected = Buffer.from(hash, 'base64');
  const known = digestsOfLength(hash).flatMap((uri) => file.digests[uri] ?? []);
  if (known.length === 0) return 'этот шлюз запущен без криптопровайдера ГОСТ и не может проверить Hash';
  if (known.some((digest) => expected.equals(digest))) return undefined;
  const real = known.map((digest) => Buffer.from(digest).toString('base64')).join(' или ');
  return `Hash не совпадает: в хранилище ${file.size} байт с хэшем ${real}. Загрузка оборвалась, или это другой файл`;
}

/** All files of a message together, and each document that has to be read whole. */
function tooLarge(facts: readonly FileFacts[], message: StoredMessage, { limits }: World): Fault | undefined {
  const real = facts.reduce((sum, { size }) => sum + size, 0);
  if (real > limits.files)
    return limitExceeded(real, limits.files, `Файлы сообщения занимают ${real} байт, допускается ${limits.files}`);
  const documents = new Set(fileReferences(message).flatMap((r) => (r.document ? [r.uuid] : [])));
  const long = facts.find(({ uuid, size }) => documents.has(uuid) && size > limits.fileDocument);
  if (long === undefined) return undefined;
  const text = `Документ XML в файле «${long.uuid}» занимает ${long.size} байт, проверяется не больше ${limits.fileDocument}. Разделите его`;
  return limitExceeded(long.size, limits.fileDocument, text);
}

function limitExceeded(real: number, permitted: number, text: string): Fault {
  return fault('AttachmentSizeLimitExceeded', text, {
    extra: { PermittedTotalAttachmentSize: permitted, RealTotalAttachmentSize: real },
  });
}

function wrongSignatures(
  pairs: readonly { readonly header: RefAttachmentHeader; readonly file: FileFacts | undefined }[],
  { sender, acceptedAt }: StoredMessage,
  { provider, trust, directory }: World,
): Fault | undefined {
  const registered = (directory.participant(sender)?.certificates ?? []).map(derOf);
  const refusals = pairs.flatMap(({ header: { uuid, pkcs7 }, file }) => {
    if (pkcs7 === undefined || file === undefined) return [];
    const wrong = refusalOfDetached(pkcs7, file, { provider, trust, at: acceptedAt, registered });
    return wrong === undefined ? [] : [`файл «${uuid}»: ${wrong}`];
  });
  if (refusals.length === 0) return undefined;
  return fault('SignatureVerificationFault', `Подпись файла (SignaturePKCS7) неверна: ${refusals.join('; ')}`, {
    signature: 'SignatureIsInvalid',
  });
}

/** Files that hold documents, as attachments like any other: what reads documents does not see where they came from. */
export function documentsInFiles(
  headers: readonly RefAttachmentHeader[],
  facts: readonly Pick<FileFacts, 'uuid' | 'content'>[],
): readonly Attachment[] {
  return headers.flatMap(({ uuid, mimeType, namespaceUri }) => {
    const content = facts.find((f) => f.uuid === uuid.toLowerCase())?.content;
    if (content === undefined) return [];
    return [{ contentId: uuid, mimeType, content, ...(namespaceUri === undefined ? {} : { namespaceUri }) }];
  });
}
