// Reserve credentials: made by the registrar with all others and published as such, each given to a voter who came after them
// or who lost theirs. Who has which is kept sealed, for the registrar who hands it over; after the end nobody knows it.

import { randomInt } from 'node:crypto';
import { listCredentialHashes, saveVoterCredential } from '../storage/credentials.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import {
  forgetHolders,
  listElectionsWithHolders,
  listReserve,
  markGiven,
  type ReserveRow,
} from '../storage/reserve-credentials.ts';
import { listVotersById } from '../storage/voters.ts';
import { boundCredential } from './credentials.ts';
import type { Vault } from './vault.ts';

type Reason = NonNullable<ReserveRow['given']>;

/** Sealed before the transaction: whom a reserve credential will be given to. */
export const sealHolder = (vault: Vault, electionId: string, voterId: string): Promise<string> =>
  vault.seal('reserve', electionId, voterId);

export interface Giving {
  readonly voterId: string;
  readonly holder: string;
  readonly given: Reason;
}

/** To each one of those that are left, drawn, so that the order of the deeds tells nothing. False when too few are left for all. */
export async function giveReserve(
  tx: Writer,
  vault: Vault,
  election_id: string,
  givings: readonly Giving[],
): Promise<boolean> {
  const free = (await listReserve(tx, election_id)).filter(({ given }) => given === null);
  if (free.length < givings.length) return false;
  for (const { voterId: voter_id, holder, given } of givings) {
    const { number, credential } = free.splice(randomInt(free.length), 1)[0]!;
    await markGiven(tx, { election_id, number, given, holder });
    const credential_hash = vault.hash('credential', boundCredential(voter_id, credential));
    await saveVoterCredential(tx, { voter_id, election_id, credential_hash, pending: null });
  }
  return true;
}

export interface GivenReserve {
  readonly number: number;
  readonly given: Reason;
  readonly voterId: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
}

/** For the registrar, who hands them over: those that count, not one that was replaced in its turn. Empty after the end. */
export async function listGiven(db: Reader, vault: Vault, electionId: string): Promise<GivenReserve[]> {
  const rows = (await listReserve(db, electionId)).filter(({ holder }) => holder !== null);
  const holders = await Promise.all(rows.map(({ holder }) => vault.open('reserve', electionId, holder!)));
  const voters = new Map((await listVotersById(db, holders)).map((voter) => [voter.id, voter]));
  const hashes = await listCredentialHashes(db, holders);
  return rows.flatMap(({ number, given, credential }, index) => {
    const voter = voters.get(holders[index]!);
    const bound = voter && boundCredential(voter.id, credential);
    if (given === null || !bound || !vault.isHash('credential', bound, hashes.get(voter.id) ?? '')) return [];
    const { id: voterId, last_name: lastName, first_name: firstName, email, promotion, building } = voter;
    return [{ number, given, voterId, lastName, firstName, email, promotion, building: building ?? '' }];
  });
}

/** The public texts in their order, and how many somebody got: what everyone may know of them. */
export async function readReserve(
  db: Reader,
  electionId: string,
): Promise<{ readonly credentials: readonly string[]; readonly given: number }> {
  const rows = await listReserve(db, electionId);
  return {
    credentials: rows.map(({ credential }) => credential),
    given: rows.filter(({ given }) => given !== null).length,
  };
}

/** To be called again and again. */
export async function forgetDueHolders(db: Database): Promise<void> {
  for (const id of await listElectionsWithHolders(db.reader, await db.now()))
    await db.write((tx) => forgetHolders(tx, id));
}
