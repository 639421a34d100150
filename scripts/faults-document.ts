import { FAULTS } from '../src/faults/index.js';

const RETRY = {
  no: 'no · нет',
  later: 'later, same MessageID · позже, с тем же MessageID',
  'new-id': 'with a new MessageID · с новым MessageID',
} as const;

const ERRED = {
  sender: 'sender · отправитель',
  receiver: 'recipient · получатель',
  gateway: 'gateway · шлюз',
} as const;

/** docs/faults.md, whole: one row a code of the fault table. */
export function faultsDocument(): string {
  const rows = Object.entries(FAULTS).map(
    ([code, row]) =>
      `| \`${code}\` | SMEV-${row.number}${row.known ? '' : '*'} | ${row.en} · ${row.ru} | ${ERRED[row.erred]} | ${RETRY[row.retry]} | ${row.exit} | ${row.raisedBy.join(', ')} |`,
  );
  return [
    '# Faults · Отказы',
    '',
    'Generated from `src/faults/index.ts`; edit there, then `npm run build && node dist/scripts/generate-docs.js`.',
    '',
    'The SOAP fault carries one element of this name from the standard’s fault schema, whose Description reads',
    '`SMEV-NNN:<Russian text>`. Numbers marked * are ours: real messages do not show one for that fault.',
    '',
    '| fault | number | meaning | who erred | send again? | exit code of the command line | operations |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
