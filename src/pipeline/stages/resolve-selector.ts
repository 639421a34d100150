import type { Selector } from '../../envelope/index.js';
import { fault } from '../../faults/index.js';
import { nameOf } from '../../message/index.js';
import { nameIn } from '../../signature/index.js';
import type { WithData } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** A selector must name a type this caller has a queue of; none at all means every type. */
export function resolveSelector(
  known: WithData<Selector>,
  world: World,
): WithData<Selector> | Refusal<WithData<Selector>> {
  const { type } = known.data;
  if (type === undefined) return known;
  const registered = registeredTypes(known, world);
  if (registered.includes(nameOf(type))) return known;
  const { participant, certificate } = known.caller;
  const list =
    registered.length === 0 ? 'не зарегистрировано ни одного вида' : `зарегистрированы: ${registered.join(', ')}`;
  const text = `Входящая очередь ${nameOf(type)} участнику ${participant.mnemonic} не принадлежит (сертификат ${nameIn(certificate)}); ${list}`;
  return refuse(fault('UnknownMessageType', text), known);
}

/** Requests this caller answers, or responses to requests it may send: response queues are chosen by the response's root. */
function registeredTypes(known: WithData<Selector>, { directory, catalogue }: World): readonly string[] {
  const { mnemonic } = known.caller.participant;
  if (known.operation === 'GetRequest') return directory.answeredBy(mnemonic);
  return directory.requestedBy(mnemonic).flatMap((request) => {
    const entry = catalogue.entries().find((e) => e.role === 'request' && nameOf(e.root) === request);
    const local = entry?.format.roots.response;
    return entry === undefined || local === undefined ? [] : [nameOf({ namespace: entry.format.namespace, local })];
  });
}
