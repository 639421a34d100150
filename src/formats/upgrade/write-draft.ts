import { escapeText } from '../../xml/index.js';
import type { Draft } from './draft.js';

/** UTF-8, two blanks a level, all namespaces declared at the root. Values stand exactly as they were. */
export function writeDraft(draft: Draft, namespaces: Readonly<Record<string, string>>): Buffer {
  const used = new Set<string>();
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>', ''];
  const write = ({ name, text, children }: Draft, indent: string): void => {
    used.add(name.slice(0, name.indexOf(':')));
    if (children.length === 0) {
      lines.push(text === '' ? `${indent}<${name}/>` : `${indent}<${name}>${escapeText(text)}</${name}>`);
      return;
    }
    lines.push(`${indent}<${name}>`);
    for (const child of children) write(child, `${indent}  `);
    lines.push(`${indent}</${name}>`);
  };
  for (const child of draft.children) write(child, '  ');
  const declared = Object.entries(namespaces)
    .filter(([prefix]) => used.has(prefix) || draft.name.startsWith(`${prefix}:`))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  lines[1] = `<${draft.name}${declared.join('')}>`;
  return Buffer.from(`${lines.join('\n')}\n</${draft.name}>\n`);
}
