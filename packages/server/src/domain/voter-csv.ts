// A spreadsheet of voters with the seed's header. Everything wrong is said at once, with its line; nothing is half-read.

import { CsvError, parse } from 'csv-parse/sync';
import { type VoterDraft, voterSchema } from './voters.ts';
import { emailKey } from './accounts.ts';

const csvHeader = ['last_name', 'first_name', 'email', 'promotion', 'building'] as const;
const required = csvHeader.slice(0, 3);
const mostRows = 100_000;
const mostProblems = 200;

export interface CsvProblem {
  readonly line: number;
  readonly reason:
    | 'csv-not-utf8'
    | 'csv-empty'
    | 'csv-columns'
    | 'csv-syntax'
    | 'csv-too-many'
    | 'csv-last-name'
    | 'csv-first-name'
    | 'csv-email'
    | 'csv-promotion'
    | 'csv-building'
    | 'csv-duplicate';
  /** The missing columns, or the line of the first appearance. */
  readonly detail?: string;
}

export type VoterCsv =
  | { readonly ok: true; readonly voters: readonly VoterDraft[] }
  | { readonly ok: false; readonly problems: readonly CsvProblem[] };

interface CsvRow {
  readonly info: { readonly lines: number };
  readonly record: Readonly<Record<string, string>>;
  readonly raw: string;
}

/** Where a row begins; the parser tells where it ends, and a quoted cell may hold line breaks. */
const lineOfRow = ({ info, raw }: CsvRow): number => info.lines - (raw.trim().split('\n').length - 1);

const refuse = (problem: CsvProblem): VoterCsv => ({ ok: false, problems: [problem] });
const column = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

export function parseVoterCsv(bytes: Uint8Array): VoterCsv {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse({ line: 1, reason: 'csv-not-utf8' });
  }
  // The parser would count a Windows line end inside quotes as two lines.
  return text.trim() === '' ? refuse({ line: 1, reason: 'csv-empty' }) : parsed(text.replace(/\r\n?/g, '\n'));
}

/** The separator that the header line uses most. */
function separatorOf(text: string): string {
  const header = text.split('\n', 1)[0] ?? '';
  const counts = [',', ';', '\t'].map((separator) => ({ separator, n: header.split(separator).length }));
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).separator;
}

function parsed(text: string): VoterCsv {
  let lastGood = 0;
  try {
    let columns: string[] = [];
    const options = {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      raw: true,
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: mostRows + 1,
      max_record_size: 2e4,
      columns: (header: string[]) => {
        lastGood = 1;
        return (columns = header.map(column));
      },
      on_record: (row: CsvRow) => {
        lastGood = row.info.lines;
        return row;
      },
    };
    const rows = parse(text, options);
    const missing = required.filter((name) => !columns.includes(name));
    if (missing.length > 0) return refuse({ line: 1, reason: 'csv-columns', detail: missing.join(', ') });
    if (rows.length === 0) return refuse({ line: 1, reason: 'csv-empty' });
    if (rows.length > mostRows) return refuse({ line: lineOfRow(rows.at(-1)!), reason: 'csv-too-many' });
    return checked(rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse({ line: firstLineAfter(text, lastGood), reason: 'csv-syntax' });
  }
}

/** A quote that is never closed runs to the end of the file; the row that opened it is the one to correct. */
function firstLineAfter(text: string, line: number): number {
  const index = text.split('\n').findIndex((row, at) => at >= line && row.trim() !== '');
  return index === -1 ? 1 : index + 1;
}

const reasons = {
  lastName: 'csv-last-name',
  firstName: 'csv-first-name',
  email: 'csv-email',
  promotion: 'csv-promotion',
  building: 'csv-building',
} as const;

function checked(rows: readonly CsvRow[]): VoterCsv {
  const voters: VoterDraft[] = [];
  const problems: CsvProblem[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const { record } = row;
    const { last_name: lastName = '', first_name: firstName = '', email = '', promotion = '', building = '' } = record;
    const voter = voterSchema.safeParse({ lastName, firstName, email, promotion, building });
    const line = lineOfRow(row);
    const first = seen.get(emailKey(email));
    if (!voter.success)
      for (const issue of voter.error.issues)
        problems.push({ line, reason: reasons[issue.path[0] as keyof typeof reasons] });
    else if (first !== undefined) problems.push({ line, reason: 'csv-duplicate', detail: String(first) });
    else voters.push(voter.data);
    seen.set(emailKey(email), first ?? line);
  }
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, mostProblems) } : { ok: true, voters };
}
