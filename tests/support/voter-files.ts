// Spreadsheets of voters in tests: a few lines, as a file that comes in pieces.

import { type Charset, type CsvKind, CsvSniffer, decodeCsv } from '../../packages/server/src/domain/csv-text.ts';
import {
  type CsvProblem,
  type CsvSource,
  type CsvVoter,
  readVoterCsv,
  sourceOf,
  type VoterSlice,
} from '../../packages/server/src/domain/voter-csv.ts';

/** `size`: of the pieces, in bytes. */
export async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    await new Promise((resolve) => setImmediate(resolve));
    yield bytes.subarray(start, start + size);
  }
}

/** A text as a file of UTF-8. */
export const fileOf = (text: string): { readonly bytes: AsyncIterable<Uint8Array> } => ({
  bytes: inPieces(new TextEncoder().encode(text)),
});

/** What the bytes are, and the text they hold. */
export async function decodeWhole(
  bytes: Uint8Array,
  size?: number,
): Promise<{ readonly ok: true; readonly charset: Charset; readonly text: string } | Extract<CsvKind, { ok: false }>> {
  const sniffer = new CsvSniffer();
  for await (const some of inPieces(bytes, size)) sniffer.add(some);
  const kind = sniffer.end();
  if (!kind.ok) return kind;
  let text = '';
  for await (const some of decodeCsv(inPieces(bytes, size), kind.charset)) text += some;
  return { ...kind, text };
}

export async function readWhole(text: string | CsvSource): Promise<VoterSlice> {
  const [voters, problems]: [CsvVoter[], CsvProblem[]] = [[], []];
  let last: VoterSlice | undefined;
  for await (const slice of readVoterCsv(typeof text === 'string' ? sourceOf(text) : text)) {
    voters.push(...slice.voters);
    problems.push(...slice.problems);
    last = slice;
  }
  return { ...last!, voters, problems };
}
