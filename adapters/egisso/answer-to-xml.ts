import type { PartnerAnswer } from '../../src/ports/index.js';
import { FORMATS, PROTOCOL_103, PROTOCOL_104 } from './namespaces.js';
import { protocolDocument, responseWithAttachment, responseWithProtocol } from './protocol-to-xml.js';
import type { ProtocolJson, RegistryAnswer } from './registry-api.js';
import { statementsToXml } from './statements-to-xml.js';

/** The registry's answer as the answer to the message it belongs to; which version, the registry has kept. */
export function answerToXml(answer: RegistryAnswer): PartnerAnswer {
  if (answer.kind === 'statements') {
    const { packageUid, answers } = answer.result;
    return { kind: 'answered', content: statementsToXml(packageUid, answers), attachments: [] };
  }
  return answer.format === FORMATS.carrier104 ? attached(answer.result) : inline(answer.result);
}

function inline(protocol: ProtocolJson): PartnerAnswer {
  return {
    kind: 'answered',
    content: responseWithProtocol(FORMATS.carrier103, protocol, PROTOCOL_103),
    attachments: [],
  };
}

/** The contentId is an NCName: the content beside the envelope refers to it by an xs:ID. */
function attached(protocol: ProtocolJson): PartnerAnswer {
  const content = new TextEncoder().encode(protocolDocument(protocol, PROTOCOL_104));
  return {
    kind: 'answered',
    content: responseWithAttachment(FORMATS.carrier104),
    attachments: [{ contentId: 'protocol', mimeType: 'application/xml', namespaceUri: PROTOCOL_104.protocol, content }],
  };
}
