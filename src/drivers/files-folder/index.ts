/**
 * Driver of FileStore on a folder: one sealed file a uuid, and a small claim beside it once a message has it.
 * May import: ports, message. The octets on disk are told in sealed-blocks.ts.
 * Start at open-file-folder.ts.
 */
export { nameProblem } from './file-name.js';
export { type FileFolderOptions, openFileFolder } from './open-file-folder.js';
