import type { Kill } from './kills.js';
import { type ChaosResult, seconds } from './run.js';

/** What is promised, and whether it held: empty when it did. */
export function brokenPromises({ judged, ended, ledger }: ChaosResult): string[] {
  return [
    ...judged.lost.map((one) => `lost: ${one}`),
    ...judged.duplicates.map((one) => `twice: ${one}`),
    ...judged.broken,
    ...ended,
    ...judged.notFinal.filter((one) => !one.startsWith('in-doubt')).map((one) => `not at its end: ${one}`),
    ...(ledger.acceptedAt.length === 0 ? ['nothing was accepted at all'] : []),
  ];
}

export function printReport(result: ChaosResult, seed: number): void {
  const { judged, kills, ledger, watch, partner } = result;
  const inDoubt = judged.notFinal.filter((one) => one.startsWith('in-doubt'));
  const log = judged.journal;
  console.log(
    `\nseed ${seed}; ${result.sentSeconds.toFixed(0)} s of traffic, settled ${result.settledSeconds.toFixed(1)} s after it`,
  );
  console.table({
    'accepted (told so)': judged.accepted,
    'refused (told so)': judged.refused,
    'unknown to the sender': `${judged.unknown}, of them taken ${judged.unknownTaken}`,
    'first unknown, then settled by sending again': [...ledger.sent.values()].filter(
      (s) => s.wasUnknown && s.state !== 'unknown',
    ).length,
    'deliveries at their end': judged.delivered,
    'in doubt': inDoubt.length,
    'effects at the partner': judged.effects,
    duplicates: judged.duplicates.length,
    lost: judged.lost.length,
    'handed out again under the same MessageID': judged.handedTwice,
    'partner called again about the same MessageID': judged.calledTwice,
    journal: log.ok ? `verified, ${log.size} records` : `${log.where}: ${log.wrong}`,
  });
  for (const one of inDoubt) console.log(`  ${one}`);
  console.log(
    `Faults of the partner: ${JSON.stringify(partner.faults)}; refusals: ${JSON.stringify(Object.fromEntries(ledger.refusals))}`,
  );
  console.log('\nKills (seconds from the kill)');
  console.table(kills.map((kill) => recovery(kill, result)));
  const longest = [...watch.outages].map(
    ([name, spans]) => [name, Math.max(0, ...spans.map((s) => s.to - s.from))] as const,
  );
  console.log(`Longest readiness outage: ${longest.map(([name, ms]) => `${name} ${seconds(ms)} s`).join(', ')}`);
  console.log(`Readiness as heard: ${[...watch.said].map(([what, n]) => `${what} × ${n}`).join(', ')}`);
  console.log(`Longest time without an acceptance anywhere: ${seconds(longestGap(ledger.acceptedAt))} s`);
  const loud = [...result.complaints].sort((a, b) => b[1] - a[1]).slice(0, 12);
  if (loud.length > 0)
    console.log(`\nSaid by the gateways:\n${loud.map(([line, n]) => `  ${n} × ${line}`).join('\n')}`);
}

/** What came first after a kill. */
function recovery(kill: Kill, { ledger, partner, watch }: ChaosResult) {
  const after = (times: readonly number[], from: number): string => {
    const first = times.find((at) => at > from);
    return first === undefined ? 'never' : seconds(first - kill.at);
  };
  return {
    killed: kill.which,
    'runs again': seconds(kill.backAt - kill.at),
    accepted: after(ledger.acceptedAt, kill.victim === 'postgresql' ? kill.backAt - 200 : kill.at),
    'effect at the partner': after(partner.answeredAt, kill.victim === 'gateway' ? kill.at : kill.backAt - 200),
    'all ready': after(watch.readyAt, kill.backAt - 100),
    ...(kill.isLeader && { 'log taken over': after(watch.takeOvers, kill.at) }),
  };
}

function longestGap(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(0, ...sorted.slice(1).map((at, i) => at - sorted[i]!));
}
