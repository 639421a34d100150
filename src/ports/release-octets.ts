/**
 * Gives the memory behind octets back at once, where nobody else has a view of it; they are empty afterwards. The collector lets tens
 * of megabytes of such buffers pile up before it looks at them, and one file of a gigabyte is sixteen thousand of them.
 */
export function releaseOctets(octets: Uint8Array): void {
  const { buffer, byteOffset, byteLength } = octets;
  // Smaller ones may be cut from a pool that others share.
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength && byteLength >= 16_384;
  if (isWhole && buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}
