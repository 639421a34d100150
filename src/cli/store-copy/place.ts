import { resolve } from 'node:path';

/** A side of the copy: the embedded store of a data folder, or a PostgreSQL server. */
export type Place = { readonly folder: string } | { readonly url: string };

export function placeOf(given: string): Place | undefined {
  if (/^postgres(ql)?:\/\//.test(given)) return URL.canParse(given) ? { url: given } : undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? undefined : { folder: resolve(given) };
}

/** For people, reports and files: without the password. */
export function shown(place: Place): string {
  if ('folder' in place) return place.folder;
  const url = new URL(place.url);
  url.password = '';
  url.searchParams.delete('password');
  return url.href;
}
