// Rows of one table, some hundred at once and again and again. To build and write such a statement takes longer than the
// database's own work, so its text is made once for a transaction.

import type { CompiledQuery, Insertable, InsertQueryBuilder, InsertResult } from 'kysely';
import type { Writer } from './database.ts';
import type { Tables } from './tables.ts';

const made = new WeakMap<Writer, Map<string, CompiledQuery>>();

/** All rows have the columns of the first one. `complete` adds what follows the values, the same for a table each time. */
export async function insertRows<Table extends keyof Tables, Output = InsertResult>(
  tx: Writer,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  complete: (query: InsertQueryBuilder<Tables, Table, InsertResult>) => { compile(): CompiledQuery } = (query) => query,
): Promise<Output[]> {
  const [first] = rows;
  if (!first) return [];
  const known = made.get(tx) ?? new Map<string, CompiledQuery>();
  made.set(tx, known);
  const columns = Object.keys(first) as (keyof typeof first)[];
  const name = `${table} ${rows.length} ${columns.join()}`;
  const query = known.get(name) ?? complete(tx.insertInto(table).values([...rows])).compile();
  known.set(name, query);
  const parameters = rows.flatMap((row) => columns.map((column) => row[column]));
  return (await tx.executeQuery<Output>({ ...query, parameters })).rows;
}
