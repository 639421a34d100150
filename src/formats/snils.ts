/** Numbers up to 001-001-998 were issued without a control number and are not checked (PFR, «Алгоритм формирования контрольного числа»). */
const FIRST_CONTROLLED = 1001998;

/** The control number of nine digits: Σ digit × position from the end, modulo 101, last two digits (so 100 → 00). */
export function controlNumber(nine: string): string {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(nine[i]) * (9 - i);
  return String((sum % 101) % 100).padStart(2, '0');
}

/** Eleven digits of a SNILS written with or without hyphens and spaces; undefined when it is not one. */
export function snilsDigits(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{11}$/.test(digits) ? digits : undefined;
}

/** Whether the control number fits; numbers that carry none are right by definition. False for anything but eleven digits. */
export function snilsFits(digits: string): boolean {
  if (!/^\d{11}$/.test(digits)) return false;
  return Number(digits.slice(0, 9)) <= FIRST_CONTROLLED || controlNumber(digits.slice(0, 9)) === digits.slice(9);
}

/** `112-233-445 95`, the form of the disability registry and of people. The caller has eleven digits. */
export function withHyphens(digits: string): string {
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6, 9)} ${digits.slice(9)}`;
}
