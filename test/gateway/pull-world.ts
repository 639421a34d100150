/** Exchanges between two participants that both poll: 10.13.I goes to PFR instead of the registry, under a clock the test turns. */

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Environment } from '../../src/config/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { isFault } from '../../src/faults/index.js';
import type { Version } from '../../src/message/index.js';
import type { Participant, Snapshot } from '../../src/participants/index.js';
import { readSignature, verifySignature } from '../../src/signature/index.js';
import { OWN, schemasOf } from '../envelope/schemas.js';
import type { Answer } from './answer.js';
import { query } from './contents.js';
import type { PollOptions, Sender, SendOptions } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

export const MINUTE = 60_000;
export const LEASE = 15 * MINUTE;
export const PERSON = '11737784886';

/** The sandbox's snapshot with 10.13.I answered by PFR, which polls here, and participants changed as the test says. */
export function pulled(change: (participant: Participant) => Partial<Participant> = () => ({})) {
  return (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    routes: snapshot.routes.map((r) => (r.format.includes('/10.13.I/') ? { ...r, recipient: 'PFR' } : r)),
    participants: polling(snapshot, 'PFR').participants.map((p) => ({ ...p, ...change(p) })),
  });
}

/** The snapshot with a participant that polls, whom the sandbox pushes to. */
export function polling(snapshot: Snapshot, mnemonic: string): Snapshot {
  const participants = snapshot.participants.map((p) =>
    p.mnemonic === mnemonic ? { ...p, mode: 'pull' as const } : p,
  );
  return { ...snapshot, participants };
}

export interface PullWorld extends TestGateway {
  readonly clock: { at: number; now(): number; pass(ms: number): void };
  readonly agency: Sender;
  readonly fund: Sender;
  /** Polls under the gateway's clock; every call is a new signed poll. */
  poll(who: Sender, operation: 'GetRequest' | 'GetResponse' | 'GetStatus', options?: PollOptions): Promise<Answer>;
  /** Sends a query and takes it as PFR does: MessageID and the address of the answer. */
  asked(options?: SendOptions): Promise<{ messageId: string; replyTo: string }>;
  /** Acknowledges whatever is left in the mailboxes. */
  drain(): Promise<void>;
}

export async function pullWorld(
  change?: (participant: Participant) => Partial<Participant>,
  folder = newFolder(),
  start = Date.now(),
  environment: Environment = {},
): Promise<PullWorld> {
  let last = 0;
  const clock = {
    at: start,
    now: () => clock.at,
    pass: (ms: number) => {
      clock.at += ms;
    },
  };
  const gateway = await testGateway({ clock, lease: LEASE, threads: 1, snapshot: pulled(change) }, folder, environment);
  const agency = gateway.as('FED001');
  const fund = gateway.as('PFR');
  const poll: PullWorld['poll'] = (who, operation, options = {}) => {
    // The same millisecond signs to the same poll, which never gets a second answer.
    last = Math.max(last + 1, clock.at);
    return who.poll(operation, { at: last, ...options });
  };
  const drainOf = async (who: Sender) => {
    for (const operation of ['GetRequest', 'GetResponse'] as const) {
      for (let a = await poll(who, operation); a.messageId !== undefined; a = await poll(who, operation))
        await who.ack(a.messageId);
    }
  };
  return {
    ...gateway,
    clock,
    agency,
    fund,
    poll,
    asked: async (options = {}) => {
      const sent = await agency.sendRequest(query(PERSON), options);
      expect(sent.fault).to.equal(undefined);
      await eventually(
        async () => !(await statesOf(gateway, sent.sentId)).includes('checking'),
        'the request is checked',
      );
      const taken = await poll(fund, 'GetRequest', options.version === undefined ? {} : { version: options.version });
      expect(taken.messageId).to.equal(sent.sentId);
      expect((await fund.ack(sent.sentId, true, options.version)).fault).to.equal(undefined);
      return { messageId: sent.sentId, replyTo: taken.valueOf('ReplyTo')! };
    },
    drain: async () => {
      clock.pass(LEASE + 1);
      await drainOf(agency);
      await drainOf(fund);
    },
  };
}

/** 10.13.I 2.0.0: the answer to a question about somebody nothing is known of. */
export function statement(snils = PERSON): string {
  return (
    `<s:responsePackage xmlns:s="urn://egisso-ru/msg/10.13.I/2.0.0" xmlns:t="urn://egisso-ru/types/prsn-statement/2.0.0" xmlns:b="urn://egisso-ru/types/basic/2.2.0">` +
    `<s:packageUid>04a5aee7-57ca-4f9f-8517-7736cea8a664</s:packageUid><s:elements><s:responseData>` +
    `<s:requestUid>cbccd6bd-2451-454d-819d-ae23166a6363</s:requestUid><t:statementData><t:person><b:snils>${snils}</b:snils></t:person>` +
    `<t:assignments></t:assignments></t:statementData></s:responseData></s:elements></s:responsePackage>`
  );
}

/** Whether the ds:Signature in `block` verifies over `element` with the participant's (or the gateway's) certificate. */
export function verifies(answer: Answer, element: string, block: string, certificateFile: string): true | string {
  const { tree } = answer;
  const [target] = answer.all(element);
  const [holder] = answer.all(block);
  if (target === undefined || holder === undefined) return `no ${element} or no ${block}`;
  const signature = readSignature(tree, holder, target);
  if (isFault(signature)) return signature.description;
  const certificate = new X509Certificate(readFileSync(certificateFile));
  if (!certificate.raw.equals(signature.certificate)) return 'signed under another certificate';
  const verified = verifySignature(tree, target, signature, certificate.publicKey, createCryptoProvider());
  return isFault(verified) ? verified.description : true;
}

const schemas = new Map<Version, ReturnType<typeof schemasOf>>();

/** What libxml2 says against the answer by the published schemas of its version; undefined when it is valid. */
export function schemaProblem(answer: Answer, version: Version): string | undefined {
  const judge = schemas.get(version) ?? schemasOf(OWN(version));
  schemas.set(version, judge);
  // By the prefixes that public clients look for with regular expressions.
  const body = /<soap:Body>(<ns2:[\s\S]*)<\/soap:Body>/.exec(answer.text)?.[1];
  if (body === undefined) return `no soap:Body with an ns2 element in ${answer.text.slice(0, 300)}`;
  const inline = body.replace(/<xop:Include[^>]*href="cid:([^"]*)"[^>]*(\/>|><\/xop:Include>)/g, (_, id: string) => {
    const part = answer.parts.get(decodeURIComponent(id));
    return part === undefined ? `no part ${id}` : part.toString('base64');
  });
  return judge.validate(inline);
}

export function certificateOf(gateway: TestGateway, mnemonic: string): string {
  return join(gateway.folder, 'certs-dev', mnemonic, mnemonic === 'gateway' ? 'ec.cert.pem' : 'rsa.cert.pem');
}

/** States of a message's deliveries, oldest first. */
export async function statesOf(gateway: TestGateway, messageId: string): Promise<string[]> {
  return (await gateway.store.deliveriesOf(messageId)).map((d) => d.state).reverse();
}

/** Asks again until it holds: what the gateway does on its own time. */
export async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  const until = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`not within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
