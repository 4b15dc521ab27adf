// The deed itself: nobody else uses the database, it is empty or may be replaced, then one transaction, then a look at it.

import { existsSync } from 'node:fs';
import release from '../../../package.json' with { type: 'json' };
import { ArchiveBroken } from '../../backup/archive.ts';
import { type Checked, loadArchive } from '../../backup/restoring.ts';
import { takeBackup } from '../../backup/taking.ts';
import type { Config } from '../../config.ts';
import { checkAuditLog } from '../../domain/audit-log.ts';
import { inspect } from '../../domain/inspections.ts';
import { readResetFacts } from '../../domain/reset.ts';
import { settleRestored } from '../../domain/restored.ts';
import { isSetUp, readOrganisation } from '../../domain/settings.ts';
import { openVault } from '../../domain/vault.ts';
import { listAccounts } from '../../storage/accounts.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import { listElections } from '../../storage/elections.ts';
import { isInUse } from '../../storage/loading.ts';
import type { Answer, AnswerOptions, Refused } from '../answer.ts';
import { compactWhenFree } from '../compacting.ts';
import { readTypedLine } from '../typed-line.ts';
import { archiveSentence } from './sentences.ts';

export interface RestoreOptions extends AnswerOptions {
  readonly check?: boolean;
  readonly revealSecret?: boolean;
  readonly replace?: boolean;
  readonly yes?: boolean;
}

export interface Task {
  readonly config: Config;
  readonly file: string;
  readonly checked: Checked;
  readonly secret: string;
  readonly options: RestoreOptions;
}

const inUse: Refused = {
  ok: false,
  reason: 'database-in-use',
  sentence: 'Another program has this database open. Stop the server (every process of it) first. Nothing was changed.',
};

export async function putBack(task: Task): Promise<Answer> {
  const { database } = task.config;
  const isThere = database.kind === 'postgres' || existsSync(database.path);
  if (isThere && (await isInUse(database))) return inUse;
  const db = await openDatabase(database);
  try {
    return await replace(db, task);
  } finally {
    await db.close();
  }
}

async function replace(db: Database, task: Task): Promise<Answer> {
  const { config, secret, file, checked, options } = task;
  const isEmpty = await isUntouched(db);
  if (!isEmpty) {
    const refusal = options.replace === true ? await confirm(db, task) : notEmpty;
    if (refusal) return refusal;
  }
  const kept = isEmpty ? undefined : await keepFormer(task);
  if (typeof kept === 'object') return kept;
  const { createdAt } = checked.header;
  try {
    await db.write(async (tx) => {
      await loadArchive(db, tx, file, checked);
      await settleRestored(db, tx, openVault(secret), { takenAt: Date.parse(createdAt), rows: checked.rows });
    });
  } catch (error) {
    if (!(error instanceof ArchiveBroken)) throw error;
    return { ok: false, reason: error.reason, sentence: archiveSentence({ ok: false, reason: error.reason }) };
  }
  await compactWhenFree(db);
  return told(db, config, checked, kept);
}

/** Never set up, and nothing in it. */
async function isUntouched(db: Database): Promise<boolean> {
  const accounts = await listAccounts(db.reader);
  return !(await isSetUp(db.reader)) && accounts.length === 0 && (await listElections(db.reader)).length === 0;
}

const notEmpty: Refused = {
  ok: false,
  reason: 'database-not-empty',
  sentence: 'This database is not empty. Nothing was changed; restore elsewhere, or give --replace.',
};

async function confirm(db: Database, { config, options }: Task): Promise<Refused | undefined> {
  if (options.yes === true) return undefined;
  const [{ elections, open }, organisation] = [
    await readResetFacts(db),
    await readOrganisation(db.reader, config.given),
  ];
  const name = organisation?.organisation ?? 'replace';
  const warning = open.length > 0 ? `PEOPLE CAN VOTE AT THIS MOMENT: ${open.join(', ')}.\n` : '';
  const question = `${warning}This replaces ${elections} election(s), every account and every setting by what is in the backup.\nType ${name} to go on: `;
  if ((await readTypedLine(question)).trim() === name) return undefined;
  const sentence = `This is not “${name}”. Nothing was changed; give the name exactly, or --yes.`;
  return { ok: false, reason: 'not-confirmed', sentence };
}

/** The file with what was there, or why there is none. */
async function keepFormer({ config, secret }: Task): Promise<string | Refused> {
  const taken = await takeBackup({
    address: config.database,
    secret,
    software: release.version,
    file: { folder: config.backupDir, kind: 'replaced' },
    now: Date.now(),
  });
  if (taken.ok) return taken.file;
  const sentence =
    'What this database holds is sealed under another secret, so it could not be backed up. Nothing was changed; empty it yourself, or restore elsewhere.';
  return { ok: false, reason: taken.reason, sentence };
}

async function told(
  db: Database,
  config: Config,
  { header, rows }: Checked,
  kept: string | undefined,
): Promise<Answer> {
  const elections = await listElections(db.reader);
  const faults = (await checkAuditLog(db.reader)).ok ? [] : ['the audit log is broken'];
  for (const { id, name } of elections)
    for (const check of ['counts', 'box'] as const)
      if ((await inspect(db.reader, check, id)) !== '')
        faults.push(`${name}: ballots, signatures and counts do not agree`);
  const organisation = (await readOrganisation(db.reader, config.given))?.organisation;
  const verdict =
    faults.length === 0
      ? 'Boxes, signing lists and the audit log agree.'
      : `BUT: ${faults.join('; ')}. So it was in the backup.`;
  const rest = kept === undefined ? '' : `\nWhat was there before is in\n  ${kept}`;
  return {
    ok: true,
    text: `Restored ${rows} rows of ${header.createdAt}: ${organisation ?? 'an instance that is not set up'}, ${elections.length} election(s).\n${verdict}\nEverybody logs in again; mails that were on their way are paused until somebody resumes them.${rest}`,
    facts: {
      database: db.kind,
      rows,
      createdAt: header.createdAt,
      elections: elections.length,
      faults,
      kept: kept ?? null,
    },
  };
}
