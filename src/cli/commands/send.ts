import type { Command } from 'commander';
import { isFailure, type Sent, type SmevClient } from '../../client/index.js';
import { attachmentsFrom } from '../attachment-files.js';
import { action, type Context, type Found } from '../context.js';
import { contentTypeOf, isEnvelope, versionOf } from '../envelope-file.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import { clientOf, problemOf, versionIn } from '../participant.js';
import { readInput } from '../read-input.js';
import { postEnvelope } from '../send-envelope.js';
import { waitForAnswer } from '../wait-for-answer.js';

interface Options {
  readonly as?: string;
  readonly attach: readonly string[];
  readonly mtom?: true;
  readonly version?: string;
  readonly node?: string;
  readonly test?: true;
  readonly to?: string;
  readonly wait?: string | true;
}

const DEFAULT_VERSION = '1.2';
const DEFAULT_WAIT_S = '60';

/** `gateway send FILE --as MNEMONIC`: exit 1 for a refusal, or when --wait saw no answer in time. */
export function registerSend(parent: Command, context: Context): void {
  const { texts } = context;
  const command = parent
    .command('send')
    .description(texts.send)
    .argument('<file>', texts.sendFile)
    .option('--as <mnemonic>', texts.as)
    .option('--attach <file>', texts.attach, (file: string, before: readonly string[]) => [...before, file], [])
    .option('--mtom', texts.mtom)
    .option('--version <1.1|1.2|1.3>', texts.messageVersion)
    .option('--node <id>', texts.node)
    .option('--test', texts.test)
    .option('--to <replyTo>', texts.to)
    .option('--wait [seconds]', texts.wait)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway send request.xml --as FED001 --wait`);
  action(command, context, (file: string, options: Options) => send(file, options, context));
}

async function send(file: string, options: Options, context: Context): Promise<Found | Problem> {
  const seconds = options.wait === true ? DEFAULT_WAIT_S : options.wait;
  if (seconds !== undefined && !/^[1-9]\d{0,4}$/.test(seconds))
    return problem(EXIT.usage, context.texts.badNumber(seconds));
  const bytes = readInput(file, context.texts);
  if (isProblem(bytes)) return bytes;
  const version = versionIn(options.version ?? versionOf(bytes) ?? DEFAULT_VERSION, context);
  if (isProblem(version)) return version;
  if (isEnvelope(bytes)) {
    if (options.attach.length > 0 || options.mtom || options.node || options.test || options.to) {
      return problem(EXIT.usage, context.texts.envelopeOptions);
    }
    return finish(await postEnvelope(bytes, contentTypeOf(bytes), version, context), seconds, context);
  }
  if (options.as === undefined) return problem(EXIT.usage, context.texts.asNeeded);
  const client = clientOf(options.as, version, context);
  return isProblem(client) ? client : finish(await sendContent(client, bytes, options, context), seconds, context);
}

async function sendContent(
  client: SmevClient,
  content: Uint8Array,
  options: Options,
  context: Context,
): Promise<Sent | Problem> {
  const attachments = attachmentsFrom(options.attach, context.texts);
  if (isProblem(attachments)) return attachments;
  const message = { content, attachments, road: options.mtom ? 'mtom' : 'inline' } as const;
  const sent =
    options.to === undefined
      ? await client.sendRequest({
          ...message,
          ...(options.node !== undefined && { nodeId: options.node }),
          ...(options.test && { test: true }),
        })
      : await client.sendResponse({ ...message, to: options.to });
  return isFailure(sent) ? problemOf(sent, context) : sent;
}

async function finish(
  sent: Pick<Sent, 'messageId' | 'receiptUrl'> | Problem,
  seconds: string | undefined,
  context: Context,
): Promise<Found | Problem> {
  if (isProblem(sent)) return sent;
  const { texts } = context;
  const { messageId, receiptUrl } = sent;
  const lines = [texts.sent(messageId), ...(receiptUrl === undefined ? [] : [texts.receipt(receiptUrl)])];
  const data = { messageId, ...(receiptUrl !== undefined && { receiptUrl }) };
  if (seconds === undefined) return { data, text: `${lines.join('\n')}\n` };
  const answer = await waitForAnswer(messageId, Number(seconds), context);
  if (isProblem(answer)) {
    // The message is taken whatever became of waiting: say so before saying what went wrong.
    context.terminal.err(`${lines.join('\n')}\n`);
    return answer;
  }
  lines.push(answer === undefined ? texts.noAnswer(Number(seconds)) : texts.answered(answer.messageId, answer.kind));
  return {
    data: { ...data, answer: answer ?? null },
    text: `${lines.join('\n')}\n`,
    exit: answer === undefined ? EXIT.bad : EXIT.done,
  };
}
