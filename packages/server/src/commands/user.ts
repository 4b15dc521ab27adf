// `votix user reset-password` and `votix user disable-2fa`: a way back in for whoever lost what they log in with. The
// second step stays when a password is replaced, and the password when the second step is taken away.

import { Argument, type Command } from 'commander';
import type { Config } from '../config.ts';
import { accountLinkHours, issueAccountLink } from '../domain/account-links.ts';
import { accountSchema, emailKey } from '../domain/accounts.ts';
import { recordAudit } from '../domain/audit-log.ts';
import { hashPassword } from '../domain/passwords.ts';
import { readSecondFactors, removeSecondFactors } from '../domain/second-factors.ts';
import { readOrganisation } from '../domain/settings.ts';
import { replacePassword } from '../domain/users.ts';
import { type Instance, localUrl } from '../instance.ts';
import { translatorFor } from '../messages/translate.ts';
import { type AccountRow, findAccountByEmail } from '../storage/accounts.ts';
import { type Answer, answer, type AnswerOptions, refused, withInstance } from './answer.ts';
import { readPipedLine } from './typed-password.ts';

interface ResetOptions extends AnswerOptions {
  readonly passwordStdin?: boolean;
}

const address = () => new Argument('<email>', 'the address the user logs in with');

export function addUser(program: Command): void {
  const user = program.command('user').description('Let somebody in again who lost their password or second step');
  user
    .command('reset-password')
    .description('Print a one-time link with which the user chooses a new password')
    .addArgument(address())
    .option('--password-stdin', 'set the password to the first line of standard input instead, and end all sessions')
    .option('--json', 'answer in one line of JSON')
    .action((email: string, options: ResetOptions) =>
      answer(options, () => withAccount(email, (found) => resetPassword(found, options))),
    );
  user
    .command('disable-2fa')
    .description("Take away a user's second step (app, passkeys, recovery codes) and end all sessions")
    .addArgument(address())
    .option('--json', 'answer in one line of JSON')
    .action((email: string, options: AnswerOptions) => answer(options, () => withAccount(email, disableSecondStep)));
}

interface Found {
  readonly instance: Instance;
  readonly config: Config;
  readonly account: AccountRow;
}

const withAccount = (email: string, work: (found: Found) => Promise<Answer>): Promise<Answer> =>
  withInstance(async (instance, config) => {
    const account = await findAccountByEmail(instance.db.reader, emailKey(email.trim()));
    return account
      ? work({ instance, config, account })
      : refused('unknown-account', `Nobody logs in with ${email.trim()}. Nothing was changed.`);
  });

const factsOf = ({ id, email }: AccountRow) => ({ id, email });

async function resetPassword(found: Found, { passwordStdin }: ResetOptions): Promise<Answer> {
  const { account, instance } = found;
  const { isNeeded } = await readSecondFactors(instance.db.reader, account.id);
  const stays = isNeeded ? `\nThe second step is still asked for; votix user disable-2fa takes it away.` : '';
  return passwordStdin === true ? setPassword(found, stays) : printLink(found, stays);
}

async function setPassword({ instance: { db }, account }: Found, stays: string): Promise<Answer> {
  const parsed = accountSchema.shape.password.safeParse((await readPipedLine()) ?? '');
  if (!parsed.success)
    return refused('invalid-password', `${translatorFor('en')('field.password')} Nothing was changed.`);
  await replacePassword(db, 'command', account.id, await hashPassword(parsed.data));
  const text = `${account.name} <${account.email}> has a new password, and is logged out everywhere.${stays}`;
  return { ok: true, text, facts: factsOf(account) };
}

async function printLink({ instance: { db }, config, account }: Found, stays: string): Promise<Answer> {
  const { token, expiresAt } = await db.write(async (tx) => {
    const link = await issueAccountLink(tx, account.id, await db.now(tx));
    await recordAudit(db, tx, { actor: 'command', action: 'user-link-issued', subject: account.id });
    return link;
  });
  const organisation = await readOrganisation(db.reader, config.given);
  const link = `${config.votingUrl ?? organisation?.baseUrl ?? localUrl(config)}/choose-password/${token}`;
  return {
    ok: true,
    text: `${account.name} <${account.email}> chooses a new password with this link. It works once, for ${accountLinkHours} hours;\nthe present password holds until then.\n\n  ${link}\n${stays}`.trimEnd(),
    facts: { ...factsOf(account), link, expiresAt: new Date(expiresAt).toISOString() },
  };
}

async function disableSecondStep({ instance: { db }, account }: Found): Promise<Answer> {
  if (!(await removeSecondFactors(db, 'command', account.id)))
    return refused('no-second-step', `${account.email} has no second step. Nothing was changed.`);
  const text = `${account.name} <${account.email}> logs in with the password alone, and is logged out everywhere.`;
  return { ok: true, text, facts: factsOf(account) };
}
