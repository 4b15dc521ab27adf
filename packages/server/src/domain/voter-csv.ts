// A spreadsheet of voters with the seed's header. Everything wrong is said at once, with its line; nothing is half-read.

import { CsvError, parse } from 'csv-parse/sync';
import { type VoterDraft, voterSchema } from './voters.ts';
import { emailKey } from './accounts.ts';

export const csvHeader = ['last_name', 'first_name', 'email', 'promotion', 'building'] as const;
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
}

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
  return text.trim() === '' ? refuse({ line: 1, reason: 'csv-empty' }) : parsed(text);
}

/** The separator that the header line uses most. */
function separatorOf(text: string): string {
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  const counts = [',', ';', '\t'].map((separator) => ({ separator, n: header.split(separator).length }));
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).separator;
}

function parsed(text: string): VoterCsv {
  try {
    let columns: string[] = [];
    const options = {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: mostRows + 1,
      max_record_size: 2e4,
      columns: (header: string[]) => (columns = header.map(column)),
    };
    const rows = parse(text, options) as unknown as CsvRow[];
    const missing = required.filter((name) => !columns.includes(name));
    if (missing.length > 0) return refuse({ line: 1, reason: 'csv-columns', detail: missing.join(', ') });
    if (rows.length === 0) return refuse({ line: 1, reason: 'csv-empty' });
    if (rows.length > mostRows) return refuse({ line: rows.at(-1)!.info.lines, reason: 'csv-too-many' });
    return checked(rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error['lines'];
    return refuse({ line: typeof line === 'number' ? line : 1, reason: 'csv-syntax' });
  }
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
  for (const { record, info } of rows) {
    const { last_name: lastName = '', first_name: firstName = '', email = '', promotion = '', building = '' } = record;
    const voter = voterSchema.safeParse({ lastName, firstName, email, promotion, building });
    const line = info.lines;
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
