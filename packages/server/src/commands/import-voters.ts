// `votix import_voters`: a spreadsheet into the roll of an election, as a whole or not at all; the same file again changes
// nothing.

import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { listElections } from '../domain/elections.ts';
import { readSettings } from '../domain/settings.ts';
import { applyPlan } from '../domain/voter-import-apply.ts';
import { planImport } from '../domain/voter-plan.ts';
import type { Instance } from '../instance.ts';
import type { Database } from '../storage/database.ts';
import { type Answer, answer, type AnswerOptions, withInstance } from './answer.ts';
import { readVoters, refusalOf } from './validate-csv.ts';

interface ImportOptions extends AnswerOptions {
  readonly file: string;
  readonly election?: string;
  readonly dryRun?: boolean;
  readonly sendLink?: boolean;
}

export function addImportVoters(program: Command): void {
  program
    .command('import_voters')
    .description('Import voters from a CSV file into an election that is not armed yet')
    .requiredOption('--file <path>', 'the spreadsheet, saved as CSV')
    .option('--election <id>', 'which election; not needed where only one is a draft')
    .option('--dry-run', 'say what the import would do, and do nothing')
    .option('--send-link', 'send each new voter their link by mail')
    .option('--json', 'answer in one line of JSON')
    .action((options: ImportOptions) =>
      answer(options, () => withInstance((instance, config) => importVoters(instance, config, options))),
    );
}

async function importVoters({ db, vault }: Instance, config: Config, options: ImportOptions): Promise<Answer> {
  if (options.sendLink === true)
    return refusal('mail-not-set-up', 'Sending links from this command is not set up yet; nothing was imported.');
  const chosen = await chooseElection(db, options.election);
  if ('ok' in chosen) return chosen;
  const read = await readVoters(options.file);
  if (!read.ok) return read.refusal;
  const plan = await planImport(db.reader, chosen.id, read.file, await readSettings(db.reader, config.given));
  if (plan.problems.length > 0) return refusalOf(plan.problems);
  const facts = {
    election: chosen.id,
    added: plan.fresh.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
  };
  const counts = `${facts.added} new, ${facts.changed} changed, ${facts.unchanged} unchanged`;
  if (options.dryRun === true) return { ok: true, text: `Would import: ${counts}.`, facts: { ...facts, dryRun: true } };
  if (facts.added + facts.changed > 0) {
    const applied = await applyPlan(db, vault, 'command', { id: randomUUID(), electionId: chosen.id, plan });
    if (!applied.ok) return refusal(applied.reason, sentences[applied.reason]);
  }
  return { ok: true, text: `Imported: ${counts}.`, facts };
}

const sentences = {
  'unknown-election': 'There is no such election.',
  'election-armed': 'This election is armed: its roll takes no import any more.',
  'roll-changed': 'The roll has changed meanwhile, so nothing was imported. Run the command again.',
} as const;

const refusal = (reason: string, sentence: string): Answer & { readonly ok: false } => ({
  ok: false,
  reason,
  sentence,
});

async function chooseElection(
  db: Database,
  id: string | undefined,
): Promise<{ id: string } | (Answer & { ok: false })> {
  const elections = await listElections(db.reader);
  const named = elections.find((election) => election.id === id);
  if (id !== undefined && !named) return refusal('unknown-election', sentences['unknown-election']);
  if (named) return named.armed_at === null ? named : refusal('election-armed', sentences['election-armed']);
  const drafts = elections.filter(({ armed_at, rehearsal_of }) => armed_at === null && rehearsal_of === null);
  if (drafts.length === 1) return drafts[0]!;
  if (drafts.length === 0) return refusal('no-draft', 'No election is a draft. Create one in the console first.');
  const list = drafts.map((draft) => `  ${draft.id}  ${draft.name}`).join('\n');
  return refusal('which-election', `Several elections are drafts. Name one with --election:\n${list}`);
}
