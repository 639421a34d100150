import type { XmlElement, XmlTree } from '../../xml/index.js';
import type { AnyParticle, ElementParticle, Particle } from './grammar.js';
import { isFull, type Judgement, report } from './judgement.js';

type Item = ElementParticle | AnyParticle;

/**
 * Judges children against a sequence and goes on after each violation, so that all are told at once. The schemas'
 * content models are deterministic (XSD 1.0 §3.8.6), so a child fits at most one item and no backtracking is needed:
 * without violations the sequence is exactly what the schema admits.
 */
export function judgeSequence(
  judgement: Judgement,
  parent: XmlElement,
  children: readonly XmlElement[],
  particles: readonly Particle[],
): void {
  const { tree } = judgement;
  const items = itemsFor(tree, children, particles);
  let at = 0;
  let count = 0;
  for (const child of children) {
    if (isFull(judgement)) return;
    const found = items.findIndex((item, index) => index >= at && fits(tree, item, child));
    if (found === -1) {
      misplaced(judgement, parent, child, items, at);
      continue;
    }
    const item = items[found]!;
    if (found > at) {
      missing(judgement, parent, children, items.slice(at, found), count, child);
      at = found;
      count = 0;
    }
    count++;
    if (count > item.max) tooMany(judgement, child, item.max);
    if (item.particle === 'element') judgement.judgeElement(judgement, child, item.type);
    else if (item.process === 'lax') judgeLaxly(judgement, child);
  }
  missing(judgement, parent, children, items.slice(at), count, undefined);
}

/** The sequence that these children mean: a group all or none, a choice by the first child that fits one of its branches. */
function itemsFor(tree: XmlTree, children: readonly XmlElement[], particles: readonly Particle[]): readonly Item[] {
  return particles.flatMap((particle): readonly Item[] => {
    if (particle.particle === 'group') {
      const isPresent = children.some((child) => particle.content.some((item) => fits(tree, item, child)));
      return isPresent ? particle.content : [];
    }
    if (particle.particle === 'choice') {
      for (const child of children) {
        const branch = particle.branches.find((items) => items.some((item) => fits(tree, item, child)));
        if (branch !== undefined) return branch;
      }
      return particle.branches[0] ?? [];
    }
    return [particle];
  });
}

function fits(tree: XmlTree, item: Item, child: XmlElement): boolean {
  const namespace = tree.namespaceOf(child);
  if (item.particle === 'element') return namespace === item.namespace && tree.localNameOf(child) === item.local;
  if (item.exactly !== undefined) return namespace === item.exactly;
  return namespace !== '' && namespace !== item.other;
}

function missing(
  judgement: Judgement,
  parent: XmlElement,
  children: readonly XmlElement[],
  items: readonly Item[],
  countOfFirst: number,
  before: XmlElement | undefined,
): void {
  const { tree } = judgement;
  for (const [index, item] of items.entries()) {
    if ((index === 0 ? countOfFirst : 0) >= item.min) continue;
    // One that stands elsewhere is told as misplaced, not as missing too.
    if (children.some((child) => fits(tree, item, child))) continue;
    const name = tree.qualifiedNameOf(parent);
    const [ru, en] = called(item);
    if (before === undefined)
      report(judgement, parent, `В элементе ${name} нет обязательного: ${ru}`, `${name} lacks ${en}`);
    else {
      const next = tree.qualifiedNameOf(before);
      report(judgement, before, `Перед ${next} нет обязательного: ${ru}`, `${en} is missing before ${next}`);
    }
  }
}

function misplaced(
  judgement: Judgement,
  parent: XmlElement,
  child: XmlElement,
  items: readonly Item[],
  at: number,
): void {
  const { tree } = judgement;
  const name = tree.qualifiedNameOf(child);
  const current = tree.qualifiedNameOf(parent);
  const own = items.find((item, index) => index < at && fits(tree, item, child));
  if (own !== undefined) {
    if (own.particle === 'element') judgement.judgeElement(judgement, child, own.type);
    report(
      judgement,
      child,
      `Элемент ${name} стоит не на своём месте или повторяется: порядок элементов в ${current} задан схемой`,
      `${name} is out of order or repeated: the schema fixes the order of elements in ${current}`,
    );
    return;
  }
  const expected = expectedAt(items, at);
  const ru =
    expected.length === 0
      ? 'здесь элементов больше быть не может'
      : `ожидается ${expected.map(([text]) => text).join(' или ')}`;
  const en =
    expected.length === 0
      ? 'no more elements may stand here'
      : `expected ${expected.map(([, text]) => text).join(' or ')}`;
  const where = namespaceNote(tree, child, items);
  report(
    judgement,
    child,
    `Элемент ${name} в ${current} не допускается: ${ru}${where}`,
    `${name} is not allowed in ${current}: ${en}${where}`,
  );
}

/** The right name in the wrong namespace is the commonest mistake: it is shown. */
function namespaceNote(tree: XmlTree, child: XmlElement, items: readonly Item[]): string {
  const same = items.find((item) => item.particle === 'element' && item.local === tree.localNameOf(child));
  return same?.particle === 'element' ? ` {${same.namespace}}, а не {${tree.namespaceOf(child)}}` : '';
}

/** What may stand next: everything up to the first that must. */
function expectedAt(items: readonly Item[], at: number): readonly (readonly [ru: string, en: string])[] {
  const rest = items.slice(at);
  const must = rest.findIndex((item) => item.min > 0);
  return rest.slice(0, must === -1 ? rest.length : must + 1).map(called);
}

function called(item: Item): readonly [ru: string, en: string] {
  if (item.particle === 'element') return [`элемент ${item.local}`, `the element ${item.local}`];
  if (item.exactly !== undefined) return [`один элемент из {${item.exactly}}`, `one element of {${item.exactly}}`];
  return [
    `один элемент из любого пространства имён, кроме {${item.other}}`,
    `one element of any namespace but {${item.other}}`,
  ];
}

function tooMany(judgement: Judgement, child: XmlElement, max: number): void {
  const name = judgement.tree.qualifiedNameOf(child);
  report(
    judgement,
    child,
    `Элемент ${name} лишний: допускается не больше ${max}`,
    `${name} is one too many: at most ${max} allowed`,
  );
}

/**
 * Lax wildcard content: what the schemas declare globally is judged by it, the rest is entered and judged laxly in turn
 * (XSD 1.0 §3.10.1). The content's own schema belongs to formats,
 * and so do its xsi:types, which these schemas could not resolve.
 */
function judgeLaxly(judgement: Judgement, element: XmlElement): void {
  const { tree, grammar } = judgement;
  const namespace = tree.namespaceOf(element);
  const isOurs = grammar.namespaces.has(namespace);
  const declared = isOurs ? grammar.elements.get(`{${namespace}}${tree.localNameOf(element)}`) : undefined;
  if (declared !== undefined) {
    judgement.judgeElement(judgement, element, declared);
    return;
  }
  for (const child of tree.children(element)) judgeLaxly(judgement, child);
}
