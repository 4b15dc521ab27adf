// Candidates' pictures, found by candidate or by the hash that is their public address.

import type { Reader, Writer } from './database.ts';
import type { LogosTable } from './tables.ts';

export type LogoRow = LogosTable;

/** In place of the one there was. */
export async function saveLogo(tx: Writer, { candidate_id, ...logo }: LogoRow): Promise<void> {
  await tx
    .insertInto('logos')
    .values({ candidate_id, ...logo })
    .onConflict((conflict) => conflict.column('candidate_id').doUpdateSet(logo))
    .execute();
}

export async function deleteLogo(tx: Writer, candidateId: string): Promise<void> {
  await tx.deleteFrom('logos').where('candidate_id', '=', candidateId).execute();
}

/** Two candidates may show the same picture. */
export async function findImage(db: Reader, hash: string): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom('logos').select('image').where('hash', '=', hash).limit(1).executeTakeFirst();
  return row?.image;
}
