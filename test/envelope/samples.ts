import * as envelope from '../../src/envelope/index.js';
import type { Operation, Version } from '../../src/message/index.js';

export const MESSAGE_ID = '3b1f0a52-1c2d-11ef-9e35-0242ac120002';
export const AT = Date.UTC(2024, 4, 17, 7, 0, 0);
export const SIGNATURE =
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo></ds:SignedInfo></ds:Signature>';
export const CONTENT = '<q:Query xmlns:q="urn://format/query/1.0.0"><q:snils>00000000000</q:snils></q:Query>';

const HEADERS = [
  { contentId: 'first', mimeType: 'application/pdf', pkcs7: Buffer.from('signature') },
  {
    contentId: 'second',
    mimeType: 'text/xml',
    namespaceUri: 'urn:x',
    archive: [{ name: 'a.xml', namespaceUri: 'urn:y' }],
  },
];
const REFERENCES = [
  { uuid: MESSAGE_ID, hash: 'aGFzaA==', mimeType: 'application/zip', fileName: 'a.zip', namespaceUri: 'urn:z' },
];

/** Signed elements of every shape the schema knows, by operation. */
export function signedSamples(version: Version): readonly { operation: Operation; xml: string }[] {
  const request = { messageId: MESSAGE_ID, content: CONTENT };
  const response = { messageId: MESSAGE_ID, to: 'token' };
  const full = {
    ...request,
    referenceMessageId: MESSAGE_ID,
    transactionCode: 'code',
    nodeId: 'node',
    eol: AT,
    personalSignature: SIGNATURE,
    attachmentHeaders: HEADERS,
    refAttachmentHeaders: REFERENCES,
    businessProcessMetadata: '<b:p xmlns:b="urn:b"></b:p><b:r xmlns:b="urn:b"></b:r>',
    test: true,
  };
  const rejected = [
    { code: 'NO_DATA', description: 'нет данных' },
    { code: 'FAILURE', description: 'сбой' },
  ] as const;
  const status = { code: -1, description: 'в работе', parameters: [{ key: 'k', value: 'v' }] };
  const details = { originalMessageId: MESSAGE_ID, category: 'requestIsRejectedBySmev', details: 'отказ' };
  const asyncStatus = envelope.asyncStatus(version, {
    ...details,
    fault: { fault: 'InvalidContent', description: 'плохо', violations: [{ line: 3, text: 'раз' }, { text: 'два' }] },
    code: 'gateway',
  });
  const overflow = envelope.asyncStatus(version, {
    ...details,
    fault: { fault: 'DestinationOverflow', description: 'полна' },
  });
  const send = (xml: string) => ({ operation: 'SendResponse', xml }) as const;
  const directive =
    version !== '1.3'
      ? []
      : [
          {
            operation: 'SendRequest',
            xml: envelope.requestData(version, { ...request, content: registry() }, 'ID'),
          } as const,
        ];
  return [
    { operation: 'SendRequest', xml: envelope.requestData(version, request, 'ID') },
    { operation: 'SendRequest', xml: envelope.requestData(version, full, 'ID') },
    ...directive,
    send(
      envelope.responseData(
        version,
        {
          ...response,
          content: CONTENT,
          attachmentHeaders: HEADERS,
          refAttachmentHeaders: REFERENCES,
          personalSignature: SIGNATURE,
        },
        'ID',
      ),
    ),
    send(envelope.responseData(version, { ...response, rejected }, 'ID')),
    send(envelope.responseData(version, { ...response, status }, 'ID')),
    send(envelope.responseData(version, { ...response, asyncStatus }, 'ID')),
    send(envelope.responseData(version, { ...response, asyncStatus: overflow }, 'ID')),
    {
      operation: 'GetRequest',
      xml: envelope.messageTypeSelector(
        version,
        { timestamp: AT, type: { namespace: 'urn:a', local: 'Запрос' }, nodeId: 'n' },
        'ID',
      ),
    },
    { operation: 'GetResponse', xml: envelope.messageTypeSelector(version, { timestamp: AT }, 'ID') },
    { operation: 'Ack', xml: envelope.ackTarget(version, MESSAGE_ID, false, 'ID') },
    { operation: 'GetStatus', xml: envelope.timestamp(version, AT, 'ID') },
  ];
}

/** Content of a directive format: a business element around the schema's own Registry. */
function registry(): string {
  const { directive, basic } = envelope.NAMESPACES['1.3'];
  const record = `<d:RegistryRecord><d:RecordId>1</d:RecordId><d:Record Id="R1"><d:RecordContent><q:q xmlns:q="urn:q"></q:q></d:RecordContent><b:AttachmentHeaderList xmlns:b="${basic}"><b:AttachmentHeader><b:contentId>first</b:contentId><b:MimeType>text/plain</b:MimeType></b:AttachmentHeader></b:AttachmentHeaderList></d:Record><d:RecordSignature>${SIGNATURE}</d:RecordSignature></d:RegistryRecord>`;
  return `<q:Set xmlns:q="urn:set"><d:Registry xmlns:d="${directive}">${record}</d:Registry></q:Set>`;
}
