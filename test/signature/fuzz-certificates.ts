/** `npm run fuzz:certificates [cases] [seed]`: damaged certificates, lists and OCSP answers; 100,000 cases unless told otherwise. */
import { fuzzCertificates } from './trust/fuzz.js';

const [cases = '100000', seed = String(Date.now() >>> 0)] = process.argv.slice(2);
console.log(`seed ${seed}`);
const { thrown, ...report } = fuzzCertificates(Number(cases), Number(seed));
console.log(report);
for (const text of thrown.slice(0, 20)) console.error(text);
process.exitCode = thrown.length > 0 ? 1 : 0;
