// A spreadsheet of voters, read whole: who stands in it, and everything wrong with its line. Parsed as a stream in small
// pieces, with a turn for everybody else between them.

import { CsvError, type Options, parse, type Parser } from 'csv-parse';
import { emailKey } from './accounts.ts';
import { type Columns, columnNames, readColumns, type VoterField, voterFields } from './voter-columns.ts';
import { breather } from './turns.ts';
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

export interface VoterFile {
  readonly voters: readonly CsvVoter[];
  readonly problems: readonly CsvProblem[];
  readonly separator: string;
  /** Which header was taken for which field. */
  readonly columns: readonly { readonly field: VoterField; readonly header: string }[];
  readonly ignored: readonly string[];
}

interface Head {
  readonly separator: string;
  /** Lines before the header: `sep=;` */
  readonly skipped: number;
  readonly body: string;
}

/** What Excel writes and reads as a first line; else the separator that the header line uses most. */
function headOf(text: string): Head {
  const declared = /^\s*"?sep=(.)"?[^\n]*\n/i.exec(text);
  if (declared) return { separator: declared[1]!, skipped: 1, body: text.slice(declared[0].length) };
  // A quoted cell of the header may hold line breaks and separators.
  const header = /^(?:"[^"]*"|[^\n])*/.exec(text.replace(/^\s*\n/, ''))![0].replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, n: header.split(separator).length }));
  const { separator } = counts.reduce((best, next) => (next.n > best.n ? next : best));
  return { separator, skipped: 0, body: text };
}

interface CsvRow {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
  readonly raw: string;
}

/** Where a row begins; the parser tells where it ends, and a quoted cell may hold line breaks. */
const lineOfRow = ({ info, raw }: CsvRow, skipped: number): number =>
  skipped + info.lines - (raw.trim().split('\n').length - 1);

const optionsOf = (separator: string): Options => ({
  delimiter: separator,
  info: true,
  raw: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: 2e4,
});

/** Hands the text over piece by piece; a write is answered when its piece was parsed. */
async function feed(parser: Parser, text: string): Promise<void> {
  const breathe = breather();
  for (let start = 0; start < text.length && !parser.destroyed; start += piece) {
    await new Promise((resolve) => parser.write(text.slice(start, start + piece), resolve));
    await breathe();
  }
  if (!parser.destroyed) parser.end();
}

export async function readVoterCsv(text: string): Promise<VoterFile> {
  const { separator, skipped, body } = headOf(text);
  const reading = new Reading(separator);
  let lastGood = 0;
  try {
    const parser = parse(optionsOf(separator));
    void feed(parser, body);
    for await (const row of parser as AsyncIterable<CsvRow>) {
      lastGood = row.info.lines;
      if (!reading.take(row.record.map(clean), lineOfRow(row, skipped))) break;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    reading.problems.push({ line: skipped + firstLineAfter(body, lastGood), reason: 'csv-syntax' });
  }
  return reading.end();
}

/** A quote that is never closed runs to the end of the file; the row that opened it is the one to correct. */
function firstLineAfter(text: string, line: number): number {
  const index = text.split('\n').findIndex((row, at) => at >= line && row.trim() !== '');
  return index === -1 ? 1 : index + 1;
}

/** Spaces of all kinds become one; what has no width and no meaning goes. The mark of our own export goes as well. */
const clean = (cell: string): string =>
  cell
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^'(?=["'\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/, '');

const reasons: Readonly<Record<VoterField, CsvProblem['reason']>> = {
  lastName: 'csv-last-name',
  firstName: 'csv-first-name',
  email: 'csv-email',
  promotion: 'csv-promotion',
  building: 'csv-building',
  language: 'csv-language',
};

/** What was read so far. */
class Reading {
  readonly #separator: string;
  readonly #voters: CsvVoter[] = [];
  readonly problems: CsvProblem[] = [];
  readonly #seen = new Map<string, number>();
  #header: readonly string[] | undefined;
  #columns: Columns = { places: new Map(), ignored: [], missing: [], twice: undefined };
  #rows = 0;

  constructor(separator: string) {
    this.#separator = separator;
  }

  /** False when there is no use in reading on. */
  take(cells: readonly string[], line: number): boolean {
    if (this.#header) return this.#row(cells, line);
    this.#header = cells;
    this.#columns = readColumns(cells);
    const { missing, twice } = this.#columns;
    if (missing.length > 0) {
      const detail = missing.map((field) => columnNames[field]).join(', ');
      this.problems.push({ line, reason: 'csv-columns', detail });
    } else if (twice !== undefined) this.problems.push({ line, reason: 'csv-column-twice', detail: twice });
    return this.problems.length === 0;
  }

  #row(cells: readonly string[], line: number): boolean {
    this.#rows++;
    if (this.#rows > mostRows) {
      this.problems.push({ line, reason: 'csv-too-many' });
      return false;
    }
    const extra = cells.slice(this.#header!.length).find((cell) => cell !== '');
    if (extra !== undefined) this.problems.push({ line, reason: 'csv-too-wide', value: extra.slice(0, 60) });
    else this.#voter(cells, line);
    return true;
  }

  #voter(cells: readonly string[], line: number): void {
    const cell = (field: VoterField) => cells[this.#columns.places.get(field) ?? -1] ?? '';
    const fields = Object.fromEntries(
      voterFields
        .filter((field) => field !== 'language' || this.#columns.places.has(field))
        .map((field) => [field, cell(field)]),
    );
    const voter = voterSchema.safeParse({ ...fields, email: fields['email']!.replace(/^mailto:/i, '') });
    const key = emailKey(voter.success ? voter.data.email : cell('email'));
    const first = key === '' ? undefined : this.#seen.get(key);
    if (!voter.success)
      for (const field of new Set(voter.error.issues.map(({ path }) => path[0] as VoterField)))
        this.problems.push({ line, reason: reasons[field], value: cell(field).slice(0, 60) });
    else if (first !== undefined)
      this.problems.push({ line, reason: 'csv-duplicate', detail: String(first), value: voter.data.email });
    else this.#voters.push({ line, draft: voter.data });
    this.#seen.set(key, first ?? line);
  }

  end(): VoterFile {
    if (this.problems.length === 0 && this.#rows === 0) this.problems.push({ line: 1, reason: 'csv-empty' });
    const places = [...this.#columns.places];
    return {
      voters: this.#voters,
      problems: this.problems,
      separator: this.#separator,
      columns: places.map(([field, index]) => ({ field, header: this.#header![index]! })),
      ignored: this.#columns.ignored,
    };
  }
}
