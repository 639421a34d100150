import { Buffer } from 'node:buffer';
import { compileSchema, isXsdProblem, type XsdSchema } from '../xml/index.js';

/** One takes up to some megabytes of the thread's wasm memory, and milliseconds to make again. */
const MOST_COMPILED = 128;

interface Compiled {
  readonly schema: XsdSchema;
  /** What the entry schema said when it was compiled. */
  readonly text: string | undefined;
}

/**
 * The schemas of one thread, compiled at first use and kept in its wasm memory, the least recently used given up for others.
 * They outlive a catalogue: paths of published packages name their content, so equal paths mean equal schemas.
 */
export class CompiledSchemas {
  readonly #most: number;
  /** The most recently used last. */
  readonly #compiled = new Map<string, Compiled>();

  constructor(most: number = MOST_COMPILED) {
    this.#most = most;
  }

  /** The compiled entry schema at `path`. Throws where it does not compile: publishing compiles before it stores. */
  of(schemas: Readonly<Record<string, string>>, path: string): XsdSchema {
    const text = schemas[path];
    const known = this.#compiled.get(path);
    this.#compiled.delete(path);
    if (known !== undefined && known.text === text) {
      this.#compiled.set(path, known);
      return known.schema;
    }
    known?.schema.dispose();
    const schema = compileSchema({ get: (at) => bytesOf(schemas[at]) }, path);
    if (isXsdProblem(schema)) throw new Error(schema.textEn);
    this.#compiled.set(path, { schema, text });
    this.#forgetOldest();
    return schema;
  }

  dispose(): void {
    for (const { schema } of this.#compiled.values()) schema.dispose();
    this.#compiled.clear();
  }

  #forgetOldest(): void {
    for (const [path, { schema }] of this.#compiled) {
      if (this.#compiled.size <= this.#most) return;
      schema.dispose();
      this.#compiled.delete(path);
    }
  }
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'utf8');
}
