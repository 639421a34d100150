/** The one style sheet of the catalogue: system fonts, light and dark, from 360 px up. Inline styles are refused by the pages' CSP. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #fbfbf9; --raised: #ffffff; --text: #20262b; --soft: #5b6670; --line: #e3e4df; --accent: #0b6660;
  --good: #2a6f3a; --good-ground: #e7f2e8; --warn: #8a5a00; --warn-ground: #f8efd9; --bad: #a33221; --bad-ground: #fae9e5; --idle-ground: #eceeec;
  --mono: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181b; --raised: #1b1f23; --text: #dfe4e7; --soft: #9aa5ad; --line: #2c3238; --accent: #74cdc0;
    --good: #93d3a0; --good-ground: #1d3324; --warn: #e2bd6d; --warn-ground: #362c15; --bad: #f19c8a; --bad-ground: #3d211c; --idle-ground: #262b30;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header nav { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; padding: 1rem 0; border-bottom: 1px solid var(--line); }
.trail { display: flex; flex-wrap: wrap; gap: .25rem .5rem; list-style: none; margin: 0; padding: 0; color: var(--soft); overflow-wrap: anywhere; }
.trail li + li::before { content: "/"; margin-right: .5rem; color: var(--line); }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:focus-visible, summary:focus-visible, input:focus-visible, button:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 600; margin: 2.2rem 0 .6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 2.6rem 0 .6rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 1.6rem 0 .4rem; color: var(--soft); }
code, pre, .code { font-family: var(--mono); font-size: .92em; }
h1 .code, h2 code { font-weight: 500; }
code { overflow-wrap: anywhere; }
.lead { font-size: 1.1rem; margin: 0 0 1.2rem; max-width: 48rem; }
.hint, .when { color: var(--soft); font-size: .9rem; }
.note { padding: .7rem 1rem; border-left: 3px solid var(--warn); background: var(--warn-ground); border-radius: 0 4px 4px 0; }
.badge { display: inline-block; padding: .05rem .5rem; border-radius: 1rem; font: 500 .78rem/1.5 system-ui, sans-serif; vertical-align: .12em; background: var(--idle-ground); color: var(--soft); white-space: nowrap; }
.badge.active { background: var(--good-ground); color: var(--good); }
.badge.retiring, .badge.test { background: var(--warn-ground); color: var(--warn); }
.button { display: inline-block; padding: .45rem 1rem; border: 1px solid var(--accent); border-radius: 6px; text-decoration: none; font-weight: 500; }
.button:hover, button:hover { background: var(--accent); color: var(--ground); }
.find { display: flex; gap: .5rem; max-width: 34rem; margin: 1.2rem 0 .8rem; }
.find input[type=search] { flex: 1; min-width: 0; padding: .5rem .8rem; font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
button { padding: .5rem 1rem; font: inherit; color: var(--accent); background: none; border: 1px solid var(--accent); border-radius: 6px; cursor: pointer; }
.states a, .contents a { margin-right: .9rem; }
.states a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
.formats, .history, .changes, .files, .values { list-style: none; margin: 0; padding: 0; }
.formats li { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr auto; gap: .2rem 1.2rem; padding: .65rem 0; border-bottom: 1px solid var(--line); align-items: baseline; }
.formats .code { font-weight: 500; overflow-wrap: anywhere; }
.formats .versions { display: flex; flex-wrap: wrap; gap: .2rem .9rem; justify-content: flex-end; max-width: 24rem; }
.one { white-space: nowrap; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.4rem; margin: 0 0 1.4rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.contents { margin-top: 1.4rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
thead th { text-align: left; font-weight: 500; color: var(--soft); border-bottom: 1px solid var(--line); padding: .4rem .8rem .4rem 0; }
tbody th, tbody td { text-align: left; vertical-align: top; font-weight: 400; border-bottom: 1px solid var(--line); padding: .45rem .8rem .45rem 0; }
tbody tr:target { background: var(--warn-ground); }
.fields th:first-child { width: 34%; } .fields th:nth-child(2) { width: 11%; } .fields th:nth-child(3) { width: 29%; }
.must > th code { font-weight: 600; }
.prefix, .type, .above { color: var(--soft); }
.prefix { font-family: var(--mono); font-size: .8em; }
.type { font-size: .85em; }
.facet, .choice { display: block; color: var(--soft); font-size: .9em; }
.personal { padding: 0 .35rem; border-radius: 3px; background: var(--warn-ground); color: var(--warn); font-size: .75rem; }
.values li { font-size: .9em; color: var(--soft); } .values code { color: var(--text); }
.fields .d1 > th { padding-left: 1rem; } .fields .d2 > th { padding-left: 2rem; } .fields .d3 > th { padding-left: 3rem; } .fields .d4 > th { padding-left: 4rem; }
.fields .d5 > th { padding-left: 5rem; } .fields .d6 > th { padding-left: 6rem; } .fields .d7 > th { padding-left: 7rem; } .fields .d8 > th { padding-left: 8rem; }
.fields .d9 > th { padding-left: 9rem; } .fields .d10 > th { padding-left: 10rem; } .fields .d11 > th { padding-left: 11rem; } .fields .d12 > th { padding-left: 12rem; }
summary { cursor: pointer; color: var(--soft); }
.sample { margin: .6rem 0 1.2rem; }
pre { max-height: 26rem; overflow: auto; padding: 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; line-height: 1.45; font-size: .82rem; }
pre code { overflow-wrap: normal; font-size: inherit; }
.files li { padding: .15rem 0; }
.history li { display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: baseline; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.counts { display: flex; gap: .6rem; margin: 0 0 1rem; }
.count { padding: .2rem .8rem; border-radius: 1rem; font-weight: 500; }
.count.breaking { background: var(--bad-ground); color: var(--bad); } .count.compatible { background: var(--good-ground); color: var(--good); }
.changes li { display: grid; grid-template-columns: 8.5rem 1fr; gap: .2rem 1rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
.changes p { margin: .1rem 0 0; }
.kind { font-size: .85rem; font-weight: 500; padding-top: .12rem; }
.breaking .kind { color: var(--bad); } .compatible .kind { color: var(--good); }
.place { display: block; } .place b { font-weight: 600; }
.pairs td { width: 50%; }
@media (max-width: 52rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.5rem; margin-top: 1.4rem; }
  .formats li { grid-template-columns: 1fr; gap: .15rem; padding: .8rem 0; }
  .formats .versions { justify-content: flex-start; max-width: none; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .6rem; }
  .fields, .fields tbody, .fields tr, .fields th, .fields td { display: block; width: auto; }
  .fields thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .fields tbody tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .fields tbody th, .fields tbody td { border: 0; padding: .05rem 0; }
  .fields tbody td:empty { display: none; }
  .fields tbody td:nth-child(2) { color: var(--soft); font-size: .85rem; }
  .fields tbody tr[class] > th { padding-left: 0; width: auto; }
  .fields tbody tr:not(.d0) { padding-left: .6rem; border-left: 2px solid var(--line); }
  .fields .d2 { margin-left: .4rem; } .fields .d3 { margin-left: .8rem; } .fields .d4 { margin-left: 1.2rem; } .fields .d5 { margin-left: 1.6rem; }
  .fields .d6 { margin-left: 2rem; } .fields .d7 { margin-left: 2.4rem; } .fields .d8, .fields .d9, .fields .d10, .fields .d11, .fields .d12 { margin-left: 2.8rem; }
  .changes li { grid-template-columns: 1fr; }
}
@media print { header .language, .button, .find, .states { display: none; } pre { max-height: none; } }
`;
