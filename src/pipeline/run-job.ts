import { checkLate } from './check-late.js';
import { handOut } from './hand-out.js';
import { judge } from './judge.js';
import { judgeRenewal } from './judge-renewal.js';
import type { Job, JobResult } from './outcome.js';
import { answerForPartner, openForPartner } from './partner-jobs.js';
import { preflight } from './preflight.js';
import { judgeRefused } from './replays/judge-refused.js';
import { judgeReplay } from './replays/judge-replay.js';
import { returnForCorrection } from './replays/return-for-correction.js';
import { refuseDelivery } from './status-message.js';
import { trustReport } from './trust-report.js';
import { upgradeReport } from './upgrade-document.js';
import type { World } from './world.js';

/** One job of a worker thread. Pure work on bytes: nothing here is durable, so a lost job may be run again. */
export async function runJob(job: Exclude<Job, { job: 'use-snapshot' }>, world: World): Promise<JobResult> {
  switch (job.job) {
    case 'judge':
      return { job: 'judge', outcome: await judge(job.envelope, world) };
    case 'judge-renewal':
      return { job: 'judge-renewal', verdict: judgeRenewal(job.document, job.at, world) };
    case 'preflight':
      return { job: 'preflight', verdict: await preflight(job.envelope, world) };
    case 'hand-out':
      return { job: 'hand-out', answer: await handOut(job, world) };
    case 'check-late':
      return { job: 'check-late', ...(await checkLate(job, world)) };
    case 'upgrade-document':
      return { job: 'upgrade-document', report: upgradeReport(job.document, job.split, world) };
    case 'trust-report':
      return { job: 'trust-report', report: trustReport(job.at, world) };
    case 'refuse-delivery':
      return { job: 'refuse-delivery', commit: await refuseDelivery({ ...job, deliveries: [job.delivery] }, world) };
    case 'judge-replay':
      return { job: 'judge-replay', judgement: judgeReplay(job, world) };
    case 'judge-refused':
      return { job: 'judge-refused', today: judgeRefused(job, world) };
    case 'return-for-correction':
      return { job: 'return-for-correction', commit: await returnForCorrection(job, world) };
    case 'open-for-partner':
      return { job: 'open-for-partner', delivery: openForPartner(job, world) };
    case 'answer-for-partner':
      return { job: 'answer-for-partner', envelope: await answerForPartner(job, world) };
  }
}
