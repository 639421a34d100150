/**
 * What libxml2 may read when a test asks it for a second opinion. A process has fifteen places for input callbacks in all,
 * the product's own schema engine takes one: so files and memory are registered here, once each.
 */
import { XmlBufferInputProvider, xmlRegisterInputProvider } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

const memory = new XmlBufferInputProvider({});
let [filesOpen, memoryOpen] = [false, false];

/** Schemas on disk may import each other by relative path. */
export function openFiles(): void {
  if (!filesOpen) xmlRegisterFsInputProviders();
  filesOpen = true;
}

/** These addresses can be imported from now on. */
export function openMemory(documents: Readonly<Record<string, Uint8Array>>): void {
  for (const [address, bytes] of Object.entries(documents)) memory.addBuffer(address, bytes);
  if (!memoryOpen) xmlRegisterInputProvider(memory);
  memoryOpen = true;
}
