// Everything a database holds, as text: two readings are equal when nothing was changed between them.

import { type Kysely, sql } from 'kysely';
import type { Database } from '../../packages/server/src/storage/database.ts';
import type { Tables } from '../../packages/server/src/storage/tables.ts';

const catalogue = {
  sqlite: sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`,
  postgres: sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
};

/**
 * All rows of all tables, the ones of later migrations too; only when a session was last seen is left out, and tables that
 * a running server writes by itself.
 */
export async function contentsOf(db: Database, without: readonly (keyof Tables)[] = []): Promise<string> {
  const reader = db.reader as Kysely<Tables>;
  const { rows: tables } = await catalogue[db.kind].execute(reader);
  const texts: string[] = [];
  for (const { name } of tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if ((without as readonly string[]).includes(name)) continue;
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(reader);
    const lines = rows.map((row) => JSON.stringify(name === 'sessions' ? { ...row, seen_at: 0 } : row));
    texts.push(`${name}: ${lines.sort().join('\n')}`);
  }
  return texts.join('\n\n');
}
