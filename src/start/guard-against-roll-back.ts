import { edgeAt, judgeStart, nodesOf, rootOf } from '../journal/index.js';
import type { Store } from '../ports/index.js';
import { StartRefused } from './start-refused.js';

/** The store must contain the checkpoint that was handed out last. */
export async function guardAgainstRollBack(
  store: Pick<Store, 'checkpoint' | 'hashes'>,
  guard: string | undefined,
  verifierKey: string,
): Promise<void> {
  const head = await store.checkpoint();
  const verdict = await judgeStart(
    guard,
    head?.size ?? 0,
    async (handedOut) => {
      const known = new Map<string, Uint8Array>();
      for (const { level, position } of nodesOf({ from: 0, to: handedOut.size })) {
        const [hash] = await store.hashes(level, position, position + 1);
        if (hash !== undefined) known.set(`${level}/${position}`, hash);
      }
      const edge = edgeAt(handedOut.size, (level, position) => known.get(`${level}/${position}`) ?? Buffer.alloc(32));
      return rootOf(edge).equals(handedOut.root);
    },
    verifierKey,
  );
  if (verdict !== 'ok') throw new StartRefused(verdict.ru, verdict.en);
}
