// What elections sealed as `verifiable` have beside their row.

import type { Updateable } from 'kysely';
import type { Reader, Writer } from './database.ts';
import { prepared } from './prepared.ts';
import type { Instant, VerifiableElectionsTable } from './tables.ts';

export type VerifiableRow = VerifiableElectionsTable;

export async function insertVerifiable(tx: Writer, row: VerifiableRow): Promise<void> {
  await tx.insertInto('verifiable_elections').values(row).execute();
}

const verifiablesOf = prepared((db, electionId: string) =>
  db.selectFrom('verifiable_elections').selectAll().where('election_id', '=', electionId),
);

export async function findVerifiable(db: Reader, electionId: string): Promise<VerifiableRow | undefined> {
  return (await verifiablesOf(db, electionId))[0];
}

export async function updateVerifiable(
  tx: Writer,
  electionId: string,
  values: Updateable<VerifiableElectionsTable>,
): Promise<void> {
  await tx.updateTable('verifiable_elections').set(values).where('election_id', '=', electionId).execute();
}

/** True for the one process that may sum this box until then; it may ask for more time. */
export async function takeSumming(tx: Writer, electionId: string, now: Instant, until: Instant): Promise<boolean> {
  const taken = await tx
    .updateTable('verifiable_elections')
    .set({ summed_until: until })
    .where('election_id', '=', electionId)
    .where('tally', 'is', null)
    .where('summed_until', '<=', now)
    .returning('election_id')
    .execute();
  return taken.length === 1;
}

/** Closed and rewritten, with enough ballots to be opened, and no tally on the board yet. */
export async function listElectionsToTally(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .innerJoin('verifiable_elections', 'verifiable_elections.election_id', 'elections.id')
    .select('elections.id')
    .where('rewritten_at', 'is not', null)
    .where('abandoned_at', 'is', null)
    .where('verifiable_elections.tally', 'is', null)
    .whereRef('ballot_count', '>=', 'minimum_ballots')
    .execute();
  return rows.map(({ id }) => id);
}

/** Whose credentials can still be read although nobody needs them to be: every link mail was taken, or the end has passed. */
export async function listElectionsToForget(db: Reader, now: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .innerJoin('verifiable_elections', 'verifiable_elections.election_id', 'elections.id')
    .select('elections.id')
    .where('credential_key', 'is not', null)
    .where((where) =>
      where.or([
        where('closes_at', '<=', now),
        where('abandoned_at', 'is not', null),
        where.not(
          where.exists(
            where
              .selectFrom('voters')
              .select('voters.id')
              .whereRef('voters.election_id', '=', 'elections.id')
              .where('voters.id', 'not in', (voters) =>
                voters
                  .selectFrom('deliveries')
                  .select('deliveries.voter_id')
                  .where('deliveries.kind', '=', 'link')
                  .where('deliveries.status', '=', 'accepted'),
              ),
          ),
        ),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** The keys that credentials wait under. */
export async function listCredentialKeys(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('verifiable_elections')
    .select('credential_key')
    .where('credential_key', 'is not', null)
    .execute();
  return rows.map(({ credential_key: key }) => key!);
}

/** With a tally on the board, and not opened yet: the shares may be complete. */
export async function listElectionsToOpen(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .innerJoin('verifiable_elections', 'verifiable_elections.election_id', 'elections.id')
    .select('elections.id')
    .where('verifiable_elections.tally', 'is not', null)
    .where('deliberated_at', 'is', null)
    .where('abandoned_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}
