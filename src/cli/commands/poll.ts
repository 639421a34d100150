import type { Command } from 'commander';
import { type Failure, isFailure, type Poll, type SmevClient } from '../../client/index.js';
import { action, type Context, type Found } from '../context.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import { clientOf, problemOf, versionIn } from '../participant.js';
import { describeReceived, type Received, receivedAsJson } from '../received.js';
import { saveReceived } from '../save-received.js';

interface Options {
  readonly as: string;
  readonly ack?: true;
  readonly type?: string;
  readonly node?: string;
  readonly version: string;
  readonly out?: string;
}

type Take = (client: SmevClient, poll: Poll) => Promise<Received | Failure | undefined>;

const MAILBOXES: Readonly<Record<string, Take>> = {
  requests: async (client, poll) => client.getRequest(poll),
  responses: async (client, poll) => client.getResponse(poll),
  status: async (client) => client.getStatus(),
};

/** `gateway poll (requests|responses|status) --as MNEMONIC`: an empty queue ends with 0. */
export function registerPoll(parent: Command, context: Context): void {
  const { texts } = context;
  const command = parent
    .command('poll')
    .description(texts.poll)
    .argument('<mailbox>', texts.mailbox)
    .requiredOption('--as <mnemonic>', texts.as)
    .option('--ack', texts.ack)
    .option('--type <{ns}local>', texts.type)
    .option('--node <id>', texts.node)
    .option('--version <1.1|1.2|1.3>', texts.messageVersion, '1.2')
    .option('--out <dir>', texts.out)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway poll responses --as FED001 --ack`);
  action(command, context, (mailbox: string, options: Options) => poll(mailbox, options, context));
}

async function poll(mailbox: string, options: Options, context: Context): Promise<Found | Problem> {
  const { texts } = context;
  const take = Object.hasOwn(MAILBOXES, mailbox) ? MAILBOXES[mailbox] : undefined;
  if (take === undefined) return problem(EXIT.usage, texts.badMailbox(mailbox));
  if (mailbox === 'status' && options.ack) return problem(EXIT.usage, texts.statusNeedsNoAck);
  const type = options.type === undefined ? undefined : /^\{([^{}]+)\}([^{}:\s]+)$/.exec(options.type);
  if (type === null) return problem(EXIT.usage, texts.badType(options.type ?? ''));
  const version = versionIn(options.version, context);
  if (isProblem(version)) return version;
  const client = clientOf(options.as, version, context);
  if (isProblem(client)) return client;
  const received = await take(client, {
    ...(type?.[1] !== undefined && type[2] !== undefined && { type: { namespace: type[1], local: type[2] } }),
    ...(options.node !== undefined && { nodeId: options.node }),
  });
  if (received === undefined) return { data: null, text: `${texts.queueEmpty}\n` };
  return isFailure(received) ? problemOf(received, context) : keep(received, client, options, context);
}

/** Saves first and confirms afterwards: a message that was confirmed and not saved would be lost. */
async function keep(
  received: Received,
  client: SmevClient,
  options: Options,
  context: Context,
): Promise<Found | Problem> {
  const { texts } = context;
  const saved = options.out === undefined ? [] : saveReceived(received, options.out, texts);
  if (isProblem(saved)) return saved;
  const lines = [...describeReceived(received, context), ...saved.map(texts.saved)];
  if (options.ack && 'messageId' in received) {
    const failure = await client.ack(received.messageId);
    if (failure !== undefined) {
      context.terminal.err(`${lines.join('\n')}\n`);
      return problemOf(failure, context);
    }
    lines.push(texts.acknowledged);
  }
  return {
    data: { ...receivedAsJson(received), acknowledged: options.ack === true, saved },
    text: `${lines.join('\n')}\n`,
  };
}
