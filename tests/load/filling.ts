// A large election in little time: some voters with real links and codes who will vote, the rest of the roll by one statement,
// and a box with as many ballots as wanted, each under its true receipt, as long as a real one.

import { randomBytes } from 'node:crypto';
import { receiptOf } from '@votix/protocol';
import { sql } from 'kysely';
import { insertBallots } from '../../packages/server/src/storage/ballots.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { addVotes } from '../../packages/server/src/storage/participation.ts';
import { recountRoll } from '../../packages/server/src/storage/roll-counts.ts';
import { insertSignatures } from '../../packages/server/src/storage/signatures.ts';
import { addTurnout } from '../../packages/server/src/storage/turnout.ts';
import { anArmedElection, type ArmedElection, type ElectionWish } from '../support/elections.ts';

const ballotBytes = 520;
const slice = 1000;

export interface Filling extends ElectionWish {
  /** On the roll, in all. */
  readonly roll: number;
  /** Those among them who will vote. */
  readonly voters: number;
  /** In the box already. */
  readonly ballots: number;
}

export async function fill(db: Database, { roll, ballots, ...wish }: Filling): Promise<ArmedElection> {
  const election = await anArmedElection(db, wish);
  const rest = Math.max(0, roll - wish.voters);
  await fillRoll(db, election.id, rest);
  await fillBox(db, election.id, Math.min(ballots, rest));
  if (db.kind === 'postgres') await db.write((tx) => sql`ANALYZE`.execute(tx));
  return election;
}

/** Their links and codes are nobody's. */
async function fillRoll(db: Database, id: string, count: number): Promise<void> {
  const numbers = sql`WITH RECURSIVE numbers (n) AS (SELECT 1 WHERE ${count} > 0
    UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;
  const text = (start: string) => sql`${start} || numbers.n`;
  const voter = sql`${`${id} voter `} || numbers.n`;
  await db.write(async (tx) => {
    await sql`INSERT INTO voters (id, election_id, last_name, first_name, email, email_key, sort_key, promotion, building_id,
        search_key, added_at, language)
      ${numbers} SELECT ${voter}, ${id}, ${text('Durand')}, 'Alice', ${text('durand')}, ${text('durand')}, ${text('durand')},
        'E' || (numbers.n % 20), NULL, ${text('alice durand')}, 0, '' FROM numbers`.execute(tx);
    await sql`INSERT INTO links (link_hash, key_hash, voter_id, sealed, issued_at, replaced_at)
      ${numbers} SELECT ${text(`${id} link `)}, ${text(`${id} key `)}, ${voter}, ${'x'.repeat(250)}, 0, NULL
      FROM numbers`.execute(tx);
    await sql`INSERT INTO codes (voter_id, code_hash, sealed)
      ${numbers} SELECT ${voter}, ${text('code ')}, ${'x'.repeat(150)} FROM numbers`.execute(tx);
    await recountRoll(tx, id);
  });
}

async function fillBox(db: Database, election_id: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += slice) {
    const some = Array.from({ length: Math.min(slice, count - start) }, (_, n) => start + n + 1);
    const ballots = some.map(() => randomBytes((ballotBytes * 3) / 4).toString('base64url'));
    await db.write(async (tx) => {
      await insertBallots(
        tx,
        ballots.map((ballot) => ({ election_id, receipt: receiptOf(ballot), ballot })),
      );
      await insertSignatures(
        tx,
        some.map((n) => ({ election_id, voter_id: `${election_id} voter ${n}`, signed_on: '2026-12-04' })),
      );
    });
  }
  if (count === 0) return;
  await db.write(async (tx) => {
    await addVotes(tx, election_id, 0, count);
    for (const kind of ['building', 'promotion'] as const)
      await addTurnout(tx, [{ election_id, kind, name: '', votes: count }]);
  });
}
