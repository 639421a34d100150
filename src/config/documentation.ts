import { OPTIONS, type Option } from './options.js';

/** docs/configuration.md, whole; scripts/generate-docs.ts writes it and `npm run check` compares it. */
export function configurationDocument(): string {
  const rows = (OPTIONS as readonly Option[]).map((option) => {
    const later = option.unserved === undefined ? NOTHING : option.unserved === 'refuse' ? REFUSED : UNUSED;
    return `| \`${option.name}\` | ${option.shown} | ${option.en}${later.en} | ${option.ru}${later.ru} |`;
  });
  return [
    '# Configuration',
    '',
    'Generated from `src/config/options.ts`; edit there, then `npm run build && node dist/scripts/generate-docs.js`.',
    '',
    'Everything is an environment variable, and everything is optional. An empty variable counts as absent. A value that',
    'cannot be right, or two that contradict each other, refuse the start with exit code 2 and a line that says the fix;',
    'a misspelt `GATEWAY_…` name is warned about.',
    '',
    '| variable | default | meaning | значение |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const NOTHING = { en: '', ru: '' };
const REFUSED = {
  en: ' *Not served by this version: setting it refuses the start.*',
  ru: ' *Эта версия его не обслуживает: с ним запуск не состоится.*',
};
const UNUSED = { en: ' *Not used by this version.*', ru: ' *Эта версия его не использует.*' };
