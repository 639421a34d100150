/**
 * Publishing formats at run time: from a package of files to a plan that says everything before anything changes.
 * May import: xml, ports, and formats' own files. Start at judgePackage (judge-package.ts); plan.ts says what comes out.
 */
export { type JudgeOptions, judgePackage } from './judge-package.js';
export { MOST_FILE_BYTES, MOST_FILES, MOST_UNPACKED_BYTES, MOST_UPLOAD_BYTES } from './package-files.js';
export { isRefused, type PublishPlan, type Refusal, type Refused, type Warning } from './plan.js';
export { isInstant } from './read-description.js';
export { readZip } from './read-zip.js';
export { safePath } from './safe-path.js';
