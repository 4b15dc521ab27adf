// `votix validate_csv`: says what is wrong with a spreadsheet of voters, line by line, without importing anything.

import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import type { Config } from '../config.ts';
import { CsvSniffer, decodeCsv } from '../domain/csv-text.ts';
import { readSettings, type Settings } from '../domain/settings.ts';
import { type CsvProblem, type CsvSource, readVoterCsv } from '../domain/voter-csv.ts';
import { gatherPlan, planImport } from '../domain/voter-plan.ts';
import { translatorFor } from '../messages/translate.ts';
import type { Instance } from '../instance.ts';
import { type Answer, answer, type AnswerOptions, withInstance } from './answer.ts';

interface FileOptions extends AnswerOptions {
  readonly file: string;
}

export function addValidateCsv(program: Command): void {
  program
    .command('validate_csv')
    .description('Check a CSV file of voters against the rules of the settings; nothing is imported')
    .requiredOption('--file <path>', 'the spreadsheet, saved as CSV')
    .option('--json', 'answer in one line of JSON')
    .action((options: FileOptions) =>
      answer(options, () => withInstance((instance, config) => validate(instance, config, options.file))),
    );
}

async function validate({ db }: Instance, config: Config, path: string): Promise<Answer> {
  const read = await readVoters(path);
  if (!read.ok) return read.refusal;
  const rules: Settings = await readSettings(db.reader, config.given);
  // Of no election: everybody in the file is new.
  const { problems, fresh } = await gatherPlan(planImport(db.reader, '', readVoterCsv(read.source), rules));
  if (problems.length > 0) return refusalOf(problems);
  return { ok: true, text: `The file is good: ${fresh.length} voter(s).`, facts: { voters: fresh.length } };
}

export type ReadVoters =
  { readonly ok: true; readonly source: CsvSource } | { readonly ok: false; readonly refusal: Answer };

const refused = (reason: string, sentence: string): ReadVoters => ({
  ok: false,
  refusal: { ok: false, reason, sentence },
});

/** The spreadsheet at this path, or why it is none. */
export async function readVoters(path: string): Promise<ReadVoters> {
  const bytes = (): AsyncIterable<Buffer> => createReadStream(path);
  const sniffer = new CsvSniffer();
  try {
    for await (const some of bytes()) sniffer.add(some);
  } catch {
    return refused('file', `There is no file ${path} that can be read.`);
  }
  const kind = sniffer.end();
  if (!kind.ok) return refused(kind.reason, translatorFor('en')(`reason.${kind.reason}`));
  return { ok: true, source: () => decodeCsv(bytes(), kind.charset) };
}

const mostPrinted = 50;

/** Every problem with its line; in JSON all of them. */
export function refusalOf(problems: readonly CsvProblem[]): Answer {
  const t = translatorFor('en');
  const found = problems.map(({ line, reason, detail = '', value = '' }) => ({
    line,
    reason,
    message: t(`reason.${reason}`, { detail: detail || 'none' }) + (value === '' ? '' : ` (${value})`),
  }));
  const lines = found.slice(0, mostPrinted).map(({ line, message }) => `  line ${line}: ${message}`);
  const more = found.length > mostPrinted ? [`  and ${found.length - mostPrinted} more`] : [];
  const sentence = [`${found.length} thing(s) to correct; nothing was imported.`, ...lines, ...more].join('\n');
  return { ok: false, reason: 'csv-problems', sentence, facts: { problems: found } };
}
