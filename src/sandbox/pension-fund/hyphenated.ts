/** Eleven digits as the fund writes a SNILS: `ddd-ddd-ddd dd`. */
export function hyphenated(snils: string): string {
  return `${snils.slice(0, 3)}-${snils.slice(3, 6)}-${snils.slice(6, 9)} ${snils.slice(9)}`;
}
