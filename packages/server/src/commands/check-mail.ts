// `votix check_mail`: whether the mail server answers and lets Votix in, and what the DNS says of the sender's domain.

import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { readOrganisation } from '../domain/settings.ts';
import type { Instance } from '../instance.ts';
import type { ArrivalFinding } from '../mail/arrival.ts';
import { trialKey } from '../messages/mail-trials.ts';
import { translatorFor } from '../messages/translate.ts';
import { type Answer, answer, type AnswerOptions, withInstance } from './answer.ts';
import { postmanOf } from './send-mails.ts';

export function addCheckMail(program: Command): void {
  program
    .command('check_mail')
    .description('Say whether the mail server lets Votix in, and whether the sender’s domain is ready; sends nothing')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) => answer(options, () => withInstance(check)));
}

const t = translatorFor('en');

async function check(instance: Instance, config: Config): Promise<Answer> {
  const postman = postmanOf(instance, config);
  const [server, arrival] = [await postman.check(), await postman.checkArrival()];
  if (!arrival) {
    const isSetUp = (await readOrganisation(instance.db.reader, config.given)) !== undefined;
    return { ok: false, reason: 'mail-not-set-up', sentence: t('reason.mail-not-set-up.detail'), facts: { isSetUp } };
  }
  const findings = arrival.findings.map(({ about, verdict, says }) => ({ about, verdict, says }));
  const facts = { server: server.ok ? 'good' : server.cause, domain: arrival.domain, findings };
  const lines = [
    `Mail server: ${server.ok ? 'it lets Votix in.' : t(trialKey(server.cause))}`,
    ...arrival.findings.map(line),
  ];
  const ok = server.ok && arrival.findings.every(({ verdict }) => verdict !== 'bad');
  const text = lines.join('\n');
  return ok ? { ok, text, facts } : { ok, reason: 'mail-not-ready', sentence: text, facts };
}

function line({ about, says, found, add }: ArrivalFinding): string {
  const read = found === undefined ? '' : `\n    ${found.replaceAll('\n', '\n    ')}`;
  const wanted = add === undefined ? '' : `\n    add  ${add.name}  ${add.type}  "${add.value}"`;
  return `${t(`arrival.${about}`)}: ${t(`arrival.${says}`)}${read}${wanted}`;
}
