// The bytes of a spreadsheet as text, as they come. Excel writes what its menu calls CSV in Windows-1252 and "Unicode text" in
// UTF-16; what cannot be text at all is told by what it is.

/** As the Encoding Standard names them. */
export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type CsvKind =
  | { readonly ok: true; readonly charset: Charset }
  | { readonly ok: false; readonly reason: 'csv-workbook' | 'csv-no-text' | 'csv-empty' };

const startsWith = (bytes: Uint8Array, ...first: number[]) => first.every((byte, index) => bytes[index] === byte);

/** A zip (xlsx, ods, numbers), or the older binary of Excel. */
const isWorkbook = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/** By the mark at the beginning, or by zeros between Latin letters; what is none of it tells UTF-8 until it shows otherwise. */
function charsetOf(start: Uint8Array): Charset {
  if (startsWith(start, 0xff, 0xfe) || hasZeros(start, 1)) return 'utf-16le';
  if (startsWith(start, 0xfe, 0xff) || hasZeros(start, 0)) return 'utf-16be';
  return 'utf-8';
}

/** UTF-16 without a mark: Latin letters leave every second byte empty. */
function hasZeros(start: Uint8Array, from: 0 | 1): boolean {
  const own = start.filter((_, index) => index % 2 === from);
  const others = start.filter((_, index) => index % 2 !== from);
  return own.length >= 8 && own.every((byte) => byte === 0) && others.every((byte) => byte !== 0);
}

const startLength = 64;

/** Looks at the bytes of a file one after another, and says at the end what they are. */
export class CsvSniffer {
  #start = new Uint8Array(0);
  #charset: Charset | undefined;
  #decoder = new TextDecoder();
  #hasText = false;
  #hasNul = false;

  add(bytes: Uint8Array): void {
    if (this.#charset !== undefined) return this.#look(bytes);
    this.#start = Buffer.concat([this.#start, bytes]);
    if (this.#start.length >= startLength) this.#begin();
  }

  end(): CsvKind {
    const charset = this.#charset ?? this.#begin();
    if (isWorkbook(this.#start)) return { ok: false, reason: 'csv-workbook' };
    this.#look(new Uint8Array(0), false);
    if (!this.#hasText) return { ok: false, reason: 'csv-empty' };
    if (this.#hasNul) return { ok: false, reason: 'csv-no-text' };
    return { ok: true, charset: this.#charset ?? charset };
  }

  #begin(): Charset {
    this.#charset = charsetOf(this.#start.subarray(0, startLength));
    this.#decoder = new TextDecoder(this.#charset, { fatal: this.#charset === 'utf-8' });
    this.#look(this.#start);
    return this.#charset;
  }

  #look(bytes: Uint8Array, stream = true): void {
    const text = this.#read(bytes, stream);
    this.#hasText ||= /\S/.test(text);
    this.#hasNul ||= text.includes('\0');
  }

  #read(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream });
    } catch {
      this.#hasText = true; // no space is written like that
      this.#charset = 'windows-1252';
      this.#decoder = new TextDecoder(this.#charset);
      return this.#decoder.decode(bytes, { stream });
    }
  }
}

/** One kind of line end: the parser would count a Windows one inside quotes as two lines. */
const withOwnLineEnds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** The text of these bytes, without the mark at its beginning; no character is cut in two, and lines end with \n alone. */
export async function* decodeCsv(bytes: AsyncIterable<Uint8Array>, charset: Charset): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset);
  let held = ''; // a carriage return, whose line feed may come next
  for await (const some of bytes) {
    const text = held + decoder.decode(some, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    yield withOwnLineEnds(text.slice(0, text.length - held.length));
  }
  yield withOwnLineEnds(held + decoder.decode());
}
