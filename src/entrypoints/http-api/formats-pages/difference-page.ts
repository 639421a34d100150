import type { Change, Difference } from '../../../formats/index.js';
import { type Html, html } from './html.js';
import { page } from './layout.js';
import type { View } from './view.js';

/** Places shown at once where a shared type changed. */
const FEW_PLACES = 2;

export function differencePage(difference: Difference, view: View): string {
  const { words: w } = view;
  const { id, from, to, changes, breaking } = difference;
  const verdict = changes.length === 0 ? w.noChanges : breaking === 0 ? w.onlyCompatible : w.someBreaking;
  return page(
    view,
    `${id} ${from} → ${to}`,
    [html`<a href="${view.link(id, '')}">${id}</a>`, html`${from} → ${to}`],
    html`<h1><span class="code">${id}</span> <a href="${view.link(id, from, '')}">${from}</a> → <a href="${view.link(id, to, '')}">${to}</a></h1>
<p class="lead">${verdict}</p>
<p class="counts"><span class="count breaking">${w.breaking}: ${breaking}</span> <span class="count compatible">${w.compatible}: ${difference.compatible}</span></p>
${changeSection('breaking', changes, view)}
${changeSection('compatible', changes, view)}
${difference.namespaces.length > 0 && namespaceSection(difference, view)}`,
  );
}

function changeSection(judgement: Change['judgement'], changes: readonly Change[], view: View): Html | undefined {
  const { words: w } = view;
  const own = changes.filter((c) => c.judgement === judgement);
  if (own.length === 0) return undefined;
  const roles = [...new Set(own.map((c) => c.role))];
  const [title, hint] =
    judgement === 'breaking' ? [w.breakingTitle, w.breakingHint] : [w.compatibleTitle, w.compatibleHint];
  return html`<section class="${judgement}"><h2>${title}</h2><p class="hint">${hint}</p>
${roles.map((role) => html`<h3>${role === undefined ? w.wholeFormat : w.roles[role]}</h3><ul class="changes">
${own.filter((c) => c.role === role).map((c) => changeItem(c, view))}</ul>`)}</section>`; // biome-ignore format: one thought
}

function changeItem(change: Change, view: View): Html {
  const { words: w, language } = view;
  const hidden = change.paths.length - FEW_PLACES;
  const places = change.paths.slice(0, FEW_PLACES).map((p) => html`<span class="place">${placed(p)}</span>`);
  const rest = change.paths.slice(FEW_PLACES).map((p) => html`<span class="place">${placed(p)}</span>`);
  return html`<li><span class="kind">${w.kinds[change.kind]}</span>
<div>${places}${hidden > 0 && html`<details><summary>${w.more(hidden)}</summary>${rest}</details>`}<p>${change[language]}</p></div></li>
`;
}

/** The path with its last step stressed; it may break after each step. */
function placed(path: string): Html {
  const cut = path.lastIndexOf('/') + 1;
  const above = path.slice(0, cut).split('/').filter(Boolean);
  return html`<code>${above.map((step) => html`<span class="above">${step}/</span><wbr/>`)}<b>${path.slice(cut)}</b></code>`;
}

function namespaceSection({ namespaces }: Difference, { words: w }: View): Html {
  const rows = namespaces.map(({ from, to }) => html`<tr><td><code>${from}</code></td><td><code>${to}</code></td></tr>
`); // biome-ignore format: one thought
  return html`<section><h2>${w.replaceNamespaces}</h2><p class="hint">${w.replaceHint}</p>
<div class="wide"><table class="pairs"><thead><tr><th scope="col">${w.from}</th><th scope="col">${w.to}</th></tr></thead><tbody>
${rows}</tbody></table></div></section>`;
}

/** For versions whose schemas are not kept. */
export function noDifferencePage(id: string, missing: readonly string[], view: View): string {
  const { words: w } = view;
  return page(
    view,
    `${id}: ${w.difference}`,
    [html`<a href="${view.link(id, '')}">${id}</a>`, html`${w.difference}`],
    html`<h1>${w.difference}</h1><p class="note">${w.missing(missing.join(', '))}</p>`,
  );
}
