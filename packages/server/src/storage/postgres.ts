// PostgreSQL through pg: one pool for reading and writing. BIGINT comes back as a safe integer, or not at all.

import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Tables } from './tables.ts';

const int8 = 20;

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
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 && format !== 'binary' ? safeInteger : types.getTypeParser(oid, format),
    },
  });
  pool.on('error', onIdleError);
  // The pool listens to idle connections only; without a listener, one that breaks while in use would end the process.
  // Whoever uses it learns of it from the next statement.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), ...(log && { log }) });
  return { writer: db, reader: db };
}
