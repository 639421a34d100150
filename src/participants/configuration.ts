import { type Change, withField } from './changes/index.js';
import { readParticipant, readRight, readRoute, readSubscription } from './read-parts.js';
import { list, oneOf, record } from './shape.js';
import type { Participant, Right, Route, Snapshot, Subscription } from './snapshot.js';

/** The part of a snapshot that operators write, as a file: who takes part, who may what, who answers what. */
export interface Configuration {
  readonly version: '1';
  readonly participants: readonly Participant[];
  readonly rights: readonly Right[];
  readonly routes: readonly Route[];
  readonly subscriptions?: readonly Subscription[];
}

export function configurationOf({ participants, rights, routes, subscriptions }: Snapshot): Configuration {
  return { version: '1', participants, rights, routes, ...(subscriptions && { subscriptions }) };
}

export const readConfiguration = record<Configuration>(
  { version: oneOf('1'), participants: list(readParticipant), rights: list(readRight), routes: list(readRoute) },
  { subscriptions: list(readSubscription) },
);

/** Puts the file in the place of what there is: who does not stand in it is no longer there. The rest of the snapshot stays. */
export function replaceConfiguration({ participants, rights, routes, subscriptions }: Configuration): Change {
  return (snapshot) => ({
    snapshot: withField({ ...snapshot, participants, rights, routes }, 'subscriptions', subscriptions),
  });
}
