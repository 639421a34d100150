import { openLeaf } from '../../journal/index.js';
import type { HiddenFields } from '../../message/index.js';
import type { KeyVault, Store, StoredDelivery, StoredMessage, StoredRecord } from '../../ports/index.js';

/** The operator's word that settles a doubt for good: nothing of it reached the partner. */
export const LOST = 'lost';

/**
 * Whether nobody knows if this delivery had its effect: it was in doubt, and since then neither the partner said that it does
 * not know it (attempt-failed) nor an operator that it is lost. A record that cannot be opened any more counts as doubt.
 */
export async function wasInDoubt(
  delivery: StoredDelivery,
  { exchange, messageId }: StoredMessage,
  { store, vault }: { readonly store: Store; readonly vault: KeyVault },
): Promise<boolean> {
  if (delivery.road === 'pull' || (await store.recordOf(messageId, 'in-doubt')) === undefined) return false;
  const records = (await store.recordsOf(exchange)).filter((r) => r.messageId === messageId);
  let doubt = false;
  for (const record of records) {
    const hidden = hiddenOf(record, vault);
    if (hidden !== undefined && hidden.delivery !== delivery.id) continue;
    if (record.kind === 'in-doubt') doubt = true;
    else if (record.kind === 'attempt-failed' || hidden?.word === LOST) doubt = false;
  }
  return doubt;
}

function hiddenOf({ bytes, opening }: StoredRecord, vault: KeyVault): HiddenFields | undefined {
  const opened = openLeaf(bytes, opening, vault);
  return typeof opened === 'string' ? undefined : opened.hidden;
}
