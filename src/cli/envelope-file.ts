/** How far into a file the first element is looked for. */
const HEAD = 65_536;

function head(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, HEAD)).toString('utf8');
}

/**
 * Whether the file is a SOAP envelope or a saved MIME package, rather than the content of one. A look at the beginning
 * only: the gateway judges what it really is.
 */
export function isEnvelope(bytes: Uint8Array): boolean {
  return (
    isMime(bytes) ||
    /^\uFEFF?\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--[\s\S]*?-->)*<(?:[^\s<>:/]+:)?Envelope[\s>]/.test(head(bytes))
  );
}

/** The message-exchange version whose namespace the envelope names. */
export function versionOf(bytes: Uint8Array): string | undefined {
  return /message-exchange\/types\/(1\.[123])\b/.exec(head(bytes))?.[1];
}

/** The Content-Type under which to post the file: a MIME package names its boundary in its first line. */
export function contentTypeOf(bytes: Uint8Array): string {
  if (!isMime(bytes)) return 'text/xml; charset=utf-8';
  const boundary = /^\s*--([^\r\n]+)/.exec(head(bytes))?.[1]?.trim();
  return `multipart/related; type="application/xop+xml"; start-info="text/xml"; boundary="${boundary}"`;
}

function isMime(bytes: Uint8Array): boolean {
  return /^\s*--[^\r\n]+\r?\nContent-/i.test(head(bytes));
}
