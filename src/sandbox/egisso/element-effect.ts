import type { Fact, FactEvent, Note, PackageElement } from './api.js';
import type { Dictionaries } from './dictionaries.js';
import type { FactState, Facts, FactVersion } from './facts.js';
import { datesInOrder, FACT_RULES, notesOn } from './rules/index.js';

/** What an element of a package would do: its notes, and the version to append unless one of them is an error. */
export interface Effect {
  readonly notes: readonly Note[];
  readonly next?: Pick<FactVersion, 'factUuid' | 'version' | 'state' | 'fact'>;
}

function refusal(report: string): Note {
  return { type: 1, report };
}

/** What elements are judged against; facts stored by earlier elements of the same package are already there. */
export interface Registry {
  readonly facts: Facts;
  readonly dictionaries: Dictionaries;
}

export function effectOf(element: PackageElement, registry: Registry, senderCodes: readonly string[]): Effect {
  if (registry.facts.isKnown(element.uuid.toLowerCase())) {
    const what = element.kind === 'fact' ? 'Факт назначения' : 'Событие';
    return {
      notes: [
        refusal(`${what} с идентификатором ${element.uuid} уже загружен${element.kind === 'fact' ? '' : 'о'} в реестр`),
      ],
    };
  }
  if (element.kind !== 'fact') return effectOfEvent(element, registry, senderCodes);
  return {
    notes: notesOnFact(element.fact, registry, senderCodes),
    next: { factUuid: element.uuid.toLowerCase(), version: 1, state: 'active', fact: element.fact },
  };
}

function notesOnFact(fact: Fact, { dictionaries }: Registry, senderCodes: readonly string[]): readonly Note[] {
  const measure = dictionaries.measure(fact.lmszId.toLowerCase());
  return notesOn(FACT_RULES, { fact, measure, dictionaries, senderCodes });
}

/** An event needs a fact of the sender's own bodies that is still in force: what has ended, or was deleted, is final. */
function effectOfEvent(event: FactEvent, registry: Registry, senderCodes: readonly string[]): Effect {
  const current = registry.facts.inForce(event.factUuid.toLowerCase());
  const named = `Факт назначения с идентификатором ${event.factUuid}`;
  if (!current) return { notes: [refusal(`${named} в реестре не найден`)] };
  if (!senderCodes.includes(current.fact.oszCode))
    return { notes: [refusal(`${named} принадлежит другому поставщику данных`)] };
  if (current.state === 'invalidated') return { notes: [refusal(`${named} удалён из реестра`)] };
  if (current.state === 'terminated') return { notes: [refusal(`${named} прекращён`)] };
  const { state, fact, notes } = changed(event, current.fact, registry, senderCodes);
  return { notes, next: { factUuid: current.factUuid, version: current.version + 1, state, fact } };
}

interface Changed {
  readonly state: FactState;
  readonly fact: Fact;
  readonly notes: readonly Note[];
}

function changed(event: FactEvent, fact: Fact, registry: Registry, senderCodes: readonly string[]): Changed {
  switch (event.kind) {
    case 'alterationBasedOnRecalculation':
      return { state: 'active', fact: withSize(fact, event.amount), notes: [] };
    case 'alterationBasedOnDeathOrMovingRecalculation':
      return ended('active', withSize(fact, event.amount), event.dateFinish);
    case 'alterationBasedOnPreviousErrors':
      return { state: 'active', fact: event.fact, notes: notesOnFact(event.fact, registry, senderCodes) };
    case 'duplicatesInvalidation':
    case 'errorsInvalidation':
      return { state: 'invalidated', fact, notes: [] };
    default:
      return ended('terminated', withSize(fact, event.amount, event.quantity), event.dateFinish);
  }
}

function ended(state: FactState, fact: Fact, dateFinish: string): Changed {
  const set = { ...fact, dateFinish };
  return { state, fact: set, notes: notesOn([datesInOrder], { fact: set }) };
}

/**
 * 10.06.S says of a termination: amount is the sum in the monetary form and the equivalent sum in the others, quantity is
 * the amount of the others. Alterations only say «размер назначения» and are read in the same way.
 */
function withSize(fact: Fact, amount: string | undefined, quantity?: string): Fact {
  const { assignment } = fact;
  if (assignment.form === '01') {
    return amount === undefined ? fact : { ...fact, assignment: { ...assignment, amount } };
  }
  const changes = {
    ...(amount === undefined ? {} : { equivalentAmount: amount }),
    ...(quantity === undefined ? {} : { amount: quantity }),
  };
  return { ...fact, assignment: { ...assignment, ...changes } };
}
