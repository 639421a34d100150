/** Numbers of synthetic people begin here; each seed has a block of a million, 97 blocks. Numbers given out to real people are far below. */
const FIRST = 901_000_000;
const BLOCK = 1_000_000;
const BLOCKS = 97;

/** The SNILS of person `index` of a seed: eleven digits. Seeds 97 apart share numbers. */
export function syntheticSnils(seed: number, index: number): string {
  return snilsWith(FIRST + (seed % BLOCKS) * BLOCK + index);
}

/** Whether the number lies in the block of synthetic people; the two digits at the end are not judged. */
export function isSyntheticSnils(snils: string): boolean {
  const number = Number(snils.slice(0, 9));
  return /^\d{11}$/.test(snils) && number >= FIRST && number < FIRST + BLOCKS * BLOCK;
}

/** Nine digits and their control number: each digit times its place from the end, summed, modulo 101, of that the last two digits. */
export function snilsWith(number: number): string {
  const digits = String(number).padStart(9, '0');
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (9 - i), 0);
  return digits + String((sum % 101) % 100).padStart(2, '0');
}
