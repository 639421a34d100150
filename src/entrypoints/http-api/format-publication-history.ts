import type { RequestHandler } from 'express';
import { openLeaf } from '../../journal/index.js';
import { CONFIGURATION_RECORDS } from '../../pipeline/index.js';
import type { ApiParts } from './api-parts.js';
import { problem } from './problem.js';

const PAGE = 50;

/** Publications, retirements and roll-backs, newest first, out of the journal: who, when, what, why. */
export function publicationHistory({ store, vault }: ApiParts): RequestHandler {
  return async (request, response) => {
    const limit = Number(request.query.limit ?? PAGE);
    if (!Number.isInteger(limit) || limit < 1)
      return problem(response, 400, 'limit — целое число больше нуля', 'limit is a whole number above zero');
    const items = [];
    for (const { bytes, opening, index, time } of [...(await store.recordsOf(CONFIGURATION_RECORDS))].reverse()) {
      const opened = openLeaf(bytes, opening, vault);
      if (typeof opened === 'string' || !String(opened.hidden.operation).startsWith('format-')) continue;
      // What snapshots differ in is told by /configuration/history.
      const { changes: _ru, changesEn: _en, was: _was, ...told } = opened.hidden;
      items.push({ record: index, time: new Date(time).toISOString(), snapshot: opened.fields.config, ...told });
      if (items.length >= limit) break;
    }
    return void response.json({ items });
  };
}
