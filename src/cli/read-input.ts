import { readFileSync } from 'node:fs';
import { EXIT, type Problem, problem } from './exit-codes.js';
import type { Texts } from './texts.js';

/** The bytes of a file named on the command line; `-` is standard input. */
export function readInput(path: string, texts: Texts): Uint8Array<ArrayBuffer> | Problem {
  try {
    return Uint8Array.from(readFileSync(path === '-' ? 0 : path));
  } catch {
    return problem(EXIT.usage, texts.noFile(path));
  }
}
