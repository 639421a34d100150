import { strToU8, zipSync } from 'fflate';
import type { ProofDocument } from './api-types.js';

const README = (messageId: string) => `Proof that the acceptance of ${messageId} stands in the journal of the gateway.
Доказательство того, что приём сообщения ${messageId} записан в журнал шлюза.

leaf.json            the journal record, byte for byte as it was hashed · запись журнала, как она хэширована
receipt.tlog-proof   inclusion proof with a signed checkpoint (c2sp.org/tlog-proof@v1) · доказательство включения
checkpoint           the newest signed checkpoint when this was saved · последняя контрольная точка
vkey.txt             the journal's key; compare it with one you were given by another way · ключ журнала

SHA-256 over the byte 0 and leaf.json is the leaf hash that the proof starts from (RFC 6962).
`;

/** A zip archive with everything an offline check of one journal record needs. */
export function proofArchive(messageId: string, proof: ProofDocument, checkpoint: string): Uint8Array {
  return zipSync({
    'leaf.json': Uint8Array.from(Buffer.from(proof.leaf, 'base64')),
    'receipt.tlog-proof': strToU8(proof.receipt),
    checkpoint: strToU8(checkpoint),
    'vkey.txt': strToU8(`${proof.vkey.trim()}\n`),
    'README.txt': strToU8(README(messageId)),
  });
}
