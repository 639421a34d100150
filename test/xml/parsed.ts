import { expect } from 'chai';
import { isXmlProblem, parseXml, type XmlProblem, type XmlTree } from '../../src/xml/index.js';

/** The tree of a document that must be accepted. */
export function parsed(xml: string | Uint8Array): XmlTree {
  const tree = parseXml(typeof xml === 'string' ? Buffer.from(xml) : xml);
  if (isXmlProblem(tree))
    throw new Error(`refused: ${tree.problem} at ${tree.line}:${tree.column}: ${String(xml).slice(0, 300)}`);
  return tree;
}

/** The problem of a document that must be refused. */
export function refused(xml: string | Uint8Array): XmlProblem {
  const result = parseXml(typeof xml === 'string' ? Buffer.from(xml) : xml);
  expect(isXmlProblem(result), `accepted: ${String(xml).slice(0, 300)}`).to.equal(true);
  return result as XmlProblem;
}
