// The one door to a database of either kind. Reading goes through `reader`; writing through `write`, inside which only
// the given transaction may be used: the outer handle would deadlock on SQLite and silently escape on PostgreSQL.

import { type Kysely, sql, type Transaction } from 'kysely';
import { migrate } from './migrations/all.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Instant, Tables } from './tables.ts';

export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'fn'>;
export type Writer = Transaction<Tables>;

export type DatabaseAddress =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  readonly reader: Reader;
  /** The migrations that opening it took; none when it was up to date. */
  readonly migrations: readonly string[];
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /** The clock that decides: the machine's for SQLite, the database's own for PostgreSQL (one truth for many processes). */
  now(tx?: Writer): Promise<Instant>;
  /** Writes the whole SQLite file anew, so that it keeps no trace of the order of arrival; outside any transaction. */
  compact(): Promise<void>;
  /** Throws when the database cannot be read and written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Added to the clock; tests move time with it. */
  readonly clockOffsetMs?: () => number;
  readonly onIdleError?: (error: Error) => void;
}

export async function openDatabase(address: DatabaseAddress, options: DatabaseOptions = {}): Promise<Database> {
  const database =
    address.kind === 'sqlite' ? sqliteDatabase(address.path, options) : postgresDatabase(address.url, options);
  try {
    return { ...database, migrations: await database.migrate() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function sqliteDatabase(path: string, { clockOffsetMs = () => 0 }: DatabaseOptions) {
  const { writer, reader, compact } = openSqlite(path);
  return {
    ...shared('sqlite', writer, reader),
    now: () => Promise.resolve(Date.now() + clockOffsetMs()),
    compact,
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function postgresDatabase(url: string, { clockOffsetMs = () => 0, onIdleError = () => {} }: DatabaseOptions) {
  const { writer, reader } = openPostgres(url, onIdleError);
  return {
    ...shared('postgres', writer, reader),
    now: async (tx?: Writer) => {
      const clock = sql<{ now: Instant }>`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`;
      return (await clock.execute(tx ?? writer)).rows[0]!.now + clockOffsetMs();
    },
    compact: () => Promise.resolve(), // new tables have new files
    close: () => writer.destroy(),
  };
}

function shared(kind: Database['kind'], writer: Kysely<Tables>, reader: Kysely<Tables>) {
  return {
    kind,
    reader,
    write: <T>(work: (tx: Writer) => Promise<T>) => writer.transaction().execute(work),
    ping: async () => {
      await sql`SELECT 1`.execute(reader);
      await writer.transaction().execute((tx) => sql`SELECT 1`.execute(tx));
    },
    migrate: () => migrate(writer, kind === 'postgres'),
  };
}
