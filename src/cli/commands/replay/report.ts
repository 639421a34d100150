import type { Command } from 'commander';
import type { PlanReport } from '../../../pipeline/index.js';
import { action, type Context } from '../../context.js';
import { isProblem, type Problem } from '../../exit-codes.js';
import { table } from '../../terminal.js';
import { verb } from './call.js';
import { planPath } from './plan-view.js';
import { replayTexts } from './texts.js';

const PAGE = 1_000;

/** `replay report`: every line, page after page; the exit code says whether all of it arrived. */
export function registerReport(group: Command, context: Context): void {
  const words = replayTexts(context.settings.language);
  const command = verb(group, context, 'report', words.report, '2026-11-23-a1b2c3 --csv')
    .argument('<plan>', words.id)
    .option('--csv', words.csv);
  action(command, context, async (id: string, { csv }: { csv?: true }) => {
    if (csv) {
      const text = await asCsv(id, context);
      return isProblem(text) ? text : { data: text, text };
    }
    const report = await whole(id, context);
    return isProblem(report) ? report : { data: report, text: describe(report, context) };
  });
}

async function whole(id: string, { api }: Context): Promise<PlanReport | Problem> {
  let made: PlanReport | undefined;
  for (let from: number | undefined = 0; from !== undefined; from = made.next) {
    const page: PlanReport | Problem = await api.get<PlanReport>(`${planPath(id)}/report`, { from: String(from) });
    if (isProblem(page)) return page;
    made = { ...page, lines: [...(made?.lines ?? []), ...page.lines] };
  }
  return made!;
}

async function asCsv(id: string, context: Context): Promise<string | Problem> {
  const pages: string[] = [];
  for (let from = 0; ; from += PAGE) {
    const answer = await context.api.fetch(`/api/v1${planPath(id)}/report?from=${from}`, {
      headers: { accept: 'text/csv' },
    });
    if (isProblem(answer)) return answer;
    const [head = '', ...rows] = (await answer.text()).split(/(?<=\r\n)/);
    pages.push(...(from === 0 ? [head] : []), ...rows);
    if (rows.length < PAGE) return pages.join('');
  }
}

function describe({ outcomes, lines }: PlanReport, { settings }: Context): string {
  const words = replayTexts(settings.language);
  const h = words.heads;
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${outcome}: ${count}\n`);
  const rows = lines.map((l) => [
    String(l.delivery),
    l.messageId,
    words.verdicts[l.verdict] ?? l.verdict,
    l.outcome,
    String(l.record ?? ''),
    l.why ?? '',
  ]);
  return `${counts.join('')}\n${table([h.delivery, h.message, h.verdict, h.outcome, h.record, h.cause], rows)}`;
}
