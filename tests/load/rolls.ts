// Elections of a hundred thousand voters: written by the functions of the storage, with links and ballots that are none, because
// to make true ones would take longer than what is measured.

import { receiptOf } from '@votix/protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { armElection } from '../../packages/server/src/domain/arming.ts';
import { voterColumns } from '../../packages/server/src/domain/voters.ts';
import { insertBallots } from '../../packages/server/src/storage/ballots.ts';
import { insertMissingCodes } from '../../packages/server/src/storage/codes.ts';
import type { Database, Writer } from '../../packages/server/src/storage/database.ts';
import { insertMissingLinks } from '../../packages/server/src/storage/links.ts';
import { addVotes } from '../../packages/server/src/storage/participation.ts';
import { recountRoll } from '../../packages/server/src/storage/roll-counts.ts';
import { insertSignatures } from '../../packages/server/src/storage/signatures.ts';
import { addTurnout } from '../../packages/server/src/storage/turnout.ts';
import { insertVoters } from '../../packages/server/src/storage/voters.ts';
import { admin, anElection, armingOf } from '../support/elections.ts';

const slice = 1000;
/** As long as a sealed ballot of one question. */
const ballotBytes = 390;
const text = (bytes: number) => randomBytes(bytes).toString('base64url');

const ascending = <T>(rows: readonly T[], key: (row: T) => string): T[] =>
  rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

/** Armed and open, on a database that was set up; so many have voted. */
export async function aLargeElection(db: Database, { voters, voted }: { voters: number; voted: number }) {
  const id = await anElection(db, { voters: 3 }); // brings the building along
  await db.write(async (tx) => {
    const { id: building } = await tx.selectFrom('buildings').select('id').executeTakeFirstOrThrow();
    for (let from = 3; from < voters; from += slice) {
      const numbers = Array.from({ length: Math.min(slice, voters - from) }, (_, index) => from + index);
      await enrol(db, tx, id, building, numbers);
    }
    await recountRoll(tx, id);
  });
  const { definition: _, ...arming } = await armingOf(db, id);
  const armed = await armElection(db, admin, id, arming);
  if (!armed.ok) throw new Error(armed.reason);
  await db.write((tx) => vote(db, tx, id, voted));
  return id;
}

async function enrol(db: Database, tx: Writer, electionId: string, building: string, numbers: readonly number[]) {
  const now = await db.now(tx);
  const rows = numbers.map((number) => ({
    ...voterColumns({
      lastName: `Martin${number}`,
      firstName: 'Camille',
      email: `camille.martin${number}@example.org`,
      promotion: `E${number % 3}`,
      building: '',
    }),
    id: randomUUID(),
    election_id: electionId,
    building_id: number % 2 === 0 ? building : null,
    added_at: now,
    import_id: null,
    language: '',
  }));
  await insertVoters(tx, rows);
  const sealed = 'sealed';
  await insertMissingLinks(
    tx,
    rows.map(({ id }) => ({
      link_hash: text(32),
      key_hash: text(32),
      voter_id: id,
      salt: '',
      sealed,
      issued_at: now,
      replaced_at: null,
    })),
  );
  await insertMissingCodes(
    tx,
    rows.map(({ id }) => ({ voter_id: id, code_hash: text(32), salt: '', sealed })),
  );
}

async function vote(db: Database, tx: Writer, electionId: string, voted: number): Promise<void> {
  const voters = await tx
    .selectFrom('voters')
    .select(['id', 'building_id', 'promotion'])
    .where('election_id', '=', electionId)
    .orderBy('id')
    .limit(voted)
    .execute();
  const now = await db.now(tx);
  for (let from = 0; from < voters.length; from += slice) {
    const some = voters.slice(from, from + slice);
    await insertSignatures(
      tx,
      some.map(({ id }) => ({ election_id: electionId, voter_id: id, signed_on: '2026-11-27' })),
    );
    const ballots = some.map(() => {
      const ballot = text(ballotBytes);
      return { election_id: electionId, receipt: receiptOf(ballot), ballot };
    });
    await insertBallots(
      tx,
      ascending(ballots, (row) => row.receipt),
    );
  }
  await addVotes(tx, electionId, now - (now % (15 * 60_000)), voters.length);
  const groups = voters.flatMap(({ building_id, promotion }) => [
    `building ${building_id ?? ''}`,
    `promotion ${promotion}`,
  ]);
  const counted = [...new Set(groups)].sort().map((group) => {
    const [kind = '', name = ''] = group.split(' ');
    return {
      election_id: electionId,
      kind: kind as 'building' | 'promotion',
      name,
      votes: groups.filter((one) => one === group).length,
    };
  });
  await addTurnout(tx, counted);
}
