// Named values of the instance: settings, set-up link, check value of the secret.

import type { Database, Reader, Writer } from './database.ts';
import { prepared } from './prepared.ts';

export async function findSetting(db: Reader, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

export const listSettings: (db: Reader) => Promise<{ name: string; value: string }[]> = prepared((db) =>
  db.selectFrom('settings').selectAll().orderBy('name'),
);

export async function saveSetting(tx: Writer, name: string, value: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Held until the transaction ends, so that what is only right together is judged together. The row stands since set-up. */
export async function lockSettings(db: Database, tx: Writer): Promise<void> {
  const query = tx.selectFrom('settings').select('name').where('name', '=', 'set-up');
  await (db.kind === 'postgres' ? query.forUpdate() : query).execute();
}

export async function deleteSetting(tx: Writer, name: string): Promise<void> {
  await tx.deleteFrom('settings').where('name', '=', name).execute();
}

/** The value that stands there, which is the given one where there was none: of several at once, all get the first. */
export async function keepSetting(tx: Writer, name: string, value: string): Promise<string> {
  await tx
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await findSetting(tx, name)) ?? value;
}

/** True when this value stood there and is now gone: of several at once, one wins. */
export async function takeSetting(tx: Writer, name: string, value: string): Promise<boolean> {
  const taken = await tx
    .deleteFrom('settings')
    .where('name', '=', name)
    .where('value', '=', value)
    .returning('name')
    .execute();
  return taken.length === 1;
}
