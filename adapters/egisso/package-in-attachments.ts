import type { Attachment } from '../../src/message/index.js';
import { readXml, rootOf } from '../kit/index.js';
import { FORMATS } from './namespaces.js';
import { packageFromXml } from './package-from-xml.js';
import type { ElementJson } from './registry-api.js';

/** The one package a 10.10.I message announces, or why there is none to read; the registry words its protocol from that. */
export type Announced =
  | { readonly packageId: string; readonly elements: readonly ElementJson[] }
  | { readonly unreadable: readonly string[] };

export function packageInAttachments(attachments: readonly Attachment[]): Announced {
  const roots = attachments.map((attachment) => ({ attachment, root: rootOf(attachment.content) }));
  const [carried, ...more] = roots.filter(({ root }) => root?.namespace === FORMATS.facts && root.local === 'data');
  if (!carried) {
    const others = roots.flatMap(({ root }) => root?.namespace || []).map((namespace) => `; получено ${namespace}`);
    return { unreadable: [`Сообщение не содержит вложения с данными формата 10.06.S версии 1.1.0${others.join('')}`] };
  }
  if (more.length > 0) {
    const count = more.length + 1;
    return { unreadable: [`Сообщение содержит вложений с данными формата 10.06.S: ${count}, ожидается одно`] };
  }
  const found = packageFromXml(readXml(carried.attachment.content));
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(found.packageId)) return found;
  return { unreadable: ['Идентификатор пакета данных не является UUID'] };
}
