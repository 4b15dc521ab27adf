// `votix migrate`: brings the database up to date and says what that took. A start of the server does the same.

import type { Command } from 'commander';
import { answer, type AnswerOptions, withInstance } from './answer.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date; a start of the server does the same')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) =>
      answer(options, () => withInstance(({ db }) => Promise.resolve(migrated(db.kind, db.migrations)))),
    );
}

function migrated(database: string, applied: readonly string[]) {
  const text =
    applied.length === 0
      ? 'The database is up to date; nothing was to be done.'
      : `Applied ${applied.length} migration(s):\n${applied.map((name) => `  ${name}`).join('\n')}`;
  return { ok: true, text, facts: { database, applied } } as const;
}
