import { describe, FAULTS, type Fault, type FaultCode, fault as makeFault } from '../../faults/index.js';
import type { Operation, Version, Violation } from '../../message/index.js';
import { escapeText } from '../../xml/index.js';
import { FAULT_EXTRAS, isVoidFault } from '../schema/grammar-faults.js';
import type { AsyncFault } from '../signed.js';
import { NAMESPACES, XSI_NAMESPACE } from '../versions.js';
import { attributeText, legible, textElement } from './markup.js';
import { inEnvelope, type WireBody } from './operation.js';

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
  const element = `<ns3:${known.fault} xmlns:ns3="${faults}" xmlns="${basic}"${type}>${faultContent(toldOf(known, code), version)}</ns3:${known.fault}>`;
  const text = textElement('faultstring', legible(known.description));
  const body = inEnvelope(
    `<soap:Fault><faultcode>soap:Server</faultcode>${text}<detail>${element}</detail></soap:Fault>`,
  );
  return { contentType: 'text/xml; charset=UTF-8', body: Buffer.from(body) };
}

/**
 * SmevFault inside AsyncProcessingStatus: one of ours, or one as it was read. xsi:type names the fault where its type has a
 * name of its own; its prefix stands in no other name there, so exclusive c14n would drop the declaration: this text is to be
 * kept as it is.
 */
export function smevFaultElement(fault: Fault | AsyncFault, version: Version, code: string): string {
  const { faults, basic } = NAMESPACES[version];
  const told = 'fault' in fault ? toldOf(knownFault(fault, version, undefined), code) : fault;
  const isNamed = told.name !== undefined && (told.name in FAULT_EXTRAS || WITH_OWN_TYPE.includes(told.name));
  // A ValidationError is required there, unlike in the answer to a message without signature.
  const isBare = !isNamed || (told.name === 'InvalidContent' && told.violations.length === 0);
  const type = isBare ? '' : ` xmlns:xsi="${XSI_NAMESPACE}" xsi:type="ns3:${told.name}"`;
  const content = faultContent(isBare ? { ...told, name: undefined } : told, version);
  return `<ns2:SmevFault xmlns:ns3="${faults}" xmlns="${basic}"${type}>${content}</ns2:SmevFault>`;
}

/** Types of types/faults beside those of FAULT_EXTRAS. */
const WITH_OWN_TYPE: readonly string[] = ['InvalidContent', 'SignatureVerificationFault'];

/** What a fault element says. */
interface Told extends Omit<AsyncFault, 'name'> {
  readonly name?: string | undefined;
}

function toldOf(fault: Fault, code: string): Told {
  const absent = FAULT_EXTRAS[fault.fault] ?? {};
  const extra = Object.entries(absent).map(([local, value]) => [local, String(fault.extra?.[local] ?? value)]);
  if (fault.fault === 'SignatureVerificationFault') extra.push([fault.fault, fault.signature ?? 'SignatureIsInvalid']);
  return {
    name: fault.fault,
    code,
    description: describe(fault),
    violations: (fault.violations ?? []).map((violation) => ({ ...violation, text: placed(violation) })),
    extra: Object.fromEntries(extra),
  };
}

/** Code, Description and the fault's own elements; the prefixes in force are ns3 = types/faults, none = types/basic. */
function faultContent({ name, code, description, violations, extra }: Told, version: Version): string {
  const own = name === undefined ? [] : Object.keys(FAULT_EXTRAS[name] ?? {});
  if (name === 'SignatureVerificationFault') own.push(name);
  return [
    textElement('Code', code && legible(code).slice(0, version === '1.1' ? 50 : 100)),
    textElement('Description', description && legible(description)),
    ...own.map((local) => textElement(`ns3:${local}`, legible(extra[local] ?? ''))),
    ...(name === 'InvalidContent' ? violations.map(validationError) : []),
  ].join('');
}

/** errorPosition is the line, -1 when unknown (what the real server always writes). */
function validationError({ line, text }: Violation): string {
  const position = attributeText('errorPosition', line ?? -1);
  return `<ns3:ValidationError${position}>${escapeText(legible(text))}</ns3:ValidationError>`;
}

/** A violation's text with its place in words: callers often show the text alone. */
function placed({ line, column, path, attachment, text }: Violation): string {
  const place = [
    attachment === undefined ? undefined : `вложение ${attachment}`,
    line === undefined ? undefined : `строка ${line}${column === undefined ? '' : `, столбец ${column}`}`,
    path,
  ].filter((part) => part !== undefined);
  return place.length === 0 ? text : `${place.join(', ')}: ${text}`;
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
