/** Eleven digits of the formats → `ddd-ddd-ddd dd` of the fund. */
export function withHyphens(snils: string): string {
  return `${snils.slice(0, 3)}-${snils.slice(3, 6)}-${snils.slice(6, 9)} ${snils.slice(9)}`;
}

/** The fund's → eleven digits. */
export function digitsOf(snils: string): string {
  return snils.replace(/\D/g, '');
}
