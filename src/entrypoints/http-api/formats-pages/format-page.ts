import { type Format, type FormatModel, formatName, sampleOf } from '../../../formats/index.js';
import { fieldTable } from './field-table.js';
import { versionList } from './history-page.js';
import { type Html, html, type Part } from './html.js';
import { badge, page } from './layout.js';
import { dayOf, stateOf, type View } from './view.js';

/** One version: what it is, how to get it, its fields and samples. `siblings`: all versions of the id. */
export function formatPage(
  format: Format,
  model: FormatModel | undefined,
  siblings: readonly Format[],
  view: View,
): string {
  const { words: w } = view;
  const roots = model?.roots ?? [];
  return page(
    view,
    formatName(format),
    [html`<a href="${view.link(format.id, '')}">${format.id}</a>`, html`${format.version}`],
    html`<h1><span class="code">${format.id}</span> ${format.version} ${badge(format, view)}</h1>
<p class="lead">${format.title[view.language]}</p>
${facts(format, siblings, view)}
<p><a class="button" href="${view.link(format.id, `${format.version}.zip`)}">${w.download}</a> <span class="hint">${w.downloadHint}</span></p>
${model === undefined && html`<p class="note">${w.noSchemas}</p>`}
${roots.length > 1 && html`<nav class="contents" aria-label="${w.contents}">${roots.map((r) => html`<a href="#${r.role}">${w.roles[r.role]} <code>${r.element.local}</code></a> `)}<a href="#history">${w.history}</a></nav>`}
${model && roots.map((root) => html`<section id="${root.role}"><h2>${w.roles[root.role]} <code>${root.element.local}</code></h2>
${samples(root.role, model, view)}
${fieldTable(root, model, view)}</section>`)}
${model && schemas(model, view)}
<section id="history"><h2>${w.history}</h2>${versionList(siblings, view)}</section>`, // biome-ignore format: the page as it reads
  );
}

function facts(format: Format, siblings: readonly Format[], view: View): Html {
  const { words: w } = view;
  const rows: readonly (readonly [string, Part])[] = [
    [w.state, html`${w.stateMeans[stateOf(format, view)]}${dates(format, siblings, view)}`],
    [w.namespace, html`<code>${format.namespace}</code>`],
    [w.carries, format.carries.length > 0 && format.carries.map((c) => html`<code>${c}</code> `)],
    [w.signature, format.personalSignature === 'required' && w.signatureRequired],
    [w.rulesAtGateway, format.rules.gateway.length > 0 && format.rules.gateway.join(', ')],
    [w.rulesAtRegistry, format.rules.registry.length > 0 && format.rules.registry.join(', ')],
  ];
  const said = rows.filter(([, value]) => value !== false);
  return html`<dl class="facts">${said.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function dates(format: Format, siblings: readonly Format[], view: View): Part {
  const { words: w } = view;
  const { activeFrom, retiredFrom, successor } = format;
  return [
    activeFrom !== undefined && `; ${w.activeFrom} ${dayOf(activeFrom, view)}`,
    retiredFrom !== undefined && `; ${w.retiredFrom} ${dayOf(retiredFrom, view)}`,
    successor !== undefined &&
      html`; ${w.successor} ${siblings.some((s) => s.version === successor) ? html`<a href="${view.link(format.id, successor, '')}">${successor}</a>` : successor}`,
  ];
}

function samples(role: FormatModel['roots'][number]['role'], model: FormatModel, view: View): Html {
  const { words: w } = view;
  const { id, version } = model.format;
  return html`<details class="sample"><summary>${w.samples}: <a href="${view.link(id, version, 'samples', `${role}.xml`)}">${w.smallest}</a>, <a href="${view.link(id, version, 'samples', `${role}-full.xml`)}">${w.full}</a></summary>
<p class="hint">${w.samplesHint}</p><pre tabindex="0"><code>${sampleOf(model, role)}</code></pre></details>`;
}

function schemas({ schemas: paths, format }: FormatModel, view: View): Html {
  const link = (path: string): string => view.link(format.id, format.version, 'schemas', ...path.split('/'));
  return html`<section id="schemas"><h2>${view.words.schemas}</h2><ul class="files">${paths.map((path) => html`<li><a href="${link(path)}"><code>${path}</code></a></li>`)}</ul></section>`;
}
