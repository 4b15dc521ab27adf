// The ballot box: insert-only, under the receipt, in the order of its key.

import type { Reader, Writer } from './database.ts';
import type { BallotsTable } from './tables.ts';

const chunk = 1000;

/** Those of the given receipts that are in the box. In chunks: a statement takes 32,766 values on SQLite. */
export async function listReceipts(db: Reader, electionId: string, receipts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < receipts.length; start += chunk) {
    const rows = await db
      .selectFrom('ballots')
      .select('receipt')
      .where('election_id', '=', electionId)
      .where('receipt', 'in', receipts.slice(start, start + chunk))
      .execute();
    found.push(...rows.map((row) => row.receipt));
  }
  return found;
}

/** Some receipts in their own order, from this one or the start of one on. */
export async function listReceiptsFrom(db: Reader, electionId: string, from: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ballots')
    .select('receipt')
    .where('election_id', '=', electionId)
    .where('receipt', '>=', from)
    .orderBy('receipt')
    .limit(limit)
    .execute();
  return rows.map((row) => row.receipt);
}

/** How many were new; the rows must come sorted by receipt, so that two commits never wait for each other in a circle. */
export async function insertBallots(tx: Writer, rows: readonly BallotsTable[]): Promise<number> {
  if (rows.length === 0) return 0;
  const inserted = await tx
    .insertInto('ballots')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['election_id', 'receipt']).doNothing())
    .returning('receipt')
    .execute();
  return inserted.length;
}

/** The whole box in the order of its receipts, in chunks, without holding it in memory. */
export async function* readBallots(db: Reader, electionId: string): AsyncGenerator<readonly BallotsTable[]> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('ballots')
      .selectAll()
      .where('election_id', '=', electionId)
      .where('receipt', '>', after)
      .orderBy('receipt')
      .limit(chunk)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.receipt;
  }
}
