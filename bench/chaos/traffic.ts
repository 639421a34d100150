/** Participants as real ones behave: what they got no answer to they send again under the same MessageID, to whichever gateway answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v4 as uuidv4 } from 'uuid';
import {
  createClient,
  type Failure,
  isFailure,
  type ReceivedRequest,
  type ReceivedResponse,
  type Sent,
  type SmevClient,
} from '../../src/client/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { announcement, factsFile, query } from '../../test/gateway/contents.js';
import { statement } from '../../test/gateway/pull-world.js';
import type { Dice } from './dice.js';
import type { Ledger, SentMessage } from './ledger.js';
import { CONSUMER, FUND, SUPPLIER } from './roles.js';

export interface TrafficOptions {
  readonly urls: readonly string[];
  readonly certificates: string;
  readonly dice: Dice;
  readonly ledger: Ledger;
  /** Messages that begin an exchange, a second, all senders together. */
  readonly rate: number;
}

const ANSWER_WITHIN = 8_000;
const SENDERS = 8;
const POLLERS = 2;
/** The fund answers each message before it confirms it. */
const FUND_POLLERS = 6;

export class Traffic {
  readonly #options: TrafficOptions;
  readonly #clients = new Map<string, readonly SmevClient[]>();
  #sending = true;
  #polling = true;
  #senders: Promise<unknown> = Promise.resolve();
  #pollers: Promise<unknown> = Promise.resolve();

  constructor(options: TrafficOptions) {
    this.#options = options;
    for (const name of [SUPPLIER, CONSUMER, FUND]) this.#clients.set(name, this.#clientsOf(name));
  }

  start(): void {
    const each = (count: number, run: (i: number) => Promise<void>) =>
      Promise.all(Array.from({ length: count }, (_, i) => run(i)));
    this.#senders = each(SENDERS, (i) => this.#send(i));
    this.#pollers = Promise.all([
      each(FUND_POLLERS, (i) => this.#poll(FUND, 'getRequest', i)),
      each(POLLERS, (i) => this.#poll(CONSUMER, 'getResponse', i)),
      each(POLLERS, (i) => this.#poll(SUPPLIER, 'getResponse', i)),
    ]);
  }

  /** No new exchanges; what is on its way goes on to its end. */
  async endSending(): Promise<void> {
    this.#sending = false;
    await this.#senders;
  }

  async stop(): Promise<void> {
    await this.endSending();
    this.#polling = false;
    await this.#pollers;
  }

  #clientsOf(mnemonic: string): SmevClient[] {
    const { certificates, urls } = this.#options;
    const read = (file: string) => readFileSync(join(certificates, mnemonic, file), 'utf8');
    const gatewayCertificatesPem = [readFileSync(join(certificates, 'gateway', 'ec.cert.pem'), 'utf8')];
    let last = 0;
    // Polls of one participant differ in their stamp: the same stamp signs to the same poll.
    const clock = {
      now: () => {
        last = Math.max(last + 1, Date.now());
        return last;
      },
    };
    return urls.map((url) =>
      createClient({
        url,
        version: '1.2',
        certificatePem: read('rsa.cert.pem'),
        privateKeyPem: read('rsa.key.pem'),
        provider: createCryptoProvider(),
        gatewayCertificatesPem,
        clock,
        timeout: ANSWER_WITHIN,
      }),
    );
  }

  async #send(i: number): Promise<void> {
    const { rate, dice: all } = this.#options;
    const dice = all.apart(`sender ${i}`);
    const pause = (SENDERS / rate) * 1_000;
    await sleep(dice.between(0, pause));
    while (this.#sending) {
      const began = Date.now();
      if (dice.share() < 0.03) await this.#sendWrong(dice);
      else if (i % 2 === 0) await this.#sendFacts(dice);
      else await this.#sendQuery(dice);
      await sleep(Math.max(0, dice.between(0.4, 1.6) * pause - (Date.now() - began)));
    }
  }

  async #sendFacts(dice: Dice): Promise<void> {
    const packageId = uuidv4();
    const content = Buffer.from(factsFile({ packageId }));
    const attachments = [{ contentId: 'facts.xml', mimeType: 'application/xml', content }];
    const request = { content: announcement(), attachments };
    await this.#until(dice, SUPPLIER, { recipient: 'EGISSO', kind: 'request', packageId }, (client, messageId) =>
      client.sendRequest({ ...request, messageId }),
    );
  }

  async #sendQuery(dice: Dice): Promise<void> {
    const content = query('11737784886');
    await this.#until(dice, CONSUMER, { recipient: FUND, kind: 'request' }, (client, messageId) =>
      client.sendRequest({ content, messageId }),
    );
  }

  /** Content against its schema: refused each time, by whichever gateway. */
  async #sendWrong(dice: Dice): Promise<void> {
    const client = dice.of(this.#clients.get(CONSUMER)!);
    const answer = await client.sendRequest({ content: query('wrong') });
    if (!isFailure(answer))
      this.#options.ledger.problems.push(`a message against its schema was accepted: ${answer.messageId}`);
    else if ('fault' in answer) this.#count(answer.name);
  }

  #count(fault: string): void {
    const { refusals } = this.#options.ledger;
    refusals.set(fault, (refusals.get(fault) ?? 0) + 1);
  }

  /** Sends until it is told yes or no; where the senders are to end, once more and no longer than a minute. */
  async #until(
    dice: Dice,
    sender: string,
    about: Pick<SentMessage, 'recipient' | 'kind' | 'packageId'>,
    send: (client: SmevClient, messageId: string) => Promise<Sent | Failure>,
  ): Promise<SentMessage> {
    const { ledger } = this.#options;
    const clients = this.#clients.get(sender)!;
    const messageId = clients[0]!.newMessageId();
    const sent: SentMessage = { messageId, sender, ...about, state: 'unknown', tries: 0, wasUnknown: false };
    ledger.sent.set(messageId, sent);
    const giveUp = Date.now() + 60_000;
    let at = Math.floor(dice.share() * clients.length);
    while (Date.now() < giveUp) {
      sent.tries++;
      const answer = await send(clients[at++ % clients.length]!, messageId);
      if (!isFailure(answer) || isTaken(answer)) {
        if (isFailure(answer) && !sent.wasUnknown)
          ledger.problems.push(`${messageId} was accepted, though its sender was told it was not`);
        sent.state = 'accepted';
        ledger.acceptedAt.push(Date.now());
        // A message both gateways are given at once is taken once; the other one says so.
        if (dice.share() < 0.02) await this.#again(clients, messageId, send);
        return sent;
      }
      if ('fault' in answer && answer.fault !== 'SMEVFailure') {
        sent.state = 'refused';
        sent.why = `${answer.name}: ${answer.description}`;
        return sent;
      }
      sent.why = 'transport' in answer ? answer.cause : 'fault' in answer ? answer.description : answer.untrusted;
      if (!('transport' in answer && (answer.transport === 'unreachable' || answer.transport === 'busy')))
        sent.wasUnknown = true;
      // Where nobody listens, the next gateway is tried at once, as a balancer does.
      await sleep('transport' in answer && answer.transport === 'unreachable' ? 50 : dice.between(200, 800));
    }
    return sent;
  }

  async #again(
    clients: readonly SmevClient[],
    messageId: string,
    send: (client: SmevClient, messageId: string) => Promise<Sent | Failure>,
  ): Promise<void> {
    for (const answer of await Promise.all(clients.map((client) => send(client, messageId))))
      if (!isFailure(answer)) this.#options.ledger.problems.push(`${messageId} was accepted a second time`);
  }

  async #poll(who: string, operation: 'getRequest' | 'getResponse', i: number): Promise<void> {
    const dice = this.#options.dice.apart(`${who} ${operation} ${i}`);
    const clients = this.#clients.get(who)!;
    while (this.#polling) {
      const message = await dice.of(clients)[operation]();
      if (message === undefined) await sleep(dice.between(50, 200));
      else if (!isFailure(message)) await this.#take(dice, who, message);
      else {
        if ('untrusted' in message) this.#options.ledger.problems.push(`${who}: ${message.untrusted}`);
        await sleep(dice.between(100, 300));
      }
    }
  }

  async #take(dice: Dice, who: string, message: ReceivedRequest | ReceivedResponse): Promise<void> {
    const handed = this.#options.ledger.handOut(who, message.messageId);
    handed.times++;
    if (handed.times === 1 && 'replyTo' in message) {
      const { replyTo: to } = message;
      await this.#until(dice, who, { recipient: CONSUMER, kind: 'response' }, (client, messageId) =>
        client.sendResponse({ to, content: statement(), messageId }),
      );
    }
    if (dice.share() < 0.01) return; // a reader that died: the lease runs out, and the message comes again
    await this.#ack(dice, who, message.messageId, handed);
  }

  async #ack(dice: Dice, who: string, messageId: string, handed: { acks: number }): Promise<void> {
    const clients = this.#clients.get(who)!;
    const giveUp = Date.now() + 60_000;
    let wasUnknown = false;
    while (Date.now() < giveUp) {
      const failure = await dice.of(clients).ack(messageId);
      if (failure === undefined) return void handed.acks++;
      if ('fault' in failure && failure.name === 'TargetMessageIsNotFound') {
        // The Ack before this one was taken, its answer was lost; or another reader of the same participant confirmed it.
        if (wasUnknown) handed.acks++;
        return;
      }
      wasUnknown = true;
      await sleep(dice.between(100, 400));
    }
  }
}

/** The sender's own message, with the same content, is there already. */
function isTaken(answer: Failure): boolean {
  return (
    'fault' in answer && answer.name === 'MessageIsAlreadySent' && answer.description.includes('содержимое совпадает')
  );
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
