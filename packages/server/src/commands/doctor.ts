// `votix doctor`: what the System page shows, for the terminal; exit code 1 when something must be mended. Changes nothing.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import release from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import { examine } from '../doctor/examination.ts';
import { mailProbe } from '../doctor/mail.ts';
import { reportOf } from '../doctor/telling.ts';
import { readOrganisation } from '../domain/settings.ts';
import { openVault } from '../domain/vault.ts';
import { findSecret } from '../secret.ts';
import { openDatabase } from '../storage/database.ts';
import { type Answer, answer, type AnswerOptions, type Refused, withConfig } from './answer.ts';
import { postmanOf } from './send-mails.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Say how this installation stands: database, disk, clock, backups, address, mail server')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) => answer(options, () => withConfig(doctor)));
}

class UpgradePending extends Error {
  override readonly message = 'The database is of an earlier version. Start the server, or run `votix migrate`.';
}

async function doctor(config: Config): Promise<Answer> {
  const secret = findSecret(config);
  const isThere = config.database.kind === 'postgres' || existsSync(config.database.path);
  if (secret === undefined || !isThere)
    return refusal(
      'never-started',
      'The configuration can be used. This instance has never been started: there is nothing else to look at.',
    );
  const beforeMigrating = () => Promise.reject(new UpgradePending());
  const db = await openDatabase(config.database, { beforeMigrating }).catch((error: unknown) => String(error));
  if (typeof db === 'string') return refusal('database', `The database cannot be used. ${db.replace(/^Error: /, '')}`);
  try {
    const organisation = await readOrganisation(db.reader, config.given);
    const postman = postmanOf({ db, secret, vault: openVault(secret) }, config);
    const baseUrl = organisation?.baseUrl ?? config.votingUrl;
    const findings = await examine({ config, db, version: release.version, baseUrl, mail: mailProbe(postman) });
    const text = reportOf(findings, { locale: 'en', zone: organisation?.zone ?? 'UTC' });
    const facts = { findings };
    const isBad = findings.some(({ verdict }) => verdict === 'bad');
    return isBad ? { ok: false, reason: 'to-mend', sentence: text, facts } : { ok: true, text, facts };
  } finally {
    await db.close();
  }
}

const refusal = (reason: string, sentence: string): Refused => ({ ok: false, reason, sentence });
