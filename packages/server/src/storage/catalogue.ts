// The tables as the database itself knows them, so that a new one is never forgotten: columns, key, and an order in which
// every row finds the rows it refers to.

import assert from 'node:assert';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
}

type Connection = Kysely<Tables>;
interface Part {
  readonly table: string;
  readonly name: string;
  /** Place in the primary key from 1 on; 0 outside of it. */
  readonly place: number;
}

const migrationTables = 'kysely_';

const parts = {
  sqlite: sql<Part>`SELECT m.name AS "table", c.name, c.pk AS place FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid`,
  postgres: sql<Part>`SELECT t.relname AS "table", a.attname AS name,
      coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) AS place
    FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index AS i ON i.indrelid = t.oid AND i.indisprimary
    WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname, a.attnum`,
} as const;

const references = {
  sqlite: sql<{ from: string; to: string }>`SELECT m.name AS "from", f."table" AS "to"
    FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'`,
  postgres: sql<{
    from: string;
    to: string;
  }>`SELECT c.conrelid::regclass::text AS "from", c.confrelid::regclass::text AS "to"
    FROM pg_constraint AS c WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace`,
} as const;

/** Every table but those of the migrations; one that is referred to comes before those that refer to it. */
export async function listTables(db: Connection, kind: Database['kind']): Promise<TableShape[]> {
  const rows = (await parts[kind].execute(db)).rows.filter(({ table }) => !table.startsWith(migrationTables));
  const edges = (await references[kind].execute(db)).rows;
  const shapes = Map.groupBy(rows, ({ table }) => table);
  return inOrder([...shapes.keys()], edges).map((name) => shapeOf(name, shapes.get(name) ?? []));
}

function shapeOf(name: string, columns: readonly Part[]): TableShape {
  const key = columns.filter(({ place }) => place > 0).toSorted((a, b) => a.place - b.place);
  assert(key.length > 0, `The table ${name} has no primary key.`);
  return { name, columns: columns.map((column) => column.name), key: key.map((column) => column.name) };
}

function inOrder(names: readonly string[], edges: readonly { from: string; to: string }[]): string[] {
  const sorted: string[] = [];
  const visit = (name: string) => {
    if (sorted.includes(name)) return;
    for (const { from, to } of edges) if (from === name && to !== name) visit(to);
    sorted.push(name);
  };
  names.toSorted().forEach(visit);
  return sorted;
}
