// What PostgreSQL keeps beside the rows: transactions (xmin, xmax), places (ctid), and old versions in the pages of a table.

import { Client } from 'pg';
import type { Trace } from './statistics.ts';

export interface RowTrace {
  readonly key: string;
  readonly xmin: number;
  readonly xmax: number;
  /** Page and line as one number that ascends through the file. */
  readonly place: number;
}

const keys = {
  ballots: 'receipt',
  signatures: 'voter_id',
  participation: 'quarter',
  turnout: 'name',
  code_failures: 'voter_id',
  board_events: 'hash',
  voters: 'id',
  links: 'link_hash',
  codes: 'voter_id',
  candidates: 'id',
  contests: 'id',
  buildings: 'id',
  roll_counts: 'name',
} as const;

export type TracedTable = keyof typeof keys;

/** A look at the database with the rights of its owner, beside the server. */
async function connected<T>(url: string, look: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}

export function tracesOf(url: string, table: TracedTable): Promise<RowTrace[]> {
  const text = `SELECT ${keys[table]} AS key, xmin::text, xmax::text, ctid::text FROM ${table} ORDER BY ${table}.ctid`;
  return connected(url, async (client) => {
    const { rows } = await client.query<{ key: string; xmin: string; xmax: string; ctid: string }>(text);
    return rows.map(({ key, xmin, xmax, ctid }) => {
      const [page = 0, line = 0] = (ctid.match(/\d+/g) ?? []).map(Number);
      return { key, xmin: Number(xmin), xmax: Number(xmax), place: page * 10_000 + line };
    });
  });
}

/** One number per voter and receipt out of what stands beside their rows. */
export async function traceOf(url: string, number: (row: RowTrace) => number): Promise<Trace> {
  const map = async (table: TracedTable) =>
    new Map((await tracesOf(url, table)).map((row) => [row.key, number(row)] as const));
  return { voters: await map('signatures'), receipts: await map('ballots') };
}

export interface RawTuples {
  readonly tuples: number;
  readonly rows: number;
  readonly transactions: number;
}

/** Everything that lies in the pages of a table, also what no query shows; undefined where pageinspect is not offered. */
export function rawTuplesOf(url: string, table: TracedTable): Promise<RawTuples | undefined> {
  return connected(url, async (client) => {
    try {
      await client.query('CREATE EXTENSION IF NOT EXISTS pageinspect');
    } catch {
      return undefined;
    }
    const { rows } = await client.query<{ tuples: number; rows: number; transactions: number }>(`
      SELECT count(*) FILTER (WHERE lp_flags <> 0)::int AS tuples, (SELECT count(*) FROM ${table})::int AS rows,
        (count(DISTINCT t_xmin::text) + count(DISTINCT t_xmax::text) FILTER (WHERE t_xmax::text <> '0'))::int AS transactions
      FROM generate_series(0, pg_relation_size('${table}') / current_setting('block_size')::int - 1) AS page,
        heap_page_items(get_raw_page('${table}', page::int))`);
    return rows[0];
  });
}

/** Bytes of a table's file, and of the rows in it with their headers. */
export function sizesOf(url: string, table: TracedTable): Promise<{ file: number; rows: number }> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ file: number; rows: number }>(`
      SELECT pg_relation_size('${table}')::int AS file, coalesce(sum(pg_column_size(t.*) + 8), 0)::int AS rows
      FROM ${table} AS t`);
    return rows[0]!;
  });
}
