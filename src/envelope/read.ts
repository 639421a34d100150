import { type Fault, fault } from '../faults/index.js';
import { type Operation, VERSIONS, type Version, type Violation } from '../message/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import { GRAMMARS } from './schema/grammar-types.js';
import { judge } from './schema/judge.js';
import { violationAt } from './schema/judgement.js';
import {
  endpointPath,
  NAMESPACES,
  operationsOf,
  requestWrapper,
  SIGNED,
  SOAP_NAMESPACE,
  versionOfNamespace,
} from './versions.js';

/** Where everything stands in a caller's envelope. Nothing here is verified, and only `signed` ever will be. */
export interface Envelope {
  readonly version: Version;
  readonly operation: Operation;
  readonly wrapper: XmlElement;
  /** The element the operation signs; judged by readSigned. */
  readonly signed: XmlElement;
  /** CallerInformationSystemSignature, its content unjudged. */
  readonly signatureBlock: XmlElement;
  /** Unsigned; judged by readAttachmentContents. */
  readonly attachmentContentList?: XmlElement;
  /** 1.3: unsigned by the caller, it bears its own RoutingSignature. */
  readonly routing?: XmlElement;
  /** GetIncomingQueueStatistics: unsigned. */
  readonly nodeId?: string;
}

/**
 * Finds the parts of an envelope and judges its structure outside the signed element, telling every violation.
 * The header is optional and ignored, mustUnderstand included: clients send WCF's Action (facts, section 0).
 */
export function readEnvelope(tree: XmlTree, version: Version): Envelope | Fault {
  const wrapper = wrapperOf(tree);
  if (typeof wrapper !== 'number') return wrapper;
  const operation = operationOf(tree, wrapper, version);
  if (typeof operation !== 'string') return operation;
  const grammar = GRAMMARS[version];
  const violations = judge(tree, wrapper, grammar.wrappers.get(operation) ?? 'opaque', grammar);
  if (violations.length > 0) {
    return fault('InvalidContent', `Конверт не соответствует схеме СМЭВ ${version}: нарушений ${violations.length}`, {
      violations,
    });
  }
  const names = NAMESPACES[version];
  const block = tree.child(wrapper, names.types, 'CallerInformationSystemSignature');
  // As the real one answers: InvalidContent without a ValidationError, though the schema calls the block optional.
  if (block === undefined) {
    return fault('InvalidContent', 'Нет блока CallerInformationSystemSignature: подпишите сообщение подписью ЭП-ОВ');
  }
  const { room, local } = SIGNED[operation];
  const list = tree.child(wrapper, names.basic, 'AttachmentContentList');
  const routing = names.routing === undefined ? undefined : tree.child(wrapper, names.routing, 'Routing');
  const node = tree.child(wrapper, names.types, 'NodeID');
  return {
    version,
    operation,
    wrapper,
    signed: tree.child(wrapper, names[room], local)!,
    signatureBlock: block,
    ...(list === undefined ? {} : { attachmentContentList: list }),
    ...(routing === undefined ? {} : { routing }),
    ...(node === undefined ? {} : { nodeId: tree.textOf(node) ?? '' }),
  };
}

/** Elements beside Header and Body told one by one: their paths cost a look at all of them. */
const MOST_STRAYS = 20;

/** The one element of the one Body. */
function wrapperOf(tree: XmlTree): XmlElement | Fault {
  const { root } = tree;
  if (tree.localNameOf(root) !== 'Envelope' || tree.namespaceOf(root) !== SOAP_NAMESPACE) return notSoap(tree);
  const children = tree.children(root);
  const isSoap = (element: XmlElement, local: string) =>
    tree.namespaceOf(element) === SOAP_NAMESPACE && tree.localNameOf(element) === local;
  const bodies = children.filter((element) => isSoap(element, 'Body'));
  if (bodies.length !== 1)
    return poorFormat(bodies.length === 0 ? 'в конверте нет soap:Body' : 'в конверте несколько soap:Body');
  const body = bodies[0]!;
  const content = tree.children(body);
  if (content.length !== 1) {
    return poorFormat(`в soap:Body должен стоять ровно один элемент, а стоит ${content.length}`);
  }
  const violations: Violation[] = [];
  for (const [index, element] of children.entries()) {
    // Nothing may follow Body (WS-I Basic Profile 1.1, R1011), and Header, if any, comes first (SOAP 1.1 §4).
    if (element === body || (index === 0 && isSoap(element, 'Header'))) continue;
    if (violations.length === MOST_STRAYS) break;
    const name = tree.qualifiedNameOf(element);
    violations.push(
      violationAt(
        tree,
        element,
        `Элемент ${name} в конверте не допускается: только soap:Header и за ним soap:Body`,
        `${name} is not allowed in the envelope: only soap:Header, then soap:Body`,
      ),
    );
  }
  for (const element of [root, body]) {
    if (!tree.hasText(element)) continue;
    const name = tree.qualifiedNameOf(element);
    violations.push(
      violationAt(tree, element, `В элементе ${name} не допускается текст`, `Text is not allowed in ${name}`),
    );
  }
  if (violations.length === 0) return content[0]!;
  return fault('InvalidContent', 'Конверт SOAP составлен неверно', { violations });
}

function notSoap(tree: XmlTree): Fault {
  const name = `{${tree.namespaceOf(tree.root)}}${tree.localNameOf(tree.root)}`;
  return single(
    tree,
    tree.root,
    `Ожидается конверт SOAP 1.1 {${SOAP_NAMESPACE}}Envelope, а корневой элемент ${name}`,
    `Expected a SOAP 1.1 envelope {${SOAP_NAMESPACE}}Envelope, found ${name}`,
  );
}

function operationOf(tree: XmlTree, wrapper: XmlElement, version: Version): Operation | Fault {
  const namespace = tree.namespaceOf(wrapper);
  const local = tree.localNameOf(wrapper);
  const operations = operationsOf(version);
  const found = operations.find((name) => requestWrapper(name) === local);
  if (namespace === NAMESPACES[version].types && found !== undefined) return found;
  const other = versionOfNamespace(namespace);
  if (other !== undefined && other !== version) {
    const path = endpointPath(other);
    return single(
      tree,
      wrapper,
      `Сообщение написано по схеме ${other}, а адрес ${endpointPath(version)} принимает ${version}: отправьте его на ${path}`,
      `The message follows schema ${other}, but ${endpointPath(version)} takes ${version}: send it to ${path}`,
    );
  }
  const knows = VERSIONS.find((name) => operationsOf(name).some((operation) => requestWrapper(operation) === local));
  const there = knows !== undefined && found === undefined ? ` (есть в версии ${knows}: ${endpointPath(knows)})` : '';
  const list = operations.map(requestWrapper).join(', ');
  return single(
    tree,
    wrapper,
    `Операция {${namespace}}${local} неизвестна${there}: ожидается один из элементов ${list} в {${NAMESPACES[version].types}}`,
    `The operation {${namespace}}${local} is unknown: expected one of ${list} in {${NAMESPACES[version].types}}`,
  );
}

function single(tree: XmlTree, element: XmlElement, text: string, textEn: string): Fault {
  return fault('InvalidContent', text, { violations: [violationAt(tree, element, text, textEn)] });
}

function poorFormat(what: string): Fault {
  return fault('SignatureVerificationFault', `Конверт SOAP составлен неверно: ${what}`, {
    signature: 'PoorSOAPEnvelopeFormat',
  });
}
