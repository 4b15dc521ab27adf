// What each of the two databases calls the same types and tables, and a migration that is a list of statements.

import { type Kysely, sql } from 'kysely';

export interface Dialect {
  /** Compared bytewise. */
  readonly id: string;
  readonly instant: string;
  readonly bytes: string;
  /** Behind the columns. */
  readonly table: string;
  /** The same, in the order of its key, without a rowid that would tell the order of arrival. */
  readonly clustered: string;
}

export const dialectOf = (postgres: boolean): Dialect =>
  postgres
    ? { id: 'TEXT COLLATE "C"', instant: 'BIGINT', bytes: 'BYTEA', table: '', clustered: '' }
    : { id: 'TEXT', instant: 'INTEGER', bytes: 'BLOB', table: ' STRICT', clustered: ' STRICT, WITHOUT ROWID' };

export const run = async (db: Kysely<unknown>, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db);
};

export interface Migration {
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** One after another. */
export const migrationOf =
  (statements: (dialect: Dialect) => readonly string[]) =>
  (postgres: boolean): Migration => ({ up: (db) => run(db, statements(dialectOf(postgres))) });
