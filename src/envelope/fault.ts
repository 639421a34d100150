import { describe, FAULTS, type Fault, type FaultCode, fault as makeFault } from '../faults/index.js';
import type { Operation, Version, Violation } from '../message/index.js';
import { inEnvelope, type WireBody } from './build-operation.js';
import { FAULT_EXTRAS, isVoidFault } from './grammar-faults.js';
import { attributeText, textElement } from './markup.js';
import { NAMESPACES, XSI_NAMESPACE } from './versions.js';

/**
 * A SOAP 1.1 fault (HTTP 500): `detail` is exactly one element of types/faults with Code and `SMEV-NNN:` Description.
 * `code` names where in the gateway it arose (facts, section (f)). A fault the version, or the operation when it is given,
 * does not know is told by the nearest it does.
 */
export function faultAnswer(fault: Fault, version: Version, code: string, operation?: Operation): WireBody {
  const known = knownFault(fault, version, operation);
  const { faults, basic } = NAMESPACES[version];
  const isVoid = isVoidFault(known.fault, version);
  const type = isVoid ? ` xmlns:xsi="${XSI_NAMESPACE}" xsi:type="SmevFault"` : '';
  const element = `<ns3:${known.fault} xmlns:ns3="${faults}" xmlns="${basic}"${type}>${faultContent(known, version, code)}</ns3:${known.fault}>`;
  const text = textElement('faultstring', known.description);
  const body = inEnvelope(
    `<soap:Fault><faultcode>soap:Server</faultcode>${text}<detail>${element}</detail></soap:Fault>`,
  );
  return { contentType: 'text/xml; charset=UTF-8', body: Buffer.from(body) };
}

/** SmevFault inside AsyncProcessingStatus: xsi:type names the fault where its type has a name of its own. */
export function smevFaultElement(fault: Fault, version: Version, code: string): string {
  const known = knownFault(fault, version, undefined);
  const { faults, basic } = NAMESPACES[version];
  const isNamed =
    known.fault in FAULT_EXTRAS || known.fault === 'InvalidContent' || known.fault === 'SignatureVerificationFault';
  // A ValidationError is required there, unlike in the answer to a message without signature.
  const isBare = known.fault === 'InvalidContent' && (known.violations ?? []).length === 0;
  const type = isNamed && !isBare ? ` xmlns:xsi="${XSI_NAMESPACE}" xsi:type="ns3:${known.fault}"` : '';
  return `<ns2:SmevFault xmlns:ns3="${faults}" xmlns="${basic}"${type}>${faultContent(known, version, code)}</ns2:SmevFault>`;
}

/** Code, Description and the fault's own elements; the prefixes in force are ns3 = types/faults, none = types/basic. */
function faultContent(fault: Fault, version: Version, code: string): string {
  const content = [
    textElement('Code', code.slice(0, version === '1.1' ? 50 : 100)),
    textElement('Description', describe(fault)),
  ];
  if (fault.fault === 'SignatureVerificationFault') {
    content.push(textElement('ns3:SignatureVerificationFault', fault.signature ?? 'SignatureIsInvalid'));
  }
  for (const [local, absent] of Object.entries(FAULT_EXTRAS[fault.fault] ?? {})) {
    content.push(textElement(`ns3:${local}`, fault.extra?.[local] ?? absent));
  }
  if (fault.fault === 'InvalidContent') content.push(...(fault.violations ?? []).map(validationError));
  return content.join('');
}

/** errorPosition is the line, -1 when unknown (what the real server always writes). */
function validationError(violation: Violation): string {
  const { line, column, path, attachment, text } = violation;
  const place = [
    attachment === undefined ? undefined : `вложение ${attachment}`,
    line === undefined ? undefined : `строка ${line}${column === undefined ? '' : `, столбец ${column}`}`,
    path,
  ].filter((part) => part !== undefined);
  const told = place.length === 0 ? text : `${place.join(', ')}: ${text}`;
  return textElement('ns3:ValidationError', told).replace('>', `${attributeText('errorPosition', line ?? -1)}>`);
}

/** The fault itself, or the nearest one that the version's schema and the operation's WSDL entry have. */
function knownFault(fault: Fault, version: Version, operation: Operation | undefined): Fault {
  if (fault.fault === 'PersonalAccessDenied' && version !== '1.3') {
    return knownFault({ ...fault, fault: 'AccessDenied' }, version, operation);
  }
  const raisedBy: readonly Operation[] = FAULTS[fault.fault].raisedBy;
  if (operation === undefined || raisedBy.includes(operation)) return fault;
  const code: FaultCode = FAULTS[fault.fault].erred === 'sender' ? 'InvalidContent' : 'SMEVFailure';
  const violations = [{ text: fault.description }];
  return makeFault(code, fault.description, code === 'InvalidContent' ? { violations } : {});
}
