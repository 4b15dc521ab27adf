// `votix`: the operator's command. One file per command; here only their list, and of them the one that is asked for is loaded:
// loading them all takes longer than most of them need.

import { Command, CommanderError } from 'commander';
import release from '../../package.json' with { type: 'json' };
import { answer, usageExitCode } from './answer.ts';

type Adding = (program: Command) => void;

const sending = async (): Promise<Adding> => (await import('./send-mails.ts')).addSendMails;

/** With _ for both spellings. */
const commands: Readonly<Record<string, () => Promise<Adding>>> = {
  audit: async () => (await import('./audit.ts')).addAudit,
  backup: async () => (await import('./backup.ts')).addBackup,
  check_mail: async () => (await import('./check-mail.ts')).addCheckMail,
  config: async () => (await import('./config.ts')).addConfig,
  create_user: async () => (await import('./create-user.ts')).addCreateUser,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  export_record: async () => (await import('./export-record.ts')).addExportRecord,
  healthcheck: async () => (await import('./healthcheck.ts')).addHealthcheck,
  import_voters: async () => (await import('./import-voters.ts')).addImportVoters,
  migrate: async () => (await import('./migrate.ts')).addMigrate,
  rehearse: async () => (await import('./rehearse.ts')).addRehearse,
  reset: async () => (await import('./reset.ts')).addReset,
  restore: async () => (await import('./restore.ts')).addRestore,
  user: async () => (await import('./user.ts')).addUser,
  validate_csv: async () => (await import('./validate-csv.ts')).addValidateCsv,
  send_admin_test: sending,
  send_invitations: sending,
  send_links: sending,
  send_reminders: sending,
};

const program = new Command('votix')
  .description('Operate a Votix instance. Settings come from the environment, or from .env in this folder.')
  .version(release.version, '--version', 'print the version')
  .helpOption('-h, --help', 'print this text')
  .helpCommand(false)
  .exitOverride()
  .configureHelp({ sortSubcommands: true })
  .configureOutput({ outputError: () => {} }) // said below, once
  .addHelpText('after', '\nExit codes: 0 done, 1 refused or failed, 2 wrong usage, 78 wrong configuration.');
const asked = (process.argv[2] ?? '').replaceAll('-', '_');
const wanted = Object.hasOwn(commands, asked) ? [commands[asked]!] : Object.values(commands);
for (const add of new Set(await Promise.all(wanted.map((load) => load())))) add(program);
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
