// `votix import_voters`: a spreadsheet into the roll of an election that is no more than a draft, as a whole or not at all; the
// same file again changes nothing. What `--send-link` does instead stands in import-late-voters.ts.

import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { listElections } from '../domain/elections.ts';
import { readSettings } from '../domain/settings.ts';
import { readVoterCsv } from '../domain/voter-csv.ts';
import { applyImport } from '../domain/voter-import-apply.ts';
import { gatherPlan, planImport } from '../domain/voter-plan.ts';
import type { Instance } from '../instance.ts';
import type { Database } from '../storage/database.ts';
import { type Answer, answer, type Refused, refused, withInstance } from './answer.ts';
import { importAndSend, type ImportOptions } from './import-late-voters.ts';
import { readVoters, refusalOf } from './validate-csv.ts';

export function addImportVoters(program: Command): void {
  program
    .command('import_voters')
    .description('Import voters from a CSV file into an election that is not armed yet')
    .requiredOption('--file <path>', 'the spreadsheet, saved as CSV')
    .option('--election <id>', 'which election; not needed where only one can be meant')
    .option('--dry-run', 'say what the import would do, and do nothing')
    .option('--send-link', 'into an armed election: add who is new, and send exactly them their link')
    .option('--reason <words>', 'with --send-link: why they come late, for the audit log')
    .option('--json', 'answer in one line of JSON')
    .action((options: ImportOptions) => {
      const work = options.sendLink === true ? importAndSend : importVoters;
      return answer(options, () => withInstance((instance, config) => work(instance, config, options)));
    });
}

async function importVoters({ db }: Instance, config: Config, options: ImportOptions): Promise<Answer> {
  const chosen = await chooseDraft(db, options.election);
  if ('ok' in chosen) return chosen;
  const read = await readVoters(options.file);
  if (!read.ok) return read.refusal;
  const [electionId, rules] = [chosen.id, await readSettings(db.reader, config.given)];
  const plan = await gatherPlan(planImport(db.reader, electionId, readVoterCsv(read.source), rules));
  if (plan.problems.length > 0) return refusalOf(plan.problems);
  const facts = {
    election: electionId,
    added: plan.fresh.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
  };
  const counts = `${facts.added} new, ${facts.changed} changed, ${facts.unchanged} unchanged`;
  if (options.dryRun === true) return { ok: true, text: `Would import: ${counts}.`, facts: { ...facts, dryRun: true } };
  if (facts.added + facts.changed > 0) {
    const confirmed = { id: randomUUID(), electionId, rules, lines: facts.added + facts.changed, digest: plan.digest };
    const applied = await applyImport(db, 'command', confirmed, () => read.source);
    if (!applied.ok) return refused(applied.reason, sentences[applied.reason]);
  }
  return { ok: true, text: `Imported: ${counts}.`, facts };
}

const sentences = {
  'unknown-election': 'There is no such election.',
  'election-armed':
    'This election is armed: its roll takes no import any more. Whoever is new in the file can be added with --send-link.',
  'test-voters': 'This is a rehearsal: its voters are test voters only.',
  'roll-changed': 'The roll has changed meanwhile, so nothing was imported. Run the command again.',
} as const;

async function chooseDraft(db: Database, id: string | undefined): Promise<{ id: string } | Refused> {
  const elections = await listElections(db.reader);
  const named = elections.find((election) => election.id === id);
  if (id !== undefined && !named) return refused('unknown-election', sentences['unknown-election']);
  if (named) return named.armed_at === null ? named : refused('election-armed', sentences['election-armed']);
  const drafts = elections.filter(({ armed_at, rehearsal_of }) => armed_at === null && rehearsal_of === null);
  if (drafts.length === 1) return drafts[0]!;
  if (drafts.length === 0) return refused('no-draft', 'No election is a draft. Create one in the console first.');
  const list = drafts.map((draft) => `  ${draft.id}  ${draft.name}`).join('\n');
  return refused('which-election', `Several elections are drafts. Name one with --election:\n${list}`);
}
