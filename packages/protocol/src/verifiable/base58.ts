// Random texts in base 58: 0-9, A-Z, a-z without 0, I, O, l. Secret credentials, seeds and the uuid of an election are such.

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** The largest multiple of 58 that a byte reaches: bytes from here on are drawn again, so that there is no bias. */
const FAIR = 232;

/** `length` characters drawn uniformly. */
export function randomBase58(length: number): string {
  let text = '';
  while (text.length < length) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < FAIR) text += ALPHABET[byte % ALPHABET.length]!;
  }
  return text;
}

/** Whether a text consists of `length` such characters. */
export function isBase58(text: string, length: number): boolean {
  return text.length === length && Array.from(text).every((character) => ALPHABET.includes(character));
}
