import { type FieldRow, type Format, type FormatModel, fieldRows } from '../../../formats/index.js';
import { type Html, html, type Part } from './html.js';
import type { View } from './view.js';

type Root = FormatModel['roots'][number];

/** Lists of values no longer than this are shown; longer ones open on demand. */
const FEW_VALUES = 8;
/** Steps of indentation the style sheet knows. */
const DEEPEST_INDENT = 12;

/** The fields of one root element; personal ones are marked. */
export function fieldTable(root: Root, model: FormatModel, view: View): Html {
  const { words: w } = view;
  const { rows, cut } = fieldRows(root);
  const anchors = new Map(rows.map((row, i) => [row.path, `${root.role}-${i}`]));
  return html`<div class="wide"><table class="fields">
<thead><tr><th scope="col">${w.field}</th><th scope="col">${w.occurs}</th><th scope="col">${w.type}</th><th scope="col">${w.meaning}</th></tr></thead>
<tbody>
${rows.map((row) => tableRow(row, { anchors, model, view, root }))}</tbody></table></div>${cut && html`<p class="note">${w.cut}</p>`}`;
}

interface Around {
  readonly anchors: ReadonlyMap<string, string>;
  readonly model: FormatModel;
  readonly view: View;
  readonly root: Root;
}

function tableRow(row: FieldRow, around: Around): Html {
  const { anchors, model, view } = around;
  const { words: w, language } = view;
  const prefix = model.prefixes.get(row.namespace);
  const depth = Math.min(row.depth, DEEPEST_INDENT);
  return html`<tr id="${anchors.get(row.path)}" class="${row.kind} d${depth}${row.min > 0 && row.choice === undefined && ' must'}">
<th scope="row">${prefix !== undefined && html`<span class="prefix">${prefix}:</span>`}<code>${row.name}</code>${isPersonal(row, model.format) && html` <span class="personal" title="${w.personalHint}">${w.personal}</span>`}</th>
<td>${occurrence(row, view)}</td>
<td>${valueCell(row, around)}</td>
<td>${row.documentation[language] ?? row.documentation.ru ?? row.documentation.en}</td></tr>
`;
}

/** One of several: «required» beside it would mislead. */
function occurrence({ occurs, choice, min, max }: FieldRow, { words: w, language }: View): Part {
  const once = min === 1 && max === 1;
  return [
    !(choice && once) && occurs[language],
    choice && html`<span class="choice">${w.choice(choice.number)}: ${w.option(choice.option, choice.of)}</span>`,
  ];
}

function valueCell(row: FieldRow, { anchors, view }: Around): Part {
  const { words: w, language } = view;
  return [
    html`${row.type[language]}${row.typeName !== undefined && html` <span class="type">${row.typeName}</span>`}`,
    row.fixed !== undefined && html`<span class="facet">${w.only} <code>${row.fixed}</code></span>`,
    row.facets.map((f) => html`<span class="facet">${f[language]}</span>`),
    row.sameAs !== undefined &&
      html`<span class="facet">${w.sameAs} <a href="#${anchors.get(row.sameAs)}">${row.sameAs.split('/').slice(-2).join('/')}</a></span>`,
    row.values.length > 0 && values(row, view),
  ];
}

function values({ values: all }: FieldRow, { words: w, language }: View): Html {
  const items = all.map(({ value, documentation: d }) => {
    const said = d[language] ?? d.ru ?? d.en;
    return html`<li><code>${value}</code>${said !== undefined && html` ${said}`}</li>`;
  });
  const list = html`<ul class="values">${items}</ul>`;
  return all.length <= FEW_VALUES
    ? list
    : html`<details><summary>${w.values}: ${all.length}</summary>${list}</details>`;
}

/** A field at or below a path that `format.json` marks. */
function isPersonal({ path }: FieldRow, { personal }: Format): boolean {
  const steps = path.split('/');
  return personal.some((mark) => {
    if (mark.startsWith('//')) return steps.includes(mark.slice(2));
    const plain = mark.replace(/^\//, '');
    return path === plain || path.startsWith(`${plain}/`);
  });
}
