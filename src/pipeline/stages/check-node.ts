import { fault } from '../../faults/index.js';
import type { PollKnown, SendKnown } from '../known.js';
import { type Refusal, refuse } from '../stage.js';

/** Where the participant's NodeIDs are on record, no other one: its answers would wait in a queue that nobody reads. */
export function checkNode(known: SendKnown | PollKnown): SendKnown | PollKnown | Refusal<SendKnown | PollKnown> {
  const { mnemonic, nodes } = known.caller.participant;
  const { data } = known;
  const node = 'nodeId' in data ? data.nodeId : undefined;
  if (node === undefined || nodes === undefined || nodes.includes(node)) return known;
  const text = `NodeID «${node}» участнику ${mnemonic} не назначен; назначены: ${nodes.join(', ') || 'никакие'}. Обратитесь к оператору шлюза`;
  return refuse(fault(data.kind === 'request' ? 'AccessDenied' : 'UnknownMessageType', text), known);
}
