// The secret code as people type and paste it: with spaces, dashes, or the wide digits of some keyboards.
const CODE = /^\d{4}$/;
const BETWEEN_DIGITS = /[\s\p{Dash_Punctuation}.]/gu;

/** The bare digits, or null when this cannot be a code. */
export function parseCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replaceAll(BETWEEN_DIGITS, '');
  return CODE.test(digits) ? digits : null;
}
