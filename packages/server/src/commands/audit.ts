// `votix audit verify`: follows the audit log's chain in a connection of its own, beside a running server or without one.
// Changes nothing, not even an older database.

import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { AuditFault, AuditVerdict } from '../domain/audit-chain.ts';
import { checkAuditLog } from '../domain/audit-log.ts';
import { openForReading } from '../storage/database.ts';
import { type Answer, answer, type AnswerOptions, withConfig } from './answer.ts';

const sentences: Readonly<Record<AuditFault, (position: number) => string>> = {
  'entry-missing': (position) => `entry ${position} is missing`,
  'entry-changed': (position) => `entry ${position} is not what it was when it was written: its hash differs`,
  'chain-cut': (position) => `entry ${position} does not follow the entry before it: another hash stands between them`,
  'head-differs': (position) => `the log does not end where its head row says, at entry ${position}`,
};

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('Look after the audit log');
  audit
    .command('verify')
    .description('Check that no entry of the audit log was changed, removed or put in (exit code 0, else 1)')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) => answer(options, () => withConfig(verify)));
}

async function verify({ database }: Config): Promise<Answer> {
  const db = openForReading(database);
  try {
    return told(await checkAuditLog(db.reader));
  } finally {
    await db.close();
  }
}

function told(verdict: AuditVerdict): Answer {
  if (!verdict.ok) {
    const { reason, position } = verdict;
    return { ok: false, reason, sentence: `BROKEN: ${sentences[reason](position)}.`, facts: { position } };
  }
  const { position, hash } = verdict.end;
  const text =
    position === 0
      ? 'The audit log is whole: it has no entry yet.'
      : `The audit log is whole: ${position} entries, the last one's hash ${hash}.`;
  return { ok: true, text, facts: { entries: position, hash } };
}
