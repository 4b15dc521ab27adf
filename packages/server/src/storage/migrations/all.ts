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

const migrations = (postgres: boolean) => ({
  '001-first-election': firstElection(postgres),
  '002-console': consoleTables(postgres),
  '004-contests': contestsAndLogos,
  '005-groups': groups(postgres),
  '006-roll': rollTables(postgres),
  '007-accounts-and-settings': accountsAndSettings(postgres),
  '008-integrity': integrityChecks(postgres),
  '010-mail': mail(postgres),
  '014-returned-mails': returnedMails(postgres),
  '015-backups': backupRuns(postgres),
  '016-verifiable': verifiable(postgres),
  '020-mail-states': mailStates,
  '023-registrars': registrars(postgres),
  '026-directory': directory(postgres),
  '027-second-factors': secondFactors(postgres),
  '028-armings': armings(postgres),
  '030-cluster': cluster(postgres),
  '031-approvals': approvals(postgres),
  '032-salts': salts(),
});

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
  const provider = { getMigrations: () => Promise.resolve(migrations(postgres)) };
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

/** The names of all migrations, in their order. */
export const migrationNames: readonly string[] = Object.keys(migrations(false));

/** The migrations that are wanted, inside the given transaction, for a restore. */
export async function applyMigrations<T>(
  tx: Kysely<T>,
  postgres: boolean,
  isWanted: (name: string) => boolean,
): Promise<void> {
  const start = Date.now(); // Kysely sorts by it
  for (const [index, [name, { up }]] of Object.entries(migrations(postgres)).entries()) {
    if (!isWanted(name)) continue;
    await up(tx as unknown as Kysely<unknown>);
    const at = new Date(start + index).toISOString();
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES (${name}, ${at})`.execute(tx);
  }
}
