import type { Format } from '../../../formats/index.js';
import { type Html, html } from './html.js';
import { badge, familyName, page } from './layout.js';
import { compareVersions, dayOf, type View } from './view.js';

/** All versions of one id, newest first, each with the difference to the one before it. */
export function historyPage(id: string, versions: readonly Format[], view: View): string {
  const newest = [...versions].sort((a, b) => compareVersions(b.version, a.version))[0]!;
  return page(
    view,
    id,
    [html`${id}`],
    html`<h1><span class="code">${id}</span></h1><p class="lead">${newest.title[view.language]}</p>
<p class="hint">${familyName(newest.family, view)}</p>
<section><h2>${view.words.versions}</h2>${versionList(versions, view)}</section>`,
  );
}

export function versionList(versions: readonly Format[], view: View): Html {
  const { words: w } = view;
  const oldestFirst = [...versions].sort((a, b) => compareVersions(a.version, b.version));
  const items = oldestFirst.map((format, i) => {
    const before = oldestFirst.slice(0, i).findLast((f) => f.entry !== undefined);
    const comparable = before !== undefined && format.entry !== undefined;
    return html`<li><a href="${view.link(format.id, format.version, '')}">${format.version}</a> ${badge(format, view)}
${format.activeFrom !== undefined && html`<span class="when">${w.activeFrom} ${dayOf(format.activeFrom, view)}</span>`}
${format.retiredFrom !== undefined && html`<span class="when">${w.retiredFrom} ${dayOf(format.retiredFrom, view)}</span>`}
${comparable && html`<a class="differs" href="${view.link(format.id, `${before.version}..${format.version}`, '')}">${w.differsFrom(before.version)}</a>`}</li>
`;
  });
  return html`<ol class="history" reversed="reversed">${items.reverse()}</ol>`;
}
