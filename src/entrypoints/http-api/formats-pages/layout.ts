import type { Format } from '../../../formats/index.js';
import { type Html, html, type Part } from './html.js';
import { stateOf, type View } from './view.js';

/** The page around its content. Well-formed as XML below the first line, so that tests can read it strictly. */
export function page(view: View, title: string, trail: readonly Html[], content: Part): string {
  const { words: w } = view;
  const whole = html`<html lang="${view.language}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${title} · ${w.catalogue}</title>
<link rel="stylesheet" href="${view.link('style.css')}"/>
</head>
<body>
<header><nav><ol class="trail"><li><a href="${view.link('')}">${w.catalogue}</a></li>${trail.map((t) => html`<li>${t}</li>`)}</ol>
<a class="language" href="${view.inOtherLanguage}" hreflang="${view.language === 'ru' ? 'en' : 'ru'}">${w.otherLanguage}</a></nav></header>
<main>${content}</main>
<footer><p>${w.asJson}</p></footer>
</body>
</html>
`;
  return `<!DOCTYPE html>\n${whole.text}`;
}

/** The state of a version as a small label. */
export function badge(format: Format, view: View): Html {
  const state = stateOf(format, view);
  return html`<span class="badge ${state}" title="${view.words.stateMeans[state]}">${view.words.states[state]}</span>`;
}

export function familyName(family: string, { words }: View): string {
  return words.families[family] ?? family;
}

export function notFoundPage(view: View): string {
  const { words: w } = view;
  return page(
    view,
    w.notFound,
    [],
    html`<h1>${w.notFound}</h1><p><a href="${view.link('')}">${w.notFoundHint}</a></p>`,
  );
}
