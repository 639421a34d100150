/** DER blocks of a file that is PEM, several blocks of one kind included, or DER itself. */
export function derBlocksOf(file: Uint8Array, label: 'CERTIFICATE' | 'X509 CRL'): Buffer[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (!bytes.includes('-----BEGIN ')) return [bytes];
  const blocks = bytes.toString('latin1').split(`-----BEGIN ${label}-----`).slice(1);
  return blocks.map((block) => Buffer.from(block.split('-----END ', 1)[0]!, 'base64'));
}
