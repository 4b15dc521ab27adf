// `votix`: the operator's command. One file per command; here only their list.

import { Command } from 'commander';
import { addHealthcheck } from './healthcheck.ts';

const program = new Command('votix')
  .description('Operate a Votix instance')
  .exitOverride()
  .configureHelp({ sortSubcommands: true });
addHealthcheck(program);

try {
  await program.parseAsync();
} catch (error) {
  const code = (error as { code?: string }).code ?? '';
  // commander has printed its sentence already; help and version are no mistakes.
  process.exitCode =
    code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version' ? 0 : 2;
}
