import { isDeepStrictEqual } from 'node:util';
import type { Route, RouteMark, Subscription } from '../snapshot.js';
import { type Change, cannot, withField } from './change.js';

type RouteName = Pick<Route, 'format'> & {
  readonly recipient?: string | undefined;
  readonly by?: RouteMark | undefined;
};

/** Gives a format to a provider; the route of the same format, mark and provider is replaced. */
export function addRoute(route: Route): Change {
  return (snapshot) => {
    const others = snapshot.routes.filter((known) => !(isSame(known, route) && known.recipient === route.recipient));
    return { snapshot: { ...snapshot, routes: [...others, route] } };
  };
}

/** Takes away the routes of a format with this mark; of one provider where it is named. */
export function removeRoute(name: RouteName): Change {
  return (snapshot) => {
    const isNamed = (r: Route) => isSame(r, name) && (name.recipient === undefined || name.recipient === r.recipient);
    const left = snapshot.routes.filter((r) => !isNamed(r));
    if (left.length === snapshot.routes.length)
      return cannot(`Такого маршрута у ${name.format} нет`, `${name.format} has no such route`);
    return { snapshot: { ...snapshot, routes: left } };
  };
}

/** A participant is given broadcasts of a format from now on; its subscription to it is replaced. */
export function subscribe(subscription: Subscription): Change {
  return (snapshot) => {
    const others = (snapshot.subscriptions ?? []).filter((s) => !isSubscription(s, subscription));
    return { snapshot: { ...snapshot, subscriptions: [...others, subscription] } };
  };
}

export function unsubscribe(name: Pick<Subscription, 'participant' | 'format'>): Change {
  return (snapshot) => {
    const { subscriptions = [] } = snapshot;
    const left = subscriptions.filter((s) => !isSubscription(s, name));
    if (left.length === subscriptions.length)
      return cannot(
        `${name.participant} не подписан на ${name.format}`,
        `${name.participant} is not subscribed to ${name.format}`,
      );
    return { snapshot: withField(snapshot, 'subscriptions', left.length === 0 ? undefined : left) };
  };
}

function isSame(a: RouteName, b: RouteName): boolean {
  return a.format === b.format && isDeepStrictEqual(a.by, b.by);
}

function isSubscription(a: Pick<Subscription, 'participant' | 'format'>, b: typeof a): boolean {
  return a.participant === b.participant && a.format === b.format;
}
