// The one door to a database of either kind. Reading goes through `reader`; writing through `write`, inside which only
// the given transaction may be used: the outer handle would deadlock on SQLite and silently escape on PostgreSQL.

import { type Kysely, type LogEvent, sql, type Transaction } from 'kysely';
import { type BeforeMigrating, migrate } from './migrations/all.ts';
import { isPostgresAway, openPostgres } from './postgres.ts';
import { watchRoom } from './room.ts';
import { isSqliteAway, openSqlite, openSqliteReader } from './sqlite.ts';
import type { AuditLogTable, Instant, Tables } from './tables.ts';

export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'fn' | 'executeQuery'>;
export type Writer = Transaction<Tables>;

export type DatabaseAddress =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  readonly reader: Reader;
  /** The migrations that opening it took; none when it was up to date. */
  readonly migrations: readonly string[];
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /** Tells the log of a deed, once its transaction is committed. */
  announce(tx: Writer, deed: Deed): void;
  /** The clock that decides: the machine's for SQLite, the database's own for PostgreSQL (one truth for many processes). */
  now(tx?: Writer): Promise<Instant>;
  /** Writes the whole SQLite file anew, so that it keeps no trace of the order of arrival; outside any transaction. */
  compact(): Promise<void>;
  /** Throws when the database cannot be read and written. */
  ping(): Promise<void>;
  /** A write found its disk full, and `ping` has found no room since. */
  isFull(): boolean;
  /** Whether this error means that the database does not answer, or takes nothing, at this moment. */
  isAway(error: unknown): boolean;
  close(): Promise<void>;
}

/** An entry of the audit log. */
export type Deed = AuditLogTable;

/** SQL with placeholders, never the values. */
export interface Statement {
  readonly sql: string;
  readonly ms: number;
  readonly error?: string;
}

export interface DatabaseOptions {
  /** Added to the clock; tests move time with it. */
  readonly clockOffsetMs?: () => number;
  /** Before the tables of a database that is in use are changed; throwing keeps them as they are. */
  readonly beforeMigrating?: BeforeMigrating;
  readonly onIdleError?: (error: Error) => void;
  readonly onDeed?: (deed: Deed) => void;
  /** Told of statements that fail or take long; never of those of a cast. */
  readonly onStatement?: (statement: Statement) => void;
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

export interface ReadingDatabase {
  readonly reader: Reader;
  close(): Promise<void>;
}

/** For a command or a worker beside the server: a connection of its own, no migration, nothing that writes. */
export function openForReading(address: DatabaseAddress): ReadingDatabase {
  const reader =
    address.kind === 'sqlite' ? openSqliteReader(address.path) : openPostgres(address.url, () => {}).reader;
  return { reader, close: () => reader.destroy() };
}

function sqliteDatabase(path: string, options: DatabaseOptions) {
  const { clockOffsetMs = () => 0 } = options;
  const { writer, reader, compact } = openSqlite(path, statementLog(options));
  return {
    ...shared('sqlite', { writer, reader }, options),
    now: () => Promise.resolve(Date.now() + clockOffsetMs()),
    isAway: isSqliteAway,
    compact,
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function postgresDatabase(url: string, options: DatabaseOptions) {
  const { clockOffsetMs = () => 0, onIdleError = () => {} } = options;
  const { writer, reader } = openPostgres(url, onIdleError, statementLog(options));
  return {
    ...shared('postgres', { writer, reader }, options),
    now: async (tx?: Writer) => {
      const clock = sql<{ now: Instant }>`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`;
      return (await clock.execute(tx ?? writer)).rows[0]!.now + clockOffsetMs();
    },
    isAway: isPostgresAway,
    compact: () => Promise.resolve(), // new tables have new files
    close: () => writer.destroy(),
  };
}

interface Connections {
  readonly writer: Kysely<Tables>;
  readonly reader: Kysely<Tables>;
}

const slowMs = 250;
/** A line about what a cast writes or waits for (its locks, its commit) would say when it came. */
const casting =
  /^(?:begin|commit|rollback)\b|\bpg_advisory_xact_lock|\b(?:ballots|signatures|participation|turnout|codes|code_failures|boards|board_events)\b/;

function statementLog({ onStatement }: DatabaseOptions): ((event: LogEvent) => void) | undefined {
  if (!onStatement) return undefined;
  return (event) => {
    const [{ sql: text }, ms] = [event.query, Math.round(event.queryDurationMillis)];
    if (casting.test(text)) return;
    if (event.level === 'error') onStatement({ sql: text, ms, error: String(event.error) });
    else if (ms >= slowMs) onStatement({ sql: text, ms });
  };
}

function shared(kind: Database['kind'], { writer, reader }: Connections, options: DatabaseOptions) {
  const { onDeed = () => {} } = options;
  const deeds = new WeakMap<Writer, Deed[]>();
  const room = watchRoom(writer);
  return {
    kind,
    reader,
    write: async <T>(work: (tx: Writer) => Promise<T>) => {
      const done: Deed[] = [];
      const writing = writer.transaction().execute((tx) => {
        deeds.set(tx, done);
        return work(tx);
      });
      const result = await room.watch(writing);
      done.forEach(onDeed);
      return result;
    },
    announce: (tx: Writer, deed: Deed) => void deeds.get(tx)?.push(deed),
    ping: async () => {
      await sql`SELECT 1`.execute(reader);
      if (room.isFull()) return room.tryAgain();
      await writer.transaction().execute((tx) => requireWriting(kind, tx));
    },
    isFull: room.isFull,
    migrate: () => migrate(writer, kind === 'postgres', options.beforeMigrating),
  };
}

/** A standby that only follows another server answers everything but votes. */
async function requireWriting(kind: Database['kind'], tx: Writer): Promise<void> {
  if (kind === 'sqlite') return void (await sql`SELECT 1`.execute(tx));
  const { rows } = await sql<{ mode: string }>`SELECT current_setting('transaction_read_only') AS mode`.execute(tx);
  if (rows[0]!.mode !== 'off') throw new Error('This PostgreSQL only reads: it follows another one.');
}
