// `votix`: the operator's command. One file per command; here only their list.

import { Command, CommanderError } from 'commander';
import release from '../../package.json' with { type: 'json' };
import { answer, usageExitCode } from './answer.ts';
import { addAudit } from './audit.ts';
import { addCheckMail } from './check-mail.ts';
import { addBackup } from './backup.ts';
import { addConfig } from './config.ts';
import { addCreateUser } from './create-user.ts';
import { addDoctor } from './doctor.ts';
import { addExportRecord } from './export-record.ts';
import { addHealthcheck } from './healthcheck.ts';
import { addImportVoters } from './import-voters.ts';
import { addMigrate } from './migrate.ts';
import { addRehearse } from './rehearse.ts';
import { addReset } from './reset.ts';
import { addRestore } from './restore.ts';
import { addSendMails } from './send-mails.ts';
import { addUser } from './user.ts';
import { addValidateCsv } from './validate-csv.ts';

const program = new Command('votix')
  .description('Operate a Votix instance. Settings come from the environment, or from .env in this folder.')
  .version(release.version, '--version', 'print the version')
  .helpOption('-h, --help', 'print this text')
  .helpCommand(false)
  .exitOverride()
  .configureHelp({ sortSubcommands: true })
  .configureOutput({ outputError: () => {} }) // said below, once
  .addHelpText('after', '\nExit codes: 0 done, 1 refused or failed, 2 wrong usage, 78 wrong configuration.');
addAudit(program);
addCheckMail(program);
addBackup(program);
addConfig(program);
addCreateUser(program);
addDoctor(program);
addExportRecord(program);
addHealthcheck(program);
addImportVoters(program);
addMigrate(program);
addRehearse(program);
addReset(program);
addRestore(program);
addSendMails(program);
addUser(program);
addValidateCsv(program);
bothSpellings(program);

try {
  await program.parseAsync();
} catch (error) {
  await (error instanceof CommanderError ? explain(error) : Promise.reject(error));
}

/** create_user is also create-user: the former is what manuals say, the latter what people type. */
function bothSpellings({ commands }: Command): void {
  for (const command of commands) {
    if (command.name().includes('_')) command.alias(command.name().replaceAll('_', '-'));
    bothSpellings(command);
  }
}

/** Help and version have been printed and are no mistakes; the rest is wrong usage, told in one sentence. */
async function explain({ code, exitCode, message }: CommanderError): Promise<void> {
  if (exitCode === 0) return;
  const said = message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replaceAll('\n', ' ');
  const sentence = code === 'commander.help' ? 'Name a command.' : `${said[0]?.toUpperCase()}${said.slice(1)}.`;
  const hint = `${sentence.replace(/\)\.$/, ')')} See votix --help.`;
  const json = process.argv.includes('--json');
  await answer({ json }, () =>
    Promise.resolve({ ok: false, reason: 'usage', sentence: hint, exitCode: usageExitCode }),
  );
}
