// `votix doctor`: what the System page shows, for the terminal, the DNS included; exit code 1 when something must be mended. Changes nothing.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import release from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import { databaseFailed } from '../doctor/database.ts';
import { examine } from '../doctor/examination.ts';
import type { Finding } from '../doctor/finding.ts';
import { mailProbe } from '../doctor/mail.ts';
import { reportOf } from '../doctor/telling.ts';
import { readOrganisation } from '../domain/settings.ts';
import { openVault } from '../domain/vault.ts';
import { findSecret } from '../secret.ts';
import { openDatabase } from '../storage/database.ts';
import { NewerDatabase } from '../storage/migrations/all.ts';
import { type Answer, answer, type AnswerOptions, refused, withConfig } from './answer.ts';
import { postmanOf } from './send-mails.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Say how this installation stands: database, disk, clock, backups, address, mail, DNS')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) => answer(options, () => withConfig(doctor)));
}

class UpgradePending extends Error {}

async function doctor(config: Config): Promise<Answer> {
  const secret = findSecret(config);
  const isThere = config.database.kind === 'postgres' || existsSync(config.database.path);
  if (secret === undefined || !isThere)
    return refused(
      'never-started',
      'The configuration can be used. This instance has never been started: there is nothing else to look at.',
    );
  const vault = openVault(secret);
  const patient = { config, version: release.version, secretCheck: vault.hash('check', 'votix') };
  const beforeMigrating = () => Promise.reject(new UpgradePending());
  const db = await openDatabase(config.database, { beforeMigrating }).catch(troubleOf);
  if ('about' in db) return told(await examine({ ...patient, db, baseUrl: config.votingUrl, mail: noMail }), 'UTC');
  try {
    const organisation = await readOrganisation(db.reader, config.given).catch(() => undefined);
    const postman = postmanOf({ db, secret, vault }, config);
    const findings = await examine({
      ...patient,
      db,
      baseUrl: organisation?.baseUrl ?? config.votingUrl,
      mail: mailProbe(postman),
      dns: () => postman.checkArrival(),
    });
    return told(findings, organisation?.zone ?? 'UTC');
  } finally {
    await db.close();
  }
}

/** Its settings stand in the database. */
const noMail = { readHost: () => Promise.resolve(undefined), check: () => Promise.resolve({ ok: true } as const) };

function troubleOf(error: unknown): Finding {
  if (error instanceof UpgradePending) return { about: 'schema', verdict: 'bad', says: 'schema-older' };
  if (error instanceof NewerDatabase)
    return { about: 'schema', verdict: 'bad', says: 'schema-newer', values: { names: error.names.join(', ') } };
  return databaseFailed(error);
}

function told(findings: readonly Finding[], zone: string): Answer {
  const text = reportOf(findings, { locale: 'en', zone });
  const facts = { findings };
  const isBad = findings.some(({ verdict }) => verdict === 'bad');
  return isBad ? { ok: false, reason: 'to-mend', sentence: text, facts } : { ok: true, text, facts };
}
