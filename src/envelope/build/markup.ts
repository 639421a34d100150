import { escapeAttribute, escapeText } from '../../xml/index.js';

/** `<name>text</name>`, escaped; nothing when there is no text. */
export function textElement(name: string, text: string | number | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeText(String(text))}</${name}>`;
}

/** ` name="value"`, escaped; nothing when there is no value. */
export function attributeText(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeAttribute(String(value))}"`;
}

/** Its content between the tags of an element, or nothing when there is no content. */
export function wrapped(name: string, content: string | undefined): string {
  return content === undefined ? '' : `<${name}>${content}</${name}>`;
}

/** Texts quote what callers sent: a character that XML cannot hold must not make the answer unreadable. */
export function legible(text: string): string {
  return text.replace(/[^\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
