/**
 * HTTP(S) to the file store: PUT, GET and HEAD of /files/<uuid>/<name>, resumable by Content-Range and Range (RFC 9110 §14).
 * May import: pipeline, ports. The same files, names and credentials as over FTP.
 * Start at handler.ts.
 */
export { createFilesHandler, type FilesParts } from './handler.js';
