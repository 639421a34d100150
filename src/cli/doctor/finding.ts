/** One thing looked at. `bad` keeps the gateway from running or from keeping its promises; every trouble has its fix. */
export interface Finding {
  readonly name: string;
  readonly verdict: 'ok' | 'warning' | 'bad';
  readonly text: string;
  readonly fix?: string;
}
