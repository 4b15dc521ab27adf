// PostgreSQL through pg: one pool for reading and writing. BIGINT comes back as a safe integer, or not at all.

import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Tables } from './tables.ts';

const int8 = 20;
/** So long somebody waits for a connection, new or free, before they read that nothing is recorded. */
const patienceMs = 10_000;
/**
 * What a process holds must not outlive it: one whose machine is gone, or that stands still in the middle of a transaction,
 * would keep a box from being sealed for as long as TCP believes in it, two hours by default.
 */
const session = `SET idle_in_transaction_session_timeout = '60s'; SET tcp_keepalives_idle = 10;
  SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3`;

export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('The database holds an integer beyond 2^53.');
  return value;
}

export interface PostgresConnections {
  readonly writer: Kysely<Tables>;
  readonly reader: Kysely<Tables>;
}

export function openPostgres(
  url: string,
  onIdleError: (error: Error) => void,
  log?: (event: LogEvent) => void,
): PostgresConnections {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, though its types do not say so
    onConnect: async (client) => {
      // The pool listens to idle connections only; without a listener, one that breaks while in use would end the process.
      // Whoever uses it learns of it from the next statement.
      client.on('error', () => {});
      await client.query(session);
    },
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 && format !== 'binary' ? safeInteger : types.getTypeParser(oid, format),
    },
  });
  pool.on('error', onIdleError);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), ...(log && { log }) });
  return { writer: db, reader: db };
}

/** Of SQLSTATE: connection, resources, operator, a server that only reads, a transaction that stood still. */
const awayStates = /^(?:08|53|57P|25006|25P03)/;
const awayWords = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
const awaySentences =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|not queryable/;

/** The server does not answer, or takes nothing at this moment: another try may find it again. */
export function isPostgresAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isPostgresAway); // one error for each of its addresses
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return awayStates.test(code) || awayWords.test(code) || awaySentences.test(error.message);
}
