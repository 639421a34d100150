import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ExchangeDetail, ProofDocument } from '../api-types.js';
import { action, type Context } from '../context.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import { kindOf } from '../kind-of.js';
import { proofArchive } from '../proof-archive.js';
import { table } from '../terminal.js';

/** `gateway exchange MESSAGEID [--proof FILE.zip]`. */
export function registerExchange(parent: Command, context: Context): void {
  const { texts } = context;
  const command = parent
    .command('exchange')
    .description(texts.exchange)
    .argument('<messageId>', 'MessageID')
    .option('--proof <file.zip>', texts.proof)
    .option('--json', texts.json)
    .addHelpText(
      'after',
      `\n${texts.example}\n  gateway exchange 5d5a8c1e-0f3a-11f0-8d3c-0242ac120002 --proof proof.zip`,
    );
  action(command, context, async (messageId: string, options: { proof?: string }) => {
    const path = `/exchanges/${encodeURIComponent(messageId)}`;
    const detail = await context.api.get<ExchangeDetail>(path);
    if (isProblem(detail)) return detail;
    const saved = options.proof === undefined ? '' : await saveProof(path, messageId, options.proof, context);
    if (isProblem(saved)) return saved;
    return { data: detail, text: describe(detail, context) + saved };
  });
}

async function saveProof(path: string, messageId: string, file: string, context: Context): Promise<string | Problem> {
  const proof = await context.api.get<ProofDocument>(`${path}/proof`);
  if (isProblem(proof)) return proof;
  const checkpoint = await context.api.text('/journal/checkpoint');
  if (isProblem(checkpoint)) return checkpoint;
  try {
    writeFileSync(file, proofArchive(messageId, proof, checkpoint));
  } catch {
    return problem(EXIT.usage, context.texts.notWritten(file));
  }
  return `${context.texts.saved(file)}\n`;
}

function describe(detail: ExchangeDetail, { texts }: Context): string {
  const c = texts.columns;
  const messages = table(
    [c.time, c.messageId, c.kind, c.sender, c.recipient, c.format],
    detail.messages.map((m) => [
      String(m.acceptedAt),
      m.messageId,
      kindOf(m),
      m.sender,
      m.recipient ?? '',
      m.format ?? '',
    ]),
  );
  const deliveries = table(
    [c.messageId, c.recipient, c.state, c.attempts],
    detail.deliveries.map((d) => [
      d.messageId,
      d.recipient,
      d.cause ? `${d.state}: ${d.cause}` : d.state,
      String(d.attempts),
    ]),
  );
  const records = table(
    [c.index, c.time, c.kind],
    detail.records.map((r) => [String(r.index), String(r.time), r.kind]),
  );
  const h = texts.headings;
  return `${h.messages}\n${messages}\n${h.deliveries}\n${deliveries}\n${h.records}\n${records}`;
}
