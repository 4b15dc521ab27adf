// The migrations in their order, forward only. A new one is a new file and a new line here.

import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { firstElection } from './001-first-election.ts';
import { consoleTables } from './002-console.ts';
import { contestsAndLogos } from './004-contests.ts';
import { groups } from './005-groups.ts';
import { rollTables } from './006-roll.ts';
import { accountsAndSettings } from './007-accounts-and-settings.ts';
import { integrityChecks } from './008-integrity.ts';
import { mail } from './010-mail.ts';
import { returnedMails } from './014-returned-mails.ts';
import { backupRuns } from './015-backups.ts';
import { verifiable } from './016-verifiable.ts';
import { mailStates } from './020-mail-states.ts';
import { registrars } from './023-registrars.ts';
import { directory } from './026-directory.ts';
import { secondFactors } from './027-second-factors.ts';
import { armings } from './028-armings.ts';
import { cluster } from './030-cluster.ts';
import { approvals } from './031-approvals.ts';
import { salts } from './032-salts.ts';
import { importedVoters } from './033-imported-voters.ts';
import type { Migration } from './dialect.ts';

const all: Readonly<Record<string, (postgres: boolean) => Migration>> = {
  '001-first-election': firstElection,
  '002-console': consoleTables,
  '004-contests': contestsAndLogos,
  '005-groups': groups,
  '006-roll': rollTables,
  '007-accounts-and-settings': accountsAndSettings,
  '008-integrity': integrityChecks,
  '010-mail': mail,
  '014-returned-mails': returnedMails,
  '015-backups': backupRuns,
  '016-verifiable': verifiable,
  '020-mail-states': mailStates,
  '023-registrars': registrars,
  '026-directory': directory,
  '027-second-factors': secondFactors,
  '028-armings': armings,
  '030-cluster': cluster,
  '031-approvals': approvals,
  '032-salts': salts,
  '033-imported-voters': importedVoters,
};

/** The names of all migrations, in their order. */
export const migrationNames: readonly string[] = Object.keys(all);

/** The database was used by a later version. */
export class NewerDatabase extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super(
      `This database was used by a newer Votix (${names.join(', ')}). Install that version, or restore an older backup.`,
    );
    this.names = names;
  }
}

/** What to do before the tables of a database that is in use are changed; throwing keeps them as they are. */
export type BeforeMigrating = () => Promise<unknown>;

/**
 * Brings the schema up to date and says which migrations that took. Throws when one fails (nothing of it stays) or when the
 * database is newer.
 */
export async function migrate<T>(
  db: Kysely<T>,
  postgres: boolean,
  before: BeforeMigrating = () => Promise.resolve(),
): Promise<readonly string[]> {
  const migrations = Object.fromEntries(Object.entries(all).map(([name, of]) => [name, of(postgres)]));
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const migrator = new Migrator({ db, provider });
  const known = await migrator.getMigrations();
  const isInUse = known.some(({ executedAt }) => executedAt !== undefined);
  if (isInUse) {
    const rows = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
    const newer = rows.rows.map(({ name }) => name).filter((name) => !migrationNames.includes(name));
    if (newer.length > 0) throw new NewerDatabase(newer);
    if (known.some(({ executedAt }) => executedAt === undefined)) await before();
  }
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('The migration failed.', { cause: error });
  return results.map(({ migrationName }) => migrationName);
}

/** The migrations that are wanted, inside the given transaction, for a restore. */
export async function applyMigrations<T>(
  tx: Kysely<T>,
  postgres: boolean,
  isWanted: (name: string) => boolean,
): Promise<void> {
  const start = Date.now(); // Kysely sorts by it
  for (const [index, [name, of]] of Object.entries(all).entries()) {
    if (!isWanted(name)) continue;
    await of(postgres).up(tx as unknown as Kysely<unknown>);
    const at = new Date(start + index).toISOString();
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES (${name}, ${at})`.execute(tx);
  }
}
