import type { Catalogue } from '../formats/index.js';
import { nameOf } from '../message/index.js';

/**
 * `{namespace}local` of the answers to a request of `format`. Whatever answers a request is queued under it: a rejection or
 * a status has no content of its own, and a poll by selector must find it.
 */
export function responseFormatOf(format: string | undefined, catalogue: Catalogue): string | undefined {
  const entry = catalogue.entries().find((e) => e.role === 'request' && nameOf(e.root) === format);
  const local = entry?.format.roots.response;
  return entry === undefined || local === undefined ? undefined : nameOf({ namespace: entry.format.namespace, local });
}
