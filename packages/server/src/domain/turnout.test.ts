import { expect, test } from 'vitest';
import { caster, counts, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection } from '../../../../tests/support/elections.ts';
import { listBuildings } from '../storage/buildings.ts';
import type { Database } from '../storage/database.ts';
import { listRollCounts } from '../storage/roll-counts.ts';
import { listTurnout } from '../storage/turnout.ts';
import { addVoters } from './voters.ts';

/** `kind name` → number, with the names of buildings for their ids. */
async function byName(db: Database, rows: readonly { kind: string; name: string; n: number }[]) {
  const names = new Map((await listBuildings(db.reader)).map(({ id, name }) => [id, name]));
  return Object.fromEntries(rows.map(({ kind, name, n }) => [`${kind} ${names.get(name) ?? name}`.trim(), n]));
}

const rollOf = async (db: Database, id: string) =>
  byName(
    db,
    (await listRollCounts(db.reader, id)).map(({ voters, ...row }) => ({ ...row, n: voters })),
  );

const turnoutOf = async (db: Database, id: string) =>
  byName(
    db,
    (await listTurnout(db.reader, id)).map(({ votes, ...row }) => ({ ...row, n: votes })),
  );

onBothDatabases((bench) => {
  test('the numbers on the roll are kept with every list that comes, per building and per promotion', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 5 });
    expect(await rollOf(db, id)).toEqual({
      all: 5,
      building: 3,
      'building Perrault': 2,
      'promotion E0': 2,
      'promotion E1': 2,
      'promotion E2': 1,
    });
    const more = { lastName: 'Late', firstName: 'Lea', promotion: '', building: 'perrault' };
    await addVoters(db, admin, id, [{ ...more, email: 'lea@example.org' }]);
    await addVoters(db, admin, id, [{ ...more, email: 'lea@example.org', building: 'Elsewhere' }]);
    expect(await rollOf(db, id)).toMatchObject({ all: 6, 'building Perrault': 3, promotion: 1 });
  });

  test('an election without voters has no numbers, and one election does not count for another', async () => {
    const { db } = bench();
    const [mine] = [await anElection(db, { voters: 0 }), await anElection(db, { voters: 4 })];
    expect(await rollOf(db, mine)).toEqual({});
  });

  test('everyone votes at once in two processes: buildings = promotions = over time = ballots = signatures', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 60 });
    const callers = [caster(at.db), caster(await at.another())];
    const ballots = await Promise.all(election.voters.map(() => election.seal([0])));
    // Everyone twice, once in each process: the second answer is the first one's, or "already voted".
    await Promise.all(election.voters.flatMap((voter, n) => callers.map((cast) => cast(voter, ballots[n]!.ballot))));
    expect(await counts(at.db, election)).toEqual(same(60));
    const { all, ...roll } = await rollOf(at.db, election.id);
    expect(all).toBe(60);
    expect(await turnoutOf(at.db, election.id)).toEqual(roll);
  });

  test('each vote counts for the groups of its own voter, and a refused one for none', async () => {
    const { db } = bench();
    const { id, voters, seal } = await anArmedElection(db, { voters: 6 });
    const [cast, voter] = [caster(db), voters[1]!]; // Dupont1: Perrault, E1
    const { ballot } = await seal([0]);
    await cast({ ...voter, code: voter.code === '0000' ? '1111' : '0000' }, ballot);
    expect(await turnoutOf(db, id)).toEqual({});
    await cast(voter, ballot);
    await cast(voter, ballot);
    await cast(voter, (await seal([1])).ballot);
    expect(await turnoutOf(db, id)).toEqual({ 'building Perrault': 1, 'promotion E1': 1 });
  });
});
