// `votix create_user`: an account with its password, the first administrator's too. Asks on a terminal; programs give
// --email, --name and --password-stdin.

import { type Command, Option } from 'commander';
import { accountSchema, type NewAccount, prepareAccount } from '../domain/accounts.ts';
import { isSetUp } from '../domain/settings.ts';
import { createAccount, type Role, roles } from '../domain/users.ts';
import type { Instance } from '../instance.ts';
import { translatorFor } from '../messages/translate.ts';
import {
  type Answer,
  answer,
  type AnswerOptions,
  type Refused,
  refused,
  usageExitCode,
  withInstance,
} from './answer.ts';
import { readTypedLine } from './typed-line.ts';
import { readHiddenLine, readPipedLine } from './typed-password.ts';

interface CreateUserOptions extends AnswerOptions {
  readonly role: Role;
  readonly email?: string;
  readonly name?: string;
  readonly passwordStdin?: boolean;
}

type Field = keyof NewAccount;

const t = translatorFor('en');
const sentences = {
  name: t('field.account-name'),
  email: t('field.email'),
  password: t('field.password'),
} as const satisfies Record<Field, string>;

export function addCreateUser(program: Command): void {
  program
    .command('create_user')
    .description('Add somebody who may log in; the first administrator, too')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--email <address>', 'their e-mail address; asked for when it is missing')
    .option('--name <name>', 'their name; asked for when it is missing')
    .option('--password-stdin', 'take the password from the first line of standard input')
    .option('--json', 'answer in one line of JSON')
    .action((options: CreateUserOptions) =>
      answer(options, () => withInstance((instance) => createUser(instance, options))),
    );
}

const usage = (sentence: string): Refused => ({ ...refused('usage', sentence), exitCode: usageExitCode });

async function createUser({ db }: Instance, options: CreateUserOptions): Promise<Answer> {
  const read = process.stdin.isTTY && options.passwordStdin !== true ? await ask(options) : await readGiven(options);
  if ('ok' in read) return read;
  const parsed = accountSchema.safeParse(read);
  if (!parsed.success)
    return refused('invalid-user', problemsOf(parsed.error.issues.map(({ path }) => path[0] as Field)));
  const account = await prepareAccount(parsed.data, options.role, await db.now());
  const made = await createAccount(db, 'command', account);
  if (!made.ok) return refused(made.reason, `${t('field.known-account')} Nothing was changed.`);
  const next = (await isSetUp(db.reader)) ? '' : '\nThe set-up link will only ask for the organisation.';
  return {
    ok: true,
    text: `${account.name} <${account.email}> may log in as ${account.role}.${next}`,
    facts: { id: account.id, email: account.email, role: account.role },
  };
}

const problemsOf = (fields: readonly Field[]): string =>
  [...new Set(fields)].map((field) => sentences[field]).join('\n');

async function readGiven({ email, name, passwordStdin }: CreateUserOptions): Promise<NewAccount | Refused> {
  if (email === undefined || name === undefined || passwordStdin !== true)
    return usage('Without a terminal, give --email, --name and --password-stdin.');
  return { email, name, password: (await readPipedLine()) ?? '' };
}

/** Each answer is looked at before the next question; nothing is asked that the options say. */
async function ask(options: CreateUserOptions): Promise<NewAccount | Refused> {
  const email = options.email ?? (await askLine('E-mail address: ', 'email'));
  const name = options.name ?? (await askLine('Name: ', 'name'));
  for (;;) {
    const password = await readHiddenLine('Password, 12 characters or more (it is not shown while you type): ');
    if (password === undefined) return refused('not-confirmed', 'Nothing was changed.');
    if (!accountSchema.shape.password.safeParse(password).success) say(sentences.password);
    else if ((await readHiddenLine('The same password again: ')) !== password) say(t('field.passwordAgain'));
    else return { email, name, password };
  }
}

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

async function askLine(question: string, field: 'email' | 'name'): Promise<string> {
  for (;;) {
    const typed = await readTypedLine(question);
    if (accountSchema.shape[field].safeParse(typed).success || typed === '') return typed;
    say(sentences[field]);
  }
}
