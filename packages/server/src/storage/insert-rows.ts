// Rows of one table, some hundred at once and again and again. To build and write such a statement takes longer than the
// database's own work, so its text is made once for a transaction.

import type { CompiledQuery, Insertable, InsertQueryBuilder, InsertResult } from 'kysely';
import type { Writer } from './database.ts';
import type { Tables } from './tables.ts';

const made = new WeakMap<Writer, Map<string, CompiledQuery>>();

/**
 * How many were inserted. All rows have the columns of the first one. `complete` adds what follows the values, the same for a
 * table each time.
 */
export async function insertRows<Table extends keyof Tables>(
  tx: Writer,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  complete: (query: InsertQueryBuilder<Tables, Table, InsertResult>) => { compile(): CompiledQuery } = (query) => query,
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const known = made.get(tx) ?? new Map<string, CompiledQuery>();
  made.set(tx, known);
  const columns = Object.keys(first) as (keyof typeof first)[];
  const name = `${table} ${rows.length} ${columns.join()}`;
  const query = known.get(name) ?? complete(tx.insertInto(table).values([...rows])).compile();
  known.set(name, query);
  const parameters: unknown[] = [];
  for (const row of rows) for (const column of columns) parameters.push(row[column]);
  return Number((await tx.executeQuery({ ...query, parameters })).numAffectedRows);
}
