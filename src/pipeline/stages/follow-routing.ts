import { type Routing, readRouting } from '../../envelope/index.js';
import { fault, isFault } from '../../faults/index.js';
import { nameOf } from '../../message/index.js';
import type { Routed } from '../known.js';
import { hasValues } from '../routing/find-recipients.js';
import { type Allowed, routeByInstructions } from '../routing/route-records.js';
import { refusalOfRouting } from '../routing/verify-routing.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/**
 * rout:Routing (1.3): whom the sender asked for, once RoutingSignature proves that it did. What cannot be routed is no
 * fault: the sender is told by AsyncProcessingStatus, value by value (ADR 0012).
 */
export function followRouting(known: Routed, world: World): Routed | Refusal<Routed> {
  const { data, entry, tree, at } = known;
  const { routing: element } = known.unsigned;
  if (element === undefined || data.kind !== 'request' || entry === undefined) return known;
  const routing = readRouting(tree, element);
  const refused = refusalOfRouting(known, routing, world);
  if (isFault(refused)) return refuse(refused, known);
  const format = nameOf(entry.root);
  // Nothing but a MessageID says nothing: the message goes as it would without.
  if (routing.records === undefined && !hasValues(routing)) return general(known, format, world);
  const { recipients, status } = routeByInstructions(
    { ...known, data },
    routing,
    (mark) => world.directory.recipientBy(format, mark, at),
    allowedInRecords(known, routing, format, world),
    world,
  );
  return { ...known, recipients, routing: status };
}

function general(known: Routed, format: string, { directory }: World): Routed | Refusal<Routed> {
  const recipient = directory.recipientOf(format, known.at);
  if (recipient === undefined) return refuse(fault('RecipientIsNotFound', `У вида сведений ${format} нет поставщика`));
  return { ...known, recipients: [recipient] };
}

/** Persons the right names, where nobody has signed for the message as a whole. */
function allowedInRecords(known: Routed, routing: Routing, format: string, { directory }: World): Allowed {
  if (routing.records === undefined || known.personalCertificate !== undefined) return undefined;
  return directory.personalFor(known.caller.participant.mnemonic, format, known.at);
}
