// The registrar of an election, found by keyed hash of their link; the public credentials they hand in until the list is whole.

import type { Updateable } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { RegistrarsTable } from './tables.ts';

export type RegistrarRow = RegistrarsTable;

export async function insertRegistrar(tx: Writer, registrar: RegistrarRow): Promise<void> {
  await tx.insertInto('registrars').values(registrar).execute();
}

export async function findRegistrar(db: Reader, electionId: string): Promise<RegistrarRow | undefined> {
  return db.selectFrom('registrars').selectAll().where('election_id', '=', electionId).executeTakeFirst();
}

export async function findRegistrarByLink(db: Reader, linkHash: string): Promise<RegistrarRow | undefined> {
  return db.selectFrom('registrars').selectAll().where('link_hash', '=', linkHash).executeTakeFirst();
}

export async function updateRegistrar(
  tx: Writer,
  electionId: string,
  values: Updateable<RegistrarsTable>,
): Promise<void> {
  await tx.updateTable('registrars').set(values).where('election_id', '=', electionId).execute();
}

export async function deleteRegistrar(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('registrars').where('election_id', '=', electionId).execute();
}

/** Sorted by themselves, so that nothing of the order of the voters shows. */
export async function insertRegistered(tx: Writer, electionId: string, credentials: readonly string[]): Promise<void> {
  const rows = credentials.toSorted().map((credential) => ({ election_id: electionId, credential }));
  await tx.insertInto('registered_credentials').values(rows).execute();
}

/** Without a list: all of them. */
export async function listRegistered(
  db: Reader,
  electionId: string,
  among?: readonly string[],
): Promise<readonly string[]> {
  const query = db.selectFrom('registered_credentials').select('credential').where('election_id', '=', electionId);
  const rows = await (among === undefined ? query : query.where('credential', 'in', among)).execute();
  return rows.map(({ credential }) => credential).toSorted();
}

/** Once the list is whole, or begun anew. */
export async function deleteRegistered(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('registered_credentials').where('election_id', '=', electionId).execute();
}
