// The one place that empties everything, signing list and box included: `votix reset`. The schema stays.

import { sql } from 'kysely';
import type { Database, Writer } from './database.ts';

const migrationTables = 'kysely_';

/** The tables as the database itself knows them, so that a new one is never forgotten. */
async function listTables(db: Database, tx: Writer): Promise<string[]> {
  const query =
    db.kind === 'postgres'
      ? sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`
      : sql<{
          name: string;
        }>`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
  const names = (await query.execute(tx)).rows.map(({ name }) => name);
  return names.filter((name) => !name.startsWith(migrationTables));
}

export async function deleteEverything(db: Database, tx: Writer): Promise<void> {
  const names = await listTables(db, tx);
  if (db.kind === 'postgres') {
    await sql`TRUNCATE ${sql.join(names.map((name) => sql.table(name)))}`.execute(tx);
    return;
  }
  await sql`PRAGMA defer_foreign_keys = ON`.execute(tx); // whatever the order of the tables
  for (const name of names) await sql`DELETE FROM ${sql.table(name)}`.execute(tx);
}
