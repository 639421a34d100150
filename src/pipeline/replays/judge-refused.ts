import { readSigned, versionOfNamespace } from '../../envelope/index.js';
import { isFault } from '../../faults/index.js';
import { acceptable } from '../../formats/index.js';
import { openBody } from '../../journal/index.js';
import { nameOf } from '../../message/index.js';
import { isXmlProblem, parseXml } from '../../xml/index.js';
import { judgeContent } from '../check-late.js';
import type { Job } from '../outcome.js';
import type { World } from '../world.js';
import type { TodaysVerdict } from './todays-verdict.js';

/** Judges the kept element of a refused message as of `at`. Signature, MessageID and duplicates are its next sending's affair. */
export function judgeRefused(
  { body, sender, at }: Extract<Job, { job: 'judge-refused' }>,
  world: World,
): TodaysVerdict {
  const parts = openBody(body.container, body.keys, world.vault);
  const part = parts === 'damaged' ? undefined : parts.find((p) => p.name === 'element');
  if (part === undefined || part.erased.length > 0) return { verdict: 'unknown', why: 'тело не хранится' };
  const tree = parseXml(part.bytes);
  if (isXmlProblem(tree)) return { verdict: 'would-be-refused', why: tree.text };
  const version = versionOfNamespace(tree.namespaceOf(tree.root));
  if (version === undefined) return { verdict: 'would-be-refused', why: 'не элемент обмена' };
  const isRequest = tree.localNameOf(tree.root) === 'SenderProvidedRequestData';
  const data = readSigned(tree, tree.root, version, isRequest ? 'SendRequest' : 'SendResponse', world.offset);
  if (isFault(data)) return { verdict: 'would-be-refused', why: data.description };
  if (data.kind === 'request') {
    const { contentName } = data;
    const entry = world.catalogue.find(contentName.namespace, contentName.local);
    const judged =
      entry === undefined ? world.catalogue.unknown(contentName) : acceptable(entry, at, { test: data.test });
    if (isFault(judged)) return { verdict: 'would-be-refused', why: judged.description };
    const format = nameOf(contentName);
    const operation = entry?.format.exchange === 'broadcast' ? 'broadcast' : 'request';
    if (!world.directory.maySend(sender, format, at, operation))
      return { verdict: 'would-be-refused', why: `нет права на ${format}` };
  }
  const test = data.kind === 'request' && data.test;
  const opened = { tree, data, attachments: [], upgraded: new Map<number, Buffer>() };
  const wrong = judgeContent({ messageId: '', sender, test }, opened, at, world);
  if (wrong !== undefined)
    return { verdict: 'would-be-refused', why: wrong.violations?.[0]?.text ?? wrong.description };
  const attached = 'attachmentHeaders' in data && data.attachmentHeaders.length > 0;
  return attached
    ? { verdict: 'unknown', why: 'вложения отказанных сообщений не хранятся' }
    : { verdict: 'would-be-accepted' };
}
