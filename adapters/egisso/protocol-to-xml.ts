import { leaf, type Written, writeXml } from '../kit/index.js';
import type { ProtocolNamespaces } from './namespaces.js';
import type { MessageResultJson, PackageResultJson, ProtocolJson, RecordResultJson } from './registry-api.js';

/** 10.10.I 1.0.3 `response`: the protocol stands in the message itself. */
export function responseWithProtocol(carrier: string, protocol: ProtocolJson, names: ProtocolNamespaces): string {
  return writeXml('response', { '@xmlns': carrier, 'p:protocol': protocolElement(protocol, names) });
}

/** The protocol as a document of its own: what a 10.10.I 1.0.4 response attaches. */
export function protocolDocument(protocol: ProtocolJson, names: ProtocolNamespaces): string {
  return writeXml('p:protocol', protocolElement(protocol, names));
}

/** 10.10.I 1.0.4 `response`: says that there is an attachment, and nothing else. */
export function responseWithAttachment(carrier: string): string {
  return writeXml('response', { '@xmlns': carrier, attachment: 'true' });
}

function protocolElement(protocol: ProtocolJson, names: ProtocolNamespaces): Written {
  if ('messageResult' in protocol) {
    return {
      '@xmlns:p': names.protocol,
      '@xmlns:b': names.basic,
      'p:messageResult': messageResult(protocol.messageResult, names.errorLength),
    };
  }
  return {
    '@xmlns:p': names.protocol,
    '@xmlns:k': names.result,
    '@xmlns:r': names.record,
    'p:packageResult': packageResult(protocol.packageResult),
  };
}

function messageResult(result: MessageResultJson, errorLength: number): Written {
  return {
    'p:receivingTime': result.receivingTime,
    'p:processingTime': result.processingTime,
    'p:errors': {
      'p:error': result.errors.map((error) => ({
        ...leaf('b:code', error.code?.slice(0, 10)),
        'b:message': error.message.slice(0, errorLength),
        ...leaf('b:time', error.time),
      })),
    },
  };
}

/** Both counts are positive integers in the schema, so a count of none is left out; so is an empty list of records. */
function packageResult(result: PackageResultJson): Written {
  return {
    'k:packageID': result.packageId,
    'k:packageType': result.packageType,
    'k:packageStatus': String(result.packageStatus),
    'k:receivingTime': result.receivingTime,
    'k:startProcessTime': result.startProcessTime,
    'k:finishProcessTime': result.finishProcessTime,
    ...(result.recordNum > 0 ? { 'k:recordNum': String(result.recordNum) } : {}),
    ...(result.recordNumSuccess > 0 ? { 'k:recordNumSuccess': String(result.recordNumSuccess) } : {}),
    ...(result.records.length > 0 ? { 'p:errorRecords': { 'r:recordResult': result.records.map(recordResult) } } : {}),
  };
}

/** A rule code that is not three digits is not printed: the schema has no place for it. */
function recordResult(record: RecordResultJson): Written {
  return {
    'r:recID': record.recId,
    'r:recordOK': String(record.ok),
    ...(record.messages.length === 0
      ? {}
      : {
          'r:messages': record.messages.map((note) => ({
            'r:messageType': String(note.type),
            ...leaf('r:ruleCode', /^\d{3}$/.test(note.code ?? '') ? note.code : undefined),
            'r:report': note.report.slice(0, 500),
          })),
        }),
  };
}
