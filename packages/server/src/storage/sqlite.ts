// SQLite through node:sqlite: one writer that opens with BEGIN IMMEDIATE, one reader that cannot write.
// What is bound passes through one function, because node:sqlite would bind a Date or an object as NULL without a word.

import { DatabaseSync, type StatementSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  type LogEvent,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import type { Tables } from './tables.ts';

/** What may be bound to a statement; anything else is a mistake in the caller. */
export function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`A ${value === undefined ? 'missing value' : typeof value} cannot be bound to a statement.`);
}

const statementsKept = 200;

/** node:sqlite in the shape Kysely's dialect asks for; prepared statements are kept, the oldest dropped. */
function adapted(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const prepare = (text: string): SqliteStatement => {
    const known = kept.get(text);
    if (known) return known;
    const statement = asked(database.prepare(text));
    kept.set(text, statement);
    if (kept.size > statementsKept) kept.delete(kept.keys().next().value ?? '');
    return statement;
  };
  return { close: () => database.close(), prepare };
}

function asked(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0, // looked up once: it costs as much as a small query
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

class ImmediateDriver extends SqliteDriver {
  // A deferred transaction that turns writer beside another process fails at once, whatever the busy timeout says.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class TransactionalAdapter extends SqliteAdapter {
  // SQLite's CREATE TABLE can be rolled back: a migration that is cut off leaves nothing in the way of the next start.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: this.#database });
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

export interface SqliteConnections {
  readonly writer: Kysely<Tables>;
  readonly reader: Kysely<Tables>;
  /** Rewrites the whole file in key order and empties the write-ahead log, so that neither keeps the order of arrival. */
  readonly compact: () => Promise<void>;
}

const busyTimeoutMs = 5000;
/** Holds the indexes of a large roll: with SQLite's own 2 MB a third of the time of a filter goes into reading pages again. */
const readCacheKiB = 32 * 1024;
/** An import writes the entries of a large roll all over two indexes: with 2 MB it reads and writes their pages again and again. */
const writeCacheKiB = 16 * 1024;

export function openSqlite(path: string, log?: (event: LogEvent) => void): SqliteConnections {
  const write = new DatabaseSync(path, { timeout: busyTimeoutMs });
  write.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
  );
  write.exec(`PRAGMA cache_size = -${writeCacheKiB}`);
  const read = new DatabaseSync(path, { timeout: busyTimeoutMs, readOnly: true });
  read.exec(`PRAGMA cache_size = -${readCacheKiB}`);
  const writer = new Kysely<Tables>({ dialect: new ImmediateDialect(adapted(write)), ...(log && { log }) });
  return {
    writer,
    reader: new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapted(read) }), ...(log && { log }) }),
    // The writer's one connection, in turn: another transaction may be half-way through.
    compact: () => writer.connection().execute(() => Promise.resolve(compact(write))),
  };
}

/** A connection of its own that cannot write, for a command or a worker beside the server. */
export function openSqliteReader(path: string): Kysely<Tables> {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, readOnly: true });
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapted(database) }) });
}

function compact(database: DatabaseSync): void {
  database.exec('VACUUM');
  if (!isLogEmptied(database)) throw new Error('Another program reads the write-ahead log, so it was not emptied.');
}

/** No waiting here: the caller tries again, and votes go on meanwhile. */
function isLogEmptied(database: DatabaseSync): boolean {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  }
}

const [busy, full] = [5, 13];

/** Of SQLite's extended codes: the last byte is the code they belong to. */
const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;

/** Another program holds the file, or the disk is full: another try may succeed. */
export const isSqliteAway = (error: unknown): boolean => [busy, full].some((code) => code === codeOf(error));
