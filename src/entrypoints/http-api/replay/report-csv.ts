import type { ReportLine } from '../../../pipeline/index.js';

const COLUMNS = ['delivery', 'messageId', 'verdict', 'outcome', 'replay', 'why', 'replayed', 'record'] as const;

/** RFC 4180, UTF-8, a head line, a line a row whatever stands in a cell. One that a spreadsheet would take for a formula begins with an apostrophe. */
export function asCsv(lines: readonly ReportLine[]): string {
  const rows = lines.map((line) => COLUMNS.map((column) => cell(String(line[column] ?? ''))).join(','));
  return [COLUMNS.join(','), ...rows].map((row) => `${row}\r\n`).join('');
}

function cell(text: string): string {
  const flat = text.replace(/[\r\n]+/g, ' ');
  const safe = /^[=+\-@\t\r]/.test(flat) ? `'${flat}` : flat;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
