// Texts of a record are other people's: on a terminal, none of their characters may move the cursor or turn the line round.

/** Controls, line separators, and the marks that reverse what stands beside them (Unicode UAX #9). */
const UNSAFE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with every unsafe character written as its code point. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Sixty-four digits in groups of four, as the pages and the minutes show them. */
export function grouped(digits: string): string {
  return digits.replace(/.{4}(?=.)/gu, '$& ');
}

export function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
