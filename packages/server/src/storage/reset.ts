// The one place that empties everything, signing list and box included: `votix reset`. The schema stays.

import { sql } from 'kysely';
import { listTables } from './catalogue.ts';
import type { Database, Writer } from './database.ts';

export async function deleteEverything(db: Database, tx: Writer): Promise<void> {
  const names = (await listTables(tx, db.kind)).map(({ name }) => name);
  if (db.kind === 'postgres') {
    await sql`TRUNCATE ${sql.join(names.map((name) => sql.table(name)))}`.execute(tx);
    return;
  }
  for (const name of names.toReversed()) await sql`DELETE FROM ${sql.table(name)}`.execute(tx);
}
