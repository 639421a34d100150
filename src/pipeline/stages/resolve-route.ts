import type { RequestData } from '../../envelope/index.js';
import { type Fault, fault, isFault } from '../../faults/index.js';
import { acceptable, type FormatEntry, routingCodeOf } from '../../formats/index.js';
import { nameOf } from '../../message/index.js';
import type { Participant } from '../../participants/index.js';
import type { Routed, WithData } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/**
 * Format by the root element under MessagePrimaryContent; then the one provider of the format, the one its RoutingCode
 * chooses, or every subscriber. With rout:Routing recipients are found later, when its signature is verified.
 */
export function resolveRoute(known: WithData<RequestData>, world: World): Routed | Refusal<Routed> {
  const { data } = known;
  const name = data.contentName;
  const entry = world.catalogue.find(name.namespace, name.local);
  if (entry === undefined) return refuse(named(world.catalogue.unknown(name), name));
  const refused = acceptable(entry, known.at, { test: data.test });
  if (isFault(refused)) return refuse(named(refused, name));
  if (entry.role !== 'request') {
    return refuse(
      named(fault('BusinessDataTypeIsNotSupported', `${nameOf(name)} — не запрос: им нельзя начать обмен`), name),
    );
  }
  const recipients = recipientsOf(known, entry, world);
  if (isFault(recipients)) return refuse(recipients);
  const broadcast = entry.format.exchange === 'broadcast';
  return { ...known, exchange: data.messageId, recipients, broadcast, entry, test: data.test };
}

function recipientsOf(
  { data, tree, at, unsigned }: WithData<RequestData>,
  entry: FormatEntry,
  { directory }: World,
): readonly Participant[] | Fault {
  const { exchange } = entry.format;
  const format = nameOf(entry.root);
  if (exchange === 'broadcast') {
    if (unsigned.routing !== undefined)
      return fault('InvalidContent', `${format} рассылается всем подписчикам: rout:Routing с ним не передаётся`);
    const subscribers = directory.subscribersOf(format, at);
    return subscribers.length > 0
      ? subscribers
      : fault('RecipientIsNotFound', `На рассылку ${format} никто не подписан`);
  }
  if (unsigned.routing !== undefined) return [];
  if (exchange === 'directive')
    return fault(
      'RecipientIsNotFound',
      `${format} — директивный вид сведений: укажите получателей в rout:Routing (1.3)`,
    );
  const code = routingCodeOf(entry, tree, data.content);
  const recipient =
    code === undefined ? directory.recipientOf(format, at) : directory.recipientBy(format, { dynamic: code }, at);
  if (recipient !== undefined) return [recipient];
  const what = code === undefined ? '' : ` с кодом маршрутизации «${code.slice(0, 100)}»`;
  return fault('RecipientIsNotFound', `У вида сведений ${format} нет поставщика${what}`);
}

function named(f: Fault, name: { namespace: string; local: string }): Fault {
  return { ...f, extra: { RootElementLocalName: name.local, RootElementNamespaceURI: name.namespace } };
}
