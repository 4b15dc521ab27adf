// The bytes of a spreadsheet as text. Excel writes what its menu calls CSV in Windows-1252 and "Unicode text" in UTF-16;
// what cannot be text at all is told by what it is.

export type Encoding = 'utf-8' | 'utf-16' | 'windows-1252';

export type CsvText =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly reason: 'csv-workbook' | 'csv-no-text' | 'csv-empty' };

const startsWith = (bytes: Uint8Array, ...first: number[]) => first.every((byte, index) => bytes[index] === byte);

export function decodeCsv(bytes: Uint8Array): CsvText {
  // A zip (xlsx, ods, numbers), or the older binary of Excel.
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return { ok: false, reason: 'csv-workbook' };
  const { text, encoding } = decoded(bytes);
  if (text.trim() === '') return { ok: false, reason: 'csv-empty' };
  if (text.includes('\0')) return { ok: false, reason: 'csv-no-text' };
  // One kind of line end: the parser would count a Windows one inside quotes as two lines.
  return { ok: true, text: text.replace(/\r\n?/g, '\n'), encoding };
}

function decoded(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const read = (label: string) => new TextDecoder(label).decode(bytes); // drops the byte order mark
  if (startsWith(bytes, 0xff, 0xfe) || hasZeros(bytes, 1)) return { text: read('utf-16le'), encoding: 'utf-16' };
  if (startsWith(bytes, 0xfe, 0xff) || hasZeros(bytes, 0)) return { text: read('utf-16be'), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: read('windows-1252'), encoding: 'windows-1252' };
  }
}

/** UTF-16 without a mark: Latin letters leave every second byte empty. */
function hasZeros(bytes: Uint8Array, from: 0 | 1): boolean {
  const start = bytes.subarray(0, 64);
  const own = start.filter((_, index) => index % 2 === from);
  const others = start.filter((_, index) => index % 2 !== from);
  return own.length >= 8 && own.every((byte) => byte === 0) && others.every((byte) => byte !== 0);
}
