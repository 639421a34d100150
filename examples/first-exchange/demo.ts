/**
 * `npm run demo`: the first story of the gateway, against a gateway that runs (`npm start` in another terminal).
 * Every step says in plain words what happens and checks that it did; exit 1 when a step is not as expected, 3 when no
 * gateway answers. The whole of it uses what a participant has: the client library, its keys, the published documents.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createClient,
  type Failure,
  isFailure,
  type ReceivedResponse,
  type SmevClient,
} from '../../src/client/index.js';
import { environment, isRefused, readSettings, type Settings } from '../../src/config/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { verifyReceipt } from '../../src/journal/index.js';
import { initXsd } from '../../src/xml/index.js';
import { announcement, endOfRight, fiveMistakes, newFact, PERSON, query } from './documents.js';
import { words } from './words.js';

const settings = readSettings(environment());
if (isRefused(settings)) {
  console.error(settings.problems.join('\n'));
  process.exit(2);
}
const say = words(settings.language);
await initXsd();
const url = await findGateway(settings);
const agency = clientOf('FED001');
const region = clientOf('REG001');
let number = 0;

step(say.seeded);
const before = await ask(agency, query('11223344595'));
check(contentOf(before).includes('<'), say.answered(contentOf(before)));
check(/kmszCode>[\d.]+</.test(contentOf(before)), say.seededFound);

step(say.submits(PERSON));
const fact = randomUUID();
const protocol = await submit(newFact(fact));
check(/recordOK>true</.test(contentOf(protocol)), say.recordTaken(fact));

step(say.reads);
const statement = await ask(agency, query(PERSON.snils));
check(contentOf(statement).includes('1850.00'), say.factRead(PERSON));

step(say.ends);
const ended = await submit(endOfRight(fact, '2025-06-30'));
check(/recordOK>true</.test(contentOf(ended)), say.endTaken);
const after = await ask(agency, query(PERSON.snils));
check(contentOf(after).includes('2025-06-30'), say.endRead);

step(say.mistakes);
const refused = await region.sendRequest({
  content: announcement(),
  attachments: [file(fiveMistakes())],
  road: 'mtom',
});
check('fault' in refused && refused.fault === 'InvalidContent' && refused.violations.length === 5, say.fiveNamed);
if ('fault' in refused) for (const v of refused.violations) console.log(`      ${v.text}`);

step(say.forges);
const forged = await forge();
check(forged.includes('SignatureVerificationFault'), say.forgeryRefused);

step(say.receipt);
const sent = await agency.sendRequest({ content: query(PERSON.snils) });
if (isFailure(sent)) throw failed(sent);
const receipt = (await (
  await fetch(sent.receiptUrl ?? '', { headers: { Accept: 'application/json' } })
).json()) as Receipt;
const proven = verifyReceipt(receipt.receipt, Buffer.from(receipt.leaf, 'base64'), [receipt.vkey]);
check(!('wrong' in proven), 'wrong' in proven ? proven.wrong : say.receiptHolds(proven.index, proven.checkpoint.size));
const tampered = Buffer.from(receipt.leaf, 'base64');
tampered[20] = (tampered[20] ?? 0) ^ 1;
check('wrong' in verifyReceipt(receipt.receipt, tampered, [receipt.vkey]), say.receiptBreaks);
await answerTo(agency, sent.messageId);
console.log(`\n${say.done}`);

interface Receipt {
  readonly leaf: string;
  readonly receipt: string;
  readonly vkey: string;
}

function step(text: string): void {
  number += 1;
  console.log(`\n${number}. ${text}`);
}

function check(holds: boolean, text: string): void {
  console.log(`   ${holds ? '✓' : '✗'} ${text}`);
  if (!holds) {
    console.error(say.notAsExpected);
    process.exit(1);
  }
}

/** One question and its answer, acknowledged. */
async function ask(client: SmevClient, content: string): Promise<ReceivedResponse> {
  const sent = await client.sendRequest({ content });
  if (isFailure(sent)) throw failed(sent);
  return answerTo(client, sent.messageId);
}

async function submit(document: string): Promise<ReceivedResponse> {
  const sent = await region.sendRequest({ content: announcement(), attachments: [file(document)], road: 'mtom' });
  if (isFailure(sent)) throw failed(sent);
  return answerTo(region, sent.messageId);
}

function file(document: string) {
  return { contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(document) };
}

/** Polls until the answer to this request is there; answers of earlier runs are acknowledged on the way. */
async function answerTo(client: SmevClient, messageId: string): Promise<ReceivedResponse> {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    const received = await client.getResponse();
    if (isFailure(received)) throw failed(received);
    if (received === undefined) {
      await delay(100);
      continue;
    }
    const ack = await client.ack(received.messageId);
    if (isFailure(ack)) throw failed(ack);
    if (received.originalMessageId === messageId) return received;
  }
  throw new Error(say.noAnswer);
}

function contentOf(response: ReceivedResponse): string {
  return response.content?.toString() ?? '';
}

/** A signed message with one character of its content changed on the way: a thief's SNILS in place of the citizen's. */
async function forge(): Promise<string> {
  let body = '';
  const thief = createClient({
    ...optionsOf('FED001'),
    fetch: async (address, init) => {
      body = Buffer.from((init?.body ?? '') as Uint8Array).toString();
      return fetch(address, { ...init, body: body.replace(PERSON.snils, '11223344595') });
    },
  });
  const answer = await thief.sendRequest({ content: query(PERSON.snils) });
  return isFailure(answer) && 'fault' in answer ? answer.fault : 'accepted';
}

function optionsOf(mnemonic: string) {
  const folder = (settings as Settings).certificates;
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  return {
    url,
    version: '1.2' as const,
    certificatePem: read(`${mnemonic}/rsa.cert.pem`),
    privateKeyPem: read(`${mnemonic}/rsa.key.pem`),
    provider: createCryptoProvider(),
    gatewayCertificatesPem: [read('gateway/ec.cert.pem')],
  };
}

function clientOf(mnemonic: string): SmevClient {
  return createClient(optionsOf(mnemonic));
}

function failed(failure: Failure): Error {
  return new Error('fault' in failure ? `${failure.name}: ${failure.description}` : JSON.stringify(failure));
}

/** GATEWAY_URL, else what the running gateway wrote beside its data. */
async function findGateway({ data, url: given, host, port }: Settings): Promise<string> {
  const written = join(data, 'gateway.url');
  const address = given ?? (existsSync(written) ? readFileSync(written, 'utf8').trim() : `http://${host}:${port}`);
  try {
    const ready = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    if (ready.ok) return address;
  } catch {
    // Told below: the reason is the same for a person.
  }
  console.error(say.notRunning(address));
  return process.exit(3);
}
