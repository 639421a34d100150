import type { RequestHandler } from 'express';
import { openLeaf } from '../../../journal/index.js';
import type { HiddenFields } from '../../../message/index.js';
import { CONFIGURATION_RECORDS } from '../../../pipeline/index.js';
import type { StoredRecord } from '../../../ports/index.js';
import type { ApiParts } from '../api-parts.js';
import { problem } from '../problem.js';

const PAGE = 50;

/** Who changed what, newest first, out of the journal: `?limit=`, and `?participant=` for sentences that name it. */
export function historyRoute({ store, vault }: ApiParts): RequestHandler {
  return async (request, response) => {
    const limit = Number(request.query.limit ?? PAGE);
    if (!Number.isInteger(limit) || limit < 1)
      return problem(response, 400, 'limit — целое число больше нуля', 'limit is a whole number above zero');
    const participant = typeof request.query.participant === 'string' ? request.query.participant : undefined;
    const records = await store.recordsOf(CONFIGURATION_RECORDS);
    const items = [];
    for (const record of [...records].reverse()) {
      const item = itemOf(record, openLeaf(record.bytes, record.opening, vault));
      if (participant !== undefined && !item.changes.some((c) => mentions(c, participant))) continue;
      items.push(item);
      if (items.length >= limit) break;
    }
    return void response.json({ items });
  };
}

interface Item {
  readonly record: number;
  readonly time: string;
  readonly by: string;
  readonly operation?: string;
  readonly was?: string;
  readonly snapshot?: string;
  readonly changes: readonly string[];
  readonly changesEn: readonly string[];
}

function itemOf(record: StoredRecord, opened: ReturnType<typeof openLeaf>): Item {
  const hidden: HiddenFields = typeof opened === 'string' ? {} : opened.hidden;
  const text = (name: string) => (typeof hidden[name] === 'string' ? hidden[name] : undefined);
  const list = (name: string) => (Array.isArray(hidden[name]) ? (hidden[name] as readonly string[]) : []);
  const [operation, was] = [text('operation'), text('was')];
  const config = typeof opened === 'string' ? undefined : opened.fields.config;
  return {
    record: record.index,
    time: new Date(record.time).toISOString(),
    by: text('by') ?? '',
    ...(operation && { operation }),
    ...(was && { was }),
    ...(config && { snapshot: config }),
    changes: list('changes'),
    changesEn: list('changesEn'),
  };
}

/** As a word of its own: REG001 is not in REG0011. */
function mentions(sentence: string, mnemonic: string): boolean {
  return sentence.split(/[\s:,]+/).includes(mnemonic);
}
