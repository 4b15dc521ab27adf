// `votix reset`: empties the database, keys included, after the association's name was typed. Prints a new set-up link.

import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { readResetFacts, type ResetFacts, resetInstance } from '../domain/reset.ts';
import { readOrganisation } from '../domain/settings.ts';
import { issueSetupToken } from '../domain/setup.ts';
import { type Instance, localUrl } from '../instance.ts';
import { type Answer, answer, type AnswerOptions, withInstance } from './answer.ts';
import { compactWhenFree } from './compacting.ts';
import { readTypedLine } from './typed-line.ts';

interface ResetOptions extends AnswerOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
}

export function addReset(program: Command): void {
  program
    .command('reset')
    .description('Wipe the whole database and the keys of every election, after a confirmation')
    .option('--yes', 'do not ask for the name of the association')
    .option('--force', 'even while people can vote')
    .option('--json', 'answer in one line of JSON')
    .action((options: ResetOptions) =>
      answer(options, () => withInstance((instance, config) => reset(instance, config, options))),
    );
}

async function reset({ db, vault }: Instance, config: Config, options: ResetOptions): Promise<Answer> {
  const facts = await readResetFacts(db);
  if (facts.open.length > 0 && options.force !== true) return openRefusal(facts);
  const organisation = await readOrganisation(db.reader, config.given);
  const name = organisation?.organisation ?? 'reset';
  if (options.yes !== true && (await readTypedLine(question(name, facts))).trim() !== name)
    return {
      ok: false,
      reason: 'not-confirmed',
      sentence: `This is not “${name}”. Nothing was changed; give the name exactly, or --yes.`,
    };
  const done = await resetInstance(db, { force: options.force === true });
  if (!done.ok) return openRefusal(await readResetFacts(db));
  const compacted = await compactWhenFree(db);
  const token = await issueSetupToken(db, vault);
  const setupUrl = `${config.votingUrl ?? organisation?.baseUrl ?? localUrl(config)}/setup/${token}`;
  const rest = compacted
    ? ''
    : '\n\nA running server still reads the file, so traces of what was deleted are left in it.\nStop the server and run `votix reset` again.';
  return {
    ok: true,
    text: `Everything is wiped: ${facts.elections} election(s) with their keys, accounts and settings.\nSet Votix up again with this link. It works once.\n\n  ${setupUrl}${rest}`,
    facts: { elections: facts.elections, compacted, setupUrl },
  };
}

const question = (name: string, { elections }: ResetFacts): string =>
  `This wipes ${elections} election(s) with their keys, votes and results, every account and every setting.\nNothing can bring them back but a backup. Type ${name} to go on: `;

const openRefusal = ({ open }: ResetFacts): Answer => ({
  ok: false,
  reason: 'election-open',
  sentence: `People can vote at this moment: ${open.join(', ')}. Nothing was changed; wait for the end, or give --force.`,
});
