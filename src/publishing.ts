/**
 * Composition root of the thread that judges one package to publish and ends: compiling schemas takes seconds, which live traffic must
 * not notice, and a package made to take for ever ends with its thread. It writes nothing and reads nothing but what it is given.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { projectRoot } from './config/index.js';
import { createXercesOpinion, xercesCommand } from './drivers/second-opinion-xerces/index.js';
import {
  type CatalogueData,
  isRefused,
  judgePackage,
  type PublishPlan,
  type Refused,
  readZip,
} from './formats/index.js';
import { initXsd } from './xml/index.js';

export interface PackageToJudge {
  readonly zip: Uint8Array;
  readonly catalogue: CatalogueData;
  readonly asTest: boolean;
}

const { zip, catalogue, asTest } = workerData as PackageToJudge;
const files = readZip(zip);
const verdict: PublishPlan | Refused = isRefused(files) ? files : await judged(files);
parentPort?.postMessage(verdict);

async function judged(files: Parameters<typeof judgePackage>[0]): Promise<PublishPlan | Refused> {
  await initXsd();
  const second = createXercesOpinion({ command: xercesCommand(projectRoot()) });
  try {
    return await judgePackage(files, catalogue, { asTest, now: () => performance.now() }, second);
  } finally {
    await second.close();
  }
}
