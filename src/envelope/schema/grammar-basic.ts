import type { Version } from '../../message/index.js';
import { DSIG_NAMESPACE, NAMESPACES } from '../versions.js';
import {
  ANY_URI,
  type AnyParticle,
  type Attributes,
  BASE64,
  BOOLEAN,
  type ComplexType,
  complex,
  DATE_TIME,
  elementsOf,
  ID,
  NCNAME,
  type SimpleType,
  STRING,
  type Type,
  WITH_ID,
} from './grammar.js';

/** Values of InteractionStatusType (types/basic). */
const STATUSES_1_1 = [
  'doesNotExist',
  'requestIsQueued',
  'requestIsAcceptedBySmev',
  'requestIsRejectedBySmev',
  'underProcessing',
  'responseIsAcceptedBySmev',
  'cancelled',
  'responseIsDelivered',
];
const STATUSES_LATER = [
  'doesNotExist',
  'requestIsQueued',
  'requestIsAcceptedBySmev',
  'requestIsRejectedBySmev',
  'requestIsProcessed',
  'underProcessing',
  'responseIsQueued',
  'responseIsAcceptedBySmev',
  'responseIsRejectedBySmev',
  'responseIsProcessed',
  'cancelled',
  'messageIsArchived',
  'messageIsDelivered',
];

/** types/basic of one version: what the other namespaces are made of. */
export function basicTypes(version: Version) {
  const namespace = NAMESPACES[version].basic;
  const element = elementsOf(namespace);
  const string = (maxLength: number): SimpleType => ({
    kind: 'simple',
    base: 'string',
    name: `{${namespace}}string-${maxLength}`,
    maxLength,
  });
  /** 1.1 skips what stands under its wildcards, later versions judge it where they know it. */
  const process = version === '1.1' ? 'skip' : 'lax';
  const any = (rest: Pick<AnyParticle, 'other' | 'exactly'>, min = 1, max = 1): AnyParticle => ({
    particle: 'any',
    process,
    min,
    max,
    ...rest,
  });

  const uuid: SimpleType = {
    kind: 'simple',
    base: 'string',
    name: `{${namespace}}UUID`,
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    patternRu: 'UUID строчными буквами вида 3b1f0a52-1c2d-11ef-9e35-0242ac120002',
    patternEn: 'a lower-case UUID like 3b1f0a52-1c2d-11ef-9e35-0242ac120002',
  };
  const mimeType: SimpleType = {
    kind: 'simple',
    base: 'string',
    name: `{${namespace}}RFC2046MimeTypesType`,
    pattern: /^(text|image|audio|video|application)\/[a-zA-Z0-9\-+.]*$/,
    patternRu: 'тип MIME вида application/pdf без параметров',
    patternEn: 'a MIME type like application/pdf without parameters',
  };
  const status: SimpleType = {
    kind: 'simple',
    base: 'string',
    name: `{${namespace}}InteractionStatusType`,
    values: version === '1.1' ? STATUSES_1_1 : STATUSES_LATER,
  };
  const signature: ComplexType = {
    ...complex([any({ exactly: DSIG_NAMESPACE })]),
    name: `{${namespace}}XMLDSigSignatureType`,
  };
  const empty: ComplexType = { ...complex([]), name: `{${namespace}}Void` };
  const smevFault: ComplexType = {
    ...complex([element('Code', string(version === '1.1' ? 50 : 100), 0), element('Description', STRING, 0)]),
    name: `{${namespace}}SmevFault`,
    extends: [`{${namespace}}Void`],
  };
  const lists = attachmentLists(version, element, mimeType);
  return { namespace, element, string, any, uuid, status, signature, empty, smevFault, ...lists };
}

export type BasicTypes = ReturnType<typeof basicTypes>;

function attachmentLists(version: Version, element: ReturnType<typeof elementsOf>, mimeType: SimpleType) {
  const { basic } = NAMESPACES[version];
  const named = (local: string, type: ComplexType): ComplexType => ({ ...type, name: `{${basic}}${local}` });
  const file = named('FileType', complex([element('Name', STRING), element('NamespaceUri', STRING)]));
  const archive = element('Archive', named('ArchiveType', complex([element('File', file, 1, 1000)])), 0);
  const namespaceUri = element('NamespaceUri', STRING, 0);
  const isLatest = version === '1.3';
  const tail = [element('MimeType', mimeType), element('SignaturePKCS7', BASE64, 0), ...(isLatest ? [archive] : [])];
  const header = complex([element('contentId', STRING), ...(isLatest ? [namespaceUri] : []), ...tail]);
  const refHeader = complex([
    element('uuid', STRING),
    ...(version === '1.1' ? [] : [element('FileName', STRING, 0)]),
    ...(isLatest ? [namespaceUri] : []),
    element('Hash', STRING),
    ...tail,
  ]);
  const content = (octets: Type) => complex([element('Id', ID), element('Content', octets)]);
  const list = (local: string, type: ComplexType) =>
    complex([element(local, named(`${local}Type`, type), 1, Number.POSITIVE_INFINITY)]);
  return {
    attachmentHeaders: list('AttachmentHeader', header),
    refAttachmentHeaders: list('RefAttachmentHeader', refHeader),
    attachmentContents: list('AttachmentContent', content(BASE64)),
    /** The list before XOP's Includes are put back as text: whoever reads the octets judges them. */
    attachmentReferences: list('AttachmentContent', content('opaque')),
  };
}

/** An anonymous extension by attributes: xsi:type cannot name it. */
function withAttributes({ name: _, ...type }: SimpleType, attributes: Attributes): SimpleType {
  return { ...type, attributes };
}

/** Global elements of types/basic by local name. */
export function basicElements(basic: BasicTypes, version: Version): Readonly<Record<string, Type>> {
  const { element, any, namespace, uuid, string } = basic;
  return {
    MessagePrimaryContent: complex([any({ other: namespace })]),
    AttachmentHeaderList: basic.attachmentHeaders,
    RefAttachmentHeaderList: basic.refAttachmentHeaders,
    AttachmentContentList: basic.attachmentContents,
    AckTargetMessage: withAttributes(uuid, {
      Id: { type: ID, required: true },
      accepted: { type: BOOLEAN, required: version === '1.1' },
    }),
    MessageReference: withAttributes(uuid, WITH_ID),
    Timestamp: withAttributes(DATE_TIME, WITH_ID),
    MessageTypeSelector: complex(
      [
        {
          particle: 'group',
          content: [element('NamespaceURI', ANY_URI), element('RootElementLocalName', NCNAME)],
        },
        element('Timestamp', DATE_TIME),
        element('NodeID', string(50), 0),
      ],
      WITH_ID,
    ),
  };
}
