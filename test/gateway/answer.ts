import { readMessage } from '../../src/envelope/index.js';
import { isFault } from '../../src/faults/index.js';
import { canonicalize, isXmlProblem, parseXml, type XmlElement, type XmlTree } from '../../src/xml/index.js';

/** What a caller got, read by local names only: tests ask for what they expect and see undefined for what is not there. */
export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly tree: XmlTree;
  readonly parts: ReadonlyMap<string, Buffer>;

  constructor(status: number, headers: Headers, body: Buffer) {
    this.status = status;
    this.headers = headers;
    const message = readMessage(headers.get('content-type') ?? '', body);
    if (isFault(message)) throw new Error(`unreadable answer: ${message.description} ${body.toString().slice(0, 500)}`);
    const tree = parseXml(message.root);
    if (isXmlProblem(tree)) throw new Error(`unreadable answer: ${tree.textEn} ${body.toString().slice(0, 500)}`);
    this.tree = tree;
    this.parts = message.parts;
    this.text = message.root.toString();
  }

  /** Every element with this local name, in document order. */
  all(local: string, from: XmlElement = this.tree.root): XmlElement[] {
    const own = this.tree.localNameOf(from) === local ? [from] : [];
    return [...own, ...this.tree.children(from).flatMap((c) => this.all(local, c))];
  }

  /** Text of the first element with this local name. */
  valueOf(local: string): string | undefined {
    const [first] = this.all(local);
    return first === undefined ? undefined : this.tree.textOf(first);
  }

  /** MessageId in MessageMetadata: undefined for an empty queue. */
  get messageId(): string | undefined {
    return this.valueOf('MessageId');
  }

  /** Canonical text of the content's root element. */
  get content(): string | undefined {
    const [primary] = this.all('MessagePrimaryContent');
    const root = primary === undefined ? undefined : this.tree.children(primary)[0];
    return root === undefined ? undefined : canonicalize(this.tree, root).toString();
  }

  /** Fault code, SignatureVerificationFault's detail, description and ValidationErrors; undefined when it is no fault. */
  get fault(): { code: string; detail?: string; description: string; errors: string[] } | undefined {
    const [detail] = this.all('detail');
    const element = detail === undefined ? undefined : this.tree.children(detail)[0];
    if (element === undefined) return undefined;
    const inner = this.tree.children(element).find((c) => this.tree.localNameOf(c) === 'SignatureVerificationFault');
    return {
      code: this.tree.localNameOf(element),
      ...(inner === undefined ? {} : { detail: this.tree.textOf(inner) ?? '' }),
      description: this.valueOf('Description') ?? '',
      errors: this.all('ValidationError').map((e) => this.tree.textOf(e) ?? ''),
    };
  }
}
