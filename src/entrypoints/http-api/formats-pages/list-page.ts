import type { Format, LifeCycleState } from '../../../formats/index.js';
import { type Html, html } from './html.js';
import { badge, familyName, page } from './layout.js';
import { compareVersions, stateOf, type View } from './view.js';

/** What the list is narrowed to. */
export interface Narrowing {
  readonly words: string;
  readonly state: LifeCycleState | undefined;
}

const STATES = ['active', 'retiring', 'test', 'draft', 'retired'] as const;

/** Formats that have every word asked for in their code, title or namespace, and the state. */
export function narrow(formats: readonly Format[], by: Narrowing, view: View): readonly Format[] {
  const words = by.words.toLowerCase().split(/\s+/).filter(Boolean);
  return formats.filter((f) => {
    const text = [f.id, f.version, f.family, f.namespace, f.title.ru, f.title.en].join(' ').toLowerCase();
    return words.every((word) => text.includes(word)) && (by.state === undefined || stateOf(f, view) === by.state);
  });
}

/** Every format by family, one line an id, newest version first. */
export function listPage(formats: readonly Format[], by: Narrowing, view: View): string {
  const { words: w } = view;
  const shown = narrow(formats, by, view);
  const families = [...new Set(shown.map((f) => f.family))];
  const states = STATES.filter((s) => by.state === s || formats.some((f) => stateOf(f, view) === s));
  return page(
    view,
    w.gateway,
    [],
    html`<h1>${w.catalogue}</h1><p class="lead">${w.intro}</p>
<form class="find" method="get" action="${view.link('')}"><input type="search" name="q" value="${by.words}" aria-label="${w.findLabel}" placeholder="${w.findLabel}"/>
<input type="hidden" name="lang" value="${view.language}"/><button type="submit">${w.find}</button></form>
<p class="states"><a href="${stateLink(view, by, undefined)}"${current(by.state === undefined)}>${w.all}</a>${states.map(
      (s) => html` <a href="${stateLink(view, by, s)}"${current(by.state === s)}>${w.states[s]}</a>`,
    )}</p>
${families.length === 0 && html`<p>${w.nothing}</p>`}
${families.map((family) => familySection(family, shown, view))}`,
  );
}

function current(is: boolean): Html {
  return is ? html` aria-current="true"` : html``;
}

function stateLink(view: View, by: Narrowing, state: LifeCycleState | undefined): string {
  const query = new URLSearchParams({ ...(by.words && { q: by.words }), ...(state && { state }) });
  const base = view.link('');
  if (query.size === 0) return base;
  return `${base}${base.includes('?') ? '&' : '?'}${query}`;
}

function familySection(family: string, formats: readonly Format[], view: View): Html {
  const own = formats.filter((f) => f.family === family);
  const ids = [...new Set(own.map((f) => f.id))];
  return html`<section><h2>${familyName(family, view)}</h2><ul class="formats">
${ids.map((id) => formatItem(id, own.filter((f) => f.id === id), view))}</ul></section>`; // biome-ignore format: one thought
}

function formatItem(id: string, versions: readonly Format[], view: View): Html {
  const newestFirst = [...versions].sort((a, b) => compareVersions(b.version, a.version));
  const [newest] = newestFirst;
  return html`<li><a class="code" href="${view.link(id, '')}">${id}</a>
<span class="name">${newest?.title[view.language]}</span>
<span class="versions">${newestFirst.map((f) => versionLink(f, view))}</span></li>
`;
}

function versionLink(format: Format, view: View): Html {
  return html`<span class="one"><a href="${view.link(format.id, format.version, '')}">${format.version}</a> ${badge(format, view)}</span> `;
}
