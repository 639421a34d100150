import type { XmlElement, XmlTree } from '../xml/index.js';
import { optional, type Place, textOf } from './place.js';
import { readBase64 } from './schema/lexical.js';
import type { ArchiveFile, AttachmentHeader, Delivered, RefAttachmentHeader } from './signed.js';

/** MessagePrimaryContent and what follows it in requests and responses alike. */
export function readDelivered({ tree, element, names }: Place): Delivered {
  const primary = tree.child(element, names.basic, 'MessagePrimaryContent')!;
  const content = tree.children(primary)[0]!;
  const list = (local: string) => {
    const found = tree.child(element, names.basic, local);
    return found === undefined ? [] : tree.children(found);
  };
  return {
    content,
    contentName: { namespace: tree.namespaceOf(content), local: tree.localNameOf(content) },
    ...optional('personalSignature', tree.child(element, names.types, 'PersonalSignature')),
    attachmentHeaders: list('AttachmentHeaderList').map((header) => readHeader(tree, header, names.basic)),
    refAttachmentHeaders: list('RefAttachmentHeaderList').map((header) => readRefHeader(tree, header, names.basic)),
  };
}

function readHeader(tree: XmlTree, header: XmlElement, basic: string): AttachmentHeader {
  return { contentId: textOf(tree, header, basic, 'contentId') ?? '', ...readHeaderTail(tree, header, basic) };
}

function readRefHeader(tree: XmlTree, header: XmlElement, basic: string): RefAttachmentHeader {
  return {
    uuid: textOf(tree, header, basic, 'uuid') ?? '',
    hash: textOf(tree, header, basic, 'Hash') ?? '',
    ...optional('fileName', textOf(tree, header, basic, 'FileName')),
    ...readHeaderTail(tree, header, basic),
  };
}

function readHeaderTail(tree: XmlTree, header: XmlElement, basic: string): Omit<AttachmentHeader, 'contentId'> {
  const pkcs7 = textOf(tree, header, basic, 'SignaturePKCS7');
  const archive = tree.child(header, basic, 'Archive');
  const readFile = (file: XmlElement): ArchiveFile => ({
    name: textOf(tree, file, basic, 'Name') ?? '',
    namespaceUri: textOf(tree, file, basic, 'NamespaceUri') ?? '',
  });
  return {
    mimeType: textOf(tree, header, basic, 'MimeType') ?? '',
    ...optional('namespaceUri', textOf(tree, header, basic, 'NamespaceUri')),
    ...optional('pkcs7', pkcs7 === undefined ? undefined : readBase64(pkcs7)),
    ...optional('archive', archive === undefined ? undefined : tree.children(archive).map(readFile)),
  };
}
