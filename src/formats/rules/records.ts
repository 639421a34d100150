import { childOf, type ElementView, select, textAt } from '../element-view.js';
import type { Format } from '../format.js';
import { isFacts, isStatementRequest, type PackageRecord, type RecordPerson } from './rule.js';

/** The records of a package in document order; none for formats without records (and for answers). */
export function recordsOf(format: Format, root: ElementView): readonly PackageRecord[] {
  if (isFacts(format))
    return select(root, 'package/elements').flatMap((elements) => elements.children.map((e) => factRecord(e)));
  if (isStatementRequest(format)) return select(root, 'elements/requestData').map(requestRecord);
  return [];
}

/** A new fact, or an event on an earlier one; only a correction of errors brings a whole fact with it. */
function factRecord(element: ElementView): PackageRecord {
  const fact = element.local === 'fact' ? element : childOf(element, 'fact');
  return {
    id: textAt(element, 'uuid') ?? '',
    kind: element.local,
    element,
    ...(fact && { fact }),
    persons: fact ? personsOfFact(fact) : [],
  };
}

function personsOfFact(fact: ElementView): readonly RecordPerson[] {
  const receivers = select(fact, 'mszReceiver').map((element) => ({ role: 'получателя МСЗ', element }));
  const reasons = select(fact, 'reasonPersons/basisPerson').flatMap((basis) => {
    const element = childOf(basis, 'prsnInfo');
    const kinship = textAt(basis, 'kinshipTypeCode');
    return element ? [{ role: 'лица-основания', element, ...(kinship !== undefined && { kinship }) }] : [];
  });
  return [...receivers, ...reasons];
}

function requestRecord(element: ElementView): PackageRecord {
  return {
    id: textAt(element, 'requestUid') ?? '',
    kind: element.local,
    element,
    persons: select(element, 'person').map((person) => ({ role: 'гражданина', element: person })),
  };
}
