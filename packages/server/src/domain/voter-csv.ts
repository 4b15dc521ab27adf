// A spreadsheet of voters: who stands in it, and everything wrong with its line. Read as a stream, slice by slice, with a turn for
// everybody else in between; memory holds one slice, and of all lines before it the addresses.

import { CsvError, parse, type Parser } from 'csv-parse';
import { emailKey } from './accounts.ts';
import { withoutMark } from './csv.ts';
import { type Columns, columnNames, readColumns, type VoterField } from './voter-columns.ts';
import { breather, sliceSize } from './turns.ts';
import { type VoterDraft, voterSchema } from './voters.ts';

const mostRows = 100_000;
const piece = 16_384;

export interface CsvProblem {
  readonly line: number;
  readonly reason:
    | 'csv-empty'
    | 'csv-columns'
    | 'csv-column-twice'
    | 'csv-syntax'
    | 'csv-too-many'
    | 'csv-too-wide'
    | 'csv-last-name'
    | 'csv-first-name'
    | 'csv-email'
    | 'csv-promotion'
    | 'csv-building'
    | 'csv-language'
    | 'csv-duplicate'
    | 'csv-foreign-domain'
    | 'csv-unknown-promotion';
  /** The missing columns, the line of the first appearance, the domains that are taken, the closest promotion. */
  readonly detail?: string;
  /** What stands there, as far as it helps to find it. */
  readonly value?: string;
}

export interface CsvVoter {
  readonly line: number;
  readonly draft: VoterDraft;
}

/** How the file is to be understood, known from its first line on. */
export interface VoterColumns {
  readonly separator: string;
  /** Which header was taken for which field. */
  readonly columns: readonly { readonly field: VoterField; readonly header: string }[];
  readonly ignored: readonly string[];
}

/** Some lines of the file, in their order. */
export interface VoterSlice extends VoterColumns {
  readonly voters: readonly CsvVoter[];
  readonly problems: readonly CsvProblem[];
}

/** The text of a file in pieces, from its beginning each time it is asked for. */
export type CsvSource = () => AsyncIterable<string>;

interface Head {
  readonly separator: string;
  /** Lines before the header: `sep=;` */
  readonly skipped: number;
  /** Characters of these lines. */
  readonly start: number;
}

/** What Excel writes and reads as a first line; else the separator that the header line uses most. */
function headOf(text: string): Head {
  const declared = /^\s*"?sep=(.)"?[^\n]*\n/i.exec(text);
  if (declared) return { separator: declared[1]!, skipped: 1, start: declared[0].length };
  // A quoted cell of the header may hold line breaks and separators.
  const header = /^(?:"[^"]*"|[^\n])*/.exec(text.replace(/^\s*\n/, ''))![0].replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, n: header.split(separator).length }));
  const { separator } = counts.reduce((best, next) => (next.n > best.n ? next : best));
  return { separator, skipped: 0, start: 0 };
}

interface CsvRow {
  readonly cells: readonly string[];
  /** Of its end. */
  readonly line: number;
}

/** Where a row begins: a quoted cell may hold line breaks. */
const firstLineOf = ({ cells, line }: CsvRow): number =>
  line - cells.reduce((breaks, cell) => (cell.includes('\n') ? breaks + cell.split('\n').length - 1 : breaks), 0);

/** Rows pile up in `rows` as soon as their piece is parsed, so that those before a mistake are known. */
const parserInto = (rows: CsvRow[], separator: string): Parser =>
  parse({
    delimiter: separator,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 2e4,
    on_record: (cells: readonly string[], { lines }) => void rows.push({ cells, line: lines }),
  });

/** No character is cut in two: each piece is written in bytes for itself. */
export function* piecesOf(text: string, size: number): Generator<string> {
  const isHalf = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
  for (let start = 0; start < text.length;) {
    const end = start + size;
    const whole = isHalf(text.charCodeAt(end - 1)) ? end + 1 : end;
    yield text.slice(start, whole);
    start = whole;
  }
}

async function* inSmallPieces(source: CsvSource, { start }: Head): AsyncGenerator<string> {
  const breathe = breather();
  let skipped = start;
  for await (const text of source()) {
    for (const small of piecesOf(text.slice(skipped), piece)) {
      yield small;
      await breathe();
    }
    skipped = 0;
  }
}

const told = (ask: (done: (error?: Error | null) => void) => unknown): Promise<void> =>
  new Promise((resolve, reject) => void ask((error) => (error ? reject(error) : resolve())));

/** At least one slice; a file that cannot be understood ends with the problem that says why. */
export async function* readVoterCsv(source: CsvSource): AsyncGenerator<VoterSlice> {
  const head = await readHead(source);
  const [reading, rows]: [Reading, CsvRow[]] = [new Reading(head), []];
  const parser = parserInto(rows, head.separator);
  parser.on('error', () => undefined); // whoever writes is told
  try {
    for await (const text of inSmallPieces(source, head)) {
      await told((done) => parser.write(text, done));
      yield* reading.slicesOf(rows.splice(0));
      if (reading.isOver) break;
    }
    await told((done) => parser.end(done));
    yield* reading.slicesOf(rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield* reading.slicesOf(rows);
    reading.fail({ line: await firstLineAfter(source, reading.line), reason: 'csv-syntax' });
  } finally {
    parser.destroy();
  }
  yield reading.end();
}

/** The whole text in one piece. */
export const sourceOf = (text: string): CsvSource =>
  // oxlint-disable-next-line typescript/require-await -- there is nothing to wait for
  async function* () {
    yield text;
  };

async function readHead(source: CsvSource): Promise<Head> {
  for await (const text of source()) return headOf(text);
  return headOf('');
}

/** A quote that is never closed runs to the end of the file; the row that opened it is the one to correct. */
async function firstLineAfter(source: CsvSource, line: number): Promise<number> {
  let [at, rest] = [0, ''];
  for await (const text of source()) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    const index = lines.findIndex((row, n) => at + n >= line && row.trim() !== '');
    if (index !== -1) return at + index + 1;
    at += lines.length;
  }
  return at >= line && rest.trim() !== '' ? at + 1 : 1;
}

/** Spaces of all kinds become one; what has no width and no meaning goes. The mark of our own export goes as well. */
const clean = (cell: string): string =>
  withoutMark(
    cell
      .replace(/[\u200B\u2060\uFEFF]/g, '')
      .replace(/\s+/gu, ' ')
      .trim(),
  );

const reasons: Readonly<Record<VoterField, CsvProblem['reason']>> = {
  lastName: 'csv-last-name',
  firstName: 'csv-first-name',
  email: 'csv-email',
  promotion: 'csv-promotion',
  building: 'csv-building',
  language: 'csv-language',
};

/** Of a column that the file does not have; only a language is left out. */
const noFields = { lastName: '', firstName: '', email: '', promotion: '', building: '' };

/** What was read since the last slice, and what is to be known of all lines before. */
class Reading {
  readonly #head: Head;
  #voters: CsvVoter[] = [];
  #problems: CsvProblem[] = [];
  #isSound = true;
  readonly #seen = new Map<string, number>();
  #header: readonly string[] | undefined;
  #columns: Columns = { places: [], ignored: [], missing: [], twice: undefined };
  #rows = 0;

  /** Of the last row that was read. */
  line: number;
  /** There is no use in reading on. */
  isOver = false;

  constructor(head: Head) {
    this.#head = head;
    this.line = head.skipped;
  }

  /** What is full is handed over. */
  *slicesOf(rows: readonly CsvRow[]): Generator<VoterSlice> {
    for (const row of rows) {
      if (this.isOver) return;
      this.line = this.#head.skipped + row.line;
      this.#take(row.cells.map(clean), this.#head.skipped + firstLineOf(row));
      if (this.#voters.length + this.#problems.length >= sliceSize) yield this.#slice();
    }
  }

  #take(cells: readonly string[], line: number): void {
    if (this.#header) return this.#row(cells, line);
    this.#header = cells;
    this.#columns = readColumns(cells);
    const { missing, twice } = this.#columns;
    if (missing.length > 0) {
      const detail = missing.map((field) => columnNames[field]).join(', ');
      this.fail({ line, reason: 'csv-columns', detail });
    } else if (twice !== undefined) this.fail({ line, reason: 'csv-column-twice', detail: twice });
    this.isOver = !this.#isSound;
  }

  fail(problem: CsvProblem): void {
    this.#problems.push(problem);
    this.#isSound = false;
  }

  #row(cells: readonly string[], line: number): void {
    this.#rows++;
    this.isOver = this.#rows > mostRows;
    if (this.isOver) return this.fail({ line, reason: 'csv-too-many' });
    const extra = cells.slice(this.#header!.length).find((cell) => cell !== '');
    if (extra !== undefined) this.fail({ line, reason: 'csv-too-wide', value: extra.slice(0, 60) });
    else this.#voter(cells, line);
  }

  #voter(cells: readonly string[], line: number): void {
    const fields: Partial<Record<VoterField, string>> & typeof noFields = { ...noFields };
    for (const [field, place] of this.#columns.places) fields[field] = cells[place] ?? '';
    fields.email = fields.email.replace(/^mailto:/i, '');
    const voter = voterSchema.safeParse(fields);
    const key = emailKey(voter.success ? voter.data.email : fields.email);
    const first = key === '' ? undefined : this.#seen.get(key);
    if (!voter.success)
      for (const field of new Set(voter.error.issues.map(({ path }) => path[0] as VoterField)))
        this.fail({ line, reason: reasons[field], value: (fields[field] ?? '').slice(0, 60) });
    else if (first !== undefined)
      this.fail({ line, reason: 'csv-duplicate', detail: String(first), value: voter.data.email });
    else this.#voters.push({ line, draft: voter.data });
    this.#seen.set(key, first ?? line);
  }

  #slice(): VoterSlice {
    const [voters, problems] = [this.#voters, this.#problems];
    [this.#voters, this.#problems] = [[], []];
    return {
      voters,
      problems,
      separator: this.#head.separator,
      columns: this.#columns.places.map(([field, index]) => ({ field, header: this.#header![index]! })),
      ignored: this.#columns.ignored,
    };
  }

  end(): VoterSlice {
    if (this.#isSound && this.#rows === 0) this.fail({ line: 1, reason: 'csv-empty' });
    return this.#slice();
  }
}
