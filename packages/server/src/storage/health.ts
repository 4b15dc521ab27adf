// What a database says of itself: version, size, and whether a commit is on the disk when it is acknowledged.

import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface DatabaseHealth {
  readonly version: string;
  readonly bytes: number;
  /** Settings under which an acknowledged vote may be lost with the power; none when all is well. */
  readonly risks: readonly string[];
  /** The last migration. */
  readonly schema: string;
}

export async function readHealth(db: Database): Promise<DatabaseHealth> {
  return db.write(async (tx) => {
    const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await query.execute(tx)).rows[0]!;
    const { schema } = await one(sql<{ schema: string }>`SELECT max(name) AS schema FROM kysely_migration`);
    if (db.kind === 'postgres') {
      const { version, bytes } = await one(
        sql<{ version: string; bytes: number }>`SELECT current_setting('server_version') AS version,
          pg_database_size(current_database()) AS bytes`,
      );
      const { rows } = await sql<{ name: string }>`SELECT name FROM pg_settings
        WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'`.execute(tx);
      return { version, bytes, schema, risks: rows.map(({ name }) => `${name}=off`) };
    }
    const { version } = await one(sql<{ version: string }>`SELECT sqlite_version() AS version`);
    const { page_count } = await one(sql<{ page_count: number }>`PRAGMA page_count`);
    const { page_size } = await one(sql<{ page_size: number }>`PRAGMA page_size`);
    const { synchronous } = await one(sql<{ synchronous: number }>`PRAGMA synchronous`);
    const { journal_mode } = await one(sql<{ journal_mode: string }>`PRAGMA journal_mode`);
    const risks = [
      ...(synchronous < 2 ? [`synchronous=${synchronous}`] : []),
      ...(journal_mode === 'wal' ? [] : [`journal_mode=${journal_mode}`]),
    ];
    return { version, bytes: page_count * page_size, schema, risks };
  });
}
