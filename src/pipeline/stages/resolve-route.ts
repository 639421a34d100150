import type { RequestData } from '../../envelope/index.js';
import { fault, isFault } from '../../faults/index.js';
import { acceptable } from '../../formats/index.js';
import { nameOf } from '../../message/index.js';
import type { Routed, WithData } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Format by the root element under MessagePrimaryContent; recipient by the format. */
export function resolveRoute(known: WithData<RequestData>, { catalogue, directory }: World): Routed | Refusal<Routed> {
  const { data } = known;
  const name = data.contentName;
  const entry = catalogue.find(name.namespace, name.local);
  if (entry === undefined) return refuse(named(catalogue.unknown(name), name));
  const refused = acceptable(entry, known.at, { test: data.test });
  if (isFault(refused)) return refuse(named(refused, name));
  if (entry.role !== 'request') {
    return refuse(
      named(fault('BusinessDataTypeIsNotSupported', `${nameOf(name)} — не запрос: им нельзя начать обмен`), name),
    );
  }
  const recipient = directory.recipientOf(nameOf(name), known.at);
  if (recipient === undefined)
    return refuse(fault('RecipientIsNotFound', `У вида сведений ${nameOf(name)} нет поставщика`));
  return { ...known, exchange: data.messageId, recipient, entry, test: data.test };
}

function named(f: ReturnType<typeof fault>, name: { namespace: string; local: string }) {
  return { ...f, extra: { RootElementLocalName: name.local, RootElementNamespaceURI: name.namespace } };
}
