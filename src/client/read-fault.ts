import { NAMESPACES, optional, readViolation, textOf } from '../envelope/index.js';
import { FAULTS, type FaultCode, type SignatureFaultDetail } from '../faults/index.js';
import type { Version } from '../message/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import type { FaultAnswer } from './answers.js';

/** Reads a soap:Fault; `element` is it. What is not as the schema says is left out, never a reason to fail. */
export function readFault(tree: XmlTree, element: XmlElement, version: Version, raw: Buffer): FaultAnswer {
  const { basic, faults } = NAMESPACES[version];
  // SOAP 1.1 §4.4: the children of Fault have no namespace.
  const detail = tree.child(element, '', 'detail');
  const found = detail === undefined ? undefined : tree.children(detail)[0];
  const name = found === undefined ? '' : tree.localNameOf(found);
  const inside = found === undefined ? [] : tree.children(found);
  const own = inside.filter((child) => tree.namespaceOf(child) === faults);
  const description = found === undefined ? undefined : textOf(tree, found, basic, 'Description');
  const told = /^SMEV-(\d+):(.*)$/s.exec(description ?? '');
  const code = found === undefined ? undefined : textOf(tree, found, basic, 'Code');
  const signature = own.find((child) => tree.localNameOf(child) === 'SignatureVerificationFault');
  const errors = own.filter((child) => tree.localNameOf(child) === 'ValidationError');
  const extra = own.filter((child) => child !== signature && !errors.includes(child));
  return {
    fault: isKnown(name) ? name : 'Unknown',
    name,
    description: told?.[2] ?? description ?? textOf(tree, element, '', 'faultstring') ?? '',
    ...(told === null ? {} : { number: Number(told[1]) }),
    ...optional('code', code),
    // The enumeration is the schema's; another value would still be told in the description.
    ...(signature === undefined ? {} : { signature: tree.textOf(signature) as SignatureFaultDetail }),
    violations: errors.map((error) => readViolation(tree, error)),
    extra: Object.fromEntries(extra.map((child) => [tree.localNameOf(child), tree.textOf(child) ?? ''])),
    raw,
  };
}

function isKnown(name: string): name is FaultCode {
  return name in FAULTS;
}
