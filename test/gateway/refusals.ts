/** What every refusal owes: a fault of the table in Russian, nothing stored, and no more in the journal than its own leaf. */
import { expect } from 'chai';
import { FAULTS, type FaultCode, type SignatureFaultDetail } from '../../src/faults/index.js';
import type { Version } from '../../src/message/index.js';
import type { Answer } from './answer.js';
import type { Sender } from './sender.js';
import type { TestGateway } from './test-gateway.js';

export interface Wire {
  readonly contentType: string;
  readonly body: Uint8Array | string;
  /** Of a send: must not be stored. */
  readonly messageId?: string;
}

export interface Expected {
  readonly code: FaultCode;
  readonly detail?: SignatureFaultDetail;
  /** What the Description names: what, where, what to do. */
  readonly says?: readonly (string | RegExp)[];
  /** What one of the ValidationErrors names, each. */
  readonly errors?: readonly (string | RegExp)[];
  /** Whether the caller was proven before the fault: then the refusal has a leaf of its own. */
  readonly onRecord?: boolean;
  readonly version?: Version;
  /** The id is another message's: that one stays, and its digest with it. */
  readonly taken?: boolean;
  readonly status?: number;
}

const STORED = /Внутренняя ошибка/;

/** Sends `wire` as it is and checks the refusal from the answer down to the journal. */
export async function expectRefused(
  gateway: TestGateway,
  sender: Pick<Sender, 'post'>,
  wire: Wire | Promise<Wire>,
  expected: Expected,
): Promise<Answer> {
  const sent = await wire;
  const before = await leavesOf(gateway);
  const first = sent.messageId === undefined ? undefined : await gateway.store.message(sent.messageId);
  const answer = await sender.post(sent, expected.version);
  expectFault(answer, expected);
  const added = (await leavesOf(gateway)).slice(before.length).map((l) => JSON.parse(l) as Record<string, unknown>);
  expect(
    added.map((l) => [l.kind, l.fault]),
    'the journal grew by the leaf of this refusal at most',
  ).to.deep.equal(expected.onRecord === true ? [['refused', expected.code]] : []);
  if (sent.messageId !== undefined) {
    const stored = await gateway.store.message(sent.messageId);
    if (expected.taken === true) expect(stored, 'the first message stays as it was').to.deep.equal(first);
    else expect(stored, 'nothing is stored').to.equal(undefined);
  }
  await gateway.checkInvariants();
  return answer;
}

export function expectFault(answer: Answer, expected: Expected): void {
  const { code, detail, says = [], errors = [] } = expected;
  const found = answer.fault;
  expect(found, answer.text.slice(0, 2_000)).to.not.equal(undefined);
  const { description } = found!;
  expect(
    { code: found!.code, ...(found!.detail === undefined ? {} : { detail: found!.detail }) },
    description,
  ).to.deep.equal({ code, ...(detail === undefined ? {} : { detail }) });
  expect(answer.status).to.equal(expected.status ?? 500);
  expect(description.startsWith(`SMEV-${FAULTS[code].number}:`), description).to.equal(true);
  expect(description, 'the text is Russian').to.match(/[а-яё]{4,}/);
  expect(description, 'an expected refusal is no internal error').to.not.match(STORED);
  for (const part of says) expectIn([description], part);
  for (const part of errors) expectIn(found!.errors, part);
}

function expectIn(texts: readonly string[], part: string | RegExp): void {
  const isThere = texts.some((t) => (typeof part === 'string' ? t.includes(part) : part.test(t)));
  expect(isThere, `${part} in ${JSON.stringify(texts, undefined, 1)}`).to.equal(true);
}

/** Every leaf, as JSON text. */
export async function leavesOf({ store }: TestGateway): Promise<string[]> {
  const head = await store.checkpoint();
  return (await store.leaves(0, head?.size ?? 0)).map((l) => Buffer.from(l).toString());
}

/** A text/xml body with a part of it replaced; fails when there is nothing to replace. */
export function changed<W extends Wire>(wire: W, what: string | RegExp, by: string): W & { body: string } {
  const text = Buffer.from(wire.body as Uint8Array).toString();
  const next = text.replace(what, () => by);
  if (next === text) throw new Error(`${what} is not in the message`);
  return { ...wire, body: next };
}

export function xml(body: Uint8Array | string): Wire {
  return { contentType: 'text/xml; charset=utf-8', body };
}
