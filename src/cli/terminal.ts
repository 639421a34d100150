/** Where a command writes; tests hand in arrays. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** What a person types on one line; absent where nobody sits there. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Columns padded to their widest cell, for people; programs ask for --json. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((cells) => `${line(cells)}\n`).join('');
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
