// `votix send_invitations`, `send_links`, `send_reminders`: the same mailings as the console starts, to the same voters. The
// command carries them itself as well, so that it works beside a running server and without one. `send_admin_test` tries
// the settings with one mail.

import type { Command } from 'commander';
import { setTimeout as wait } from 'node:timers/promises';
import { openCredentialKeys } from '../credential-keys.ts';
import type { Config } from '../config.ts';
import { currentElection, readElection } from '../domain/elections.ts';
import { emailSchema } from '../domain/email.ts';
import type { MailKind } from '../domain/mail-texts.ts';
import { recordMailTest } from '../domain/mail-trials.ts';
import { countDeadAddresses, countDeliveries, findMailing, listRecipients, startMailing } from '../domain/mailings.ts';
import { isSecureBase, readOrganisation } from '../domain/settings.ts';
import type { Instance } from '../instance.ts';
import { createPostman, type Postman } from '../mail/postman.ts';
import { readSmtpSettings } from '../mail/settings.ts';
import { trialKey } from '../messages/mail-trials.ts';
import { translatorFor } from '../messages/translate.ts';
import { firstSignal } from '../stopping.ts';
import {
  type Answer,
  answer,
  type AnswerOptions,
  type Refused,
  refused,
  usageExitCode,
  withInstance,
} from './answer.ts';

interface SendOptions extends AnswerOptions {
  readonly election?: string;
  readonly dryRun?: boolean;
}

const commands: readonly (readonly [name: string, kind: MailKind, description: string])[] = [
  ['send_invitations', 'invitation', 'Send the invitation to every voter who has not got it'],
  ['send_links', 'link', 'Send link and code to every voter who has not got them'],
  ['send_reminders', 'reminder', 'Remind every voter who has not voted'],
];

export function addSendMails(program: Command): void {
  for (const [name, kind, description] of commands)
    program
      .command(name)
      .description(description)
      .option('--election <id>', 'another election than the current one')
      .option('--dry-run', 'say to how many it would go, and send nothing')
      .option('--json', 'answer in one line of JSON')
      .action((options: SendOptions) =>
        answer(options, () => withInstance((instance, config) => send(instance, config, kind, options))),
      );
  program
    .command('send_admin_test')
    .description('Send one test mail to the contact address, to try the settings of the mail server')
    .option('--to <address>', 'to another address')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions & { readonly to?: string }) =>
      answer(options, () => withInstance((instance, config) => sendTest(instance, config, options.to))),
    );
}

const t = translatorFor('en');
const silent = { info: () => {}, error: () => {} };

export const postmanOf = ({ db, vault }: Instance, config: Config): Postman =>
  createPostman({
    db,
    vault,
    credentialKeys: openCredentialKeys(config),
    log: silent,
    settings: () => readSmtpSettings(db.reader, vault, config.given),
    mailbox: () => Promise.resolve(undefined), // a server beside it reads returned mails
    organisation: () => readOrganisation(db.reader, config.given),
  });

async function send(instance: Instance, config: Config, kind: MailKind, options: SendOptions): Promise<Answer> {
  const { db, vault } = instance;
  const organisation = await readOrganisation(db.reader, config.given);
  if (!organisation) return refused('not-set-up', 'Votix is not set up yet. Start it and follow the link it prints.');
  const election =
    options.election === undefined
      ? await currentElection(db.reader, await db.now())
      : await readElection(db.reader, options.election);
  if (!election) return refused('unknown-election', 'There is no such election.');
  if (options.dryRun === true) {
    const recipients = (await listRecipients(db.reader, election.id, kind)).length;
    const deadAddresses = await countDeadAddresses(db.reader, election.id);
    const leftOut = deadAddresses === 0 ? '' : ` ${deadAddresses} voter(s) are left out: their address does not exist.`;
    const text = `${election.name}: ${recipients} mail(s) would go out.${leftOut}`;
    return { ok: true, text, facts: { recipients, deadAddresses } };
  }
  const mailReady = (await readSmtpSettings(db.reader, vault, config.given)) !== undefined;
  const conditions = { mailReady, secure: isSecureBase(organisation.baseUrl) };
  const started = await startMailing(db, 'command', { electionId: election.id, kind }, conditions);
  if (!started.ok && started.reason === 'nobody-to-mail')
    return { ok: true, text: `${election.name}: nobody to write to.`, facts: { recipients: 0 } };
  if (!started.ok) return refused(started.reason, t(`reason.${started.reason}.detail`));
  return carry(instance, config, started.mailingId);
}

const watchEveryMs = 500;

type Carried = Extract<Answer, { readonly ok: true }> | Refused;

/**
 * Until nothing waits any more, it stops by itself, or somebody interrupts it. What is deferred is left to a running server.
 */
export async function carry(instance: Instance, config: Config, mailingId: string): Promise<Carried> {
  const postman = postmanOf(instance, config);
  const interrupted = firstSignal();
  postman.start();
  try {
    for (;;) {
      const mailing = await findMailing(instance.db.reader, mailingId);
      const counts = await countDeliveries(instance.db.reader, mailingId);
      const waiting = (counts.queued ?? 0) + (counts.sending ?? 0);
      if (mailing?.state === 'stopped')
        return {
          ...refused(mailing.why, t(`mail-cause.${mailing.why as 'login-failed'}`)),
          facts: { mailing: mailingId, ...counts },
        };
      if (mailing?.state !== 'running' || waiting === 0) {
        const parts = Object.entries(counts).map(([status, n]) => `${n} ${status}`);
        const allTaken = Object.keys(counts).every((status) => status === 'accepted' || status === 'cancelled');
        const facts = { mailing: mailingId, ...counts };
        const text = `${parts.join(', ')}.`;
        return allTaken ? { ok: true, text, facts } : { ok: false, reason: 'not-all-accepted', sentence: text, facts };
      }
      if (await Promise.race([wait(watchEveryMs), interrupted])) break;
    }
  } finally {
    await postman.stop();
  }
  const counts = await countDeliveries(instance.db.reader, mailingId);
  const { accepted = 0, queued = 0 } = counts;
  const sentence = `Interrupted: ${accepted} accepted, ${queued} wait. A running server sends them; the console can cancel them.`;
  return { ...refused('interrupted', sentence), facts: { mailing: mailingId, ...counts } };
}

async function sendTest(instance: Instance, config: Config, to: string | undefined): Promise<Answer> {
  if (to !== undefined && !emailSchema.safeParse(to).success)
    return {
      ...refused('wrong-address', `“${to}” is no e-mail address. Give one such as --to claire@example.org.`),
      exitCode: usageExitCode,
    };
  const organisation = await readOrganisation(instance.db.reader, config.given);
  const address = to ?? organisation?.contactEmail;
  if (address === undefined) return refused('not-set-up', 'Votix is not set up yet; give an address with --to.');
  const postman = postmanOf(instance, config);
  const [server, outcome] = [
    await postman.readSettings(),
    await postman.sendTest(address, organisation?.language ?? 'en'),
  ];
  if (outcome.ok && server) await recordMailTest(instance.db, 'command', server);
  if (outcome.ok) return { ok: true, text: `The mail server took a test mail to ${address}.`, facts: { to: address } };
  const said = outcome.reply === '' ? '' : `\nIt said: ${outcome.reply}`;
  return refused(outcome.cause, `${t(trialKey(outcome.cause))}${said}`);
}
