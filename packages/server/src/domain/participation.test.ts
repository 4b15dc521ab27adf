import { expect, test } from 'vitest';
import { caster, minute } from '../../../../tests/support/casts.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, type ArmedElection, hour } from '../../../../tests/support/elections.ts';
import { listBuildings } from '../storage/buildings.ts';
import { findElection } from '../storage/elections.ts';
import { type Participation, readParticipation, readPeriods, readRegistered } from './participation.ts';
import { addVoters } from './voters.ts';

const none = { kind: 'none', name: '' } as const;

async function participationOf({ db }: TestBench, id: string): Promise<Participation> {
  return readParticipation(db.reader, (await findElection(db.reader, id))!, await db.now());
}

async function vote({ db }: TestBench, election: ArmedElection, from: number, until: number): Promise<void> {
  const cast = caster(db);
  for (const voter of election.voters.slice(from, until)) {
    const answer = await cast(voter, (await election.seal([0])).ballot);
    if (!answer.ok) throw new Error(answer.reason);
  }
}

onBothDatabases((bench) => {
  test('votes are told per building and per promotion, and the last three after the close only', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 20 });
    const building = (await listBuildings(at.db.reader))[0]!.id;
    const groups = (without: number, perrault: number) => [
      { ...none, voted: without, registered: 10 },
      { kind: 'named', name: building, voted: perrault, registered: 10 },
    ];
    expect(await participationOf(at, election.id)).toMatchObject({ voted: 0, registered: 20, atLeast: false });
    await vote(at, election, 0, 7);
    const some = await participationOf(at, election.id);
    expect(some).toMatchObject({ voted: 7, atLeast: false, promotionsLater: false });
    expect(some.buildings.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(groups(4, 3));
    expect(some.promotions.reduce((sum, { voted }) => sum + voted, 0)).toBe(7);
    await vote(at, election, 7, 20);
    const open = await participationOf(at, election.id);
    expect(open).toMatchObject({ voted: 14, registered: 20, atLeast: true, promotions: [], promotionsLater: true });
    at.clockOffsetMs = 2 * hour;
    const closed = await participationOf(at, election.id);
    expect(closed).toMatchObject({ voted: 20, atLeast: false });
    expect(closed.buildings.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(groups(10, 10));
    expect(closed.promotions.map(({ name, voted, registered }) => `${name} ${voted}/${registered}`).sort()).toEqual([
      'E0 7/7',
      'E1 7/7',
      'E2 6/6',
    ]);
  });

  test('periods begin with the opening, end with now or the end, and add up to what is shown', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 20, opensIn: 0, closesIn: 10 * hour });
    const row = (await findElection(at.db.reader, election.id))!;
    const periods = async () => {
      const [now, participation] = [await at.db.now(), await participationOf(at, election.id)];
      return { participation, periods: await readPeriods(at.db.reader, row, participation, { now, most: 12 }) };
    };
    at.clockOffsetMs = minute;
    await vote(at, election, 0, 6);
    at.clockOffsetMs = 5 * hour;
    await vote(at, election, 6, 18);
    at.clockOffsetMs = 5 * hour + 2 * minute;
    const open = await periods();
    expect(open.participation.voted).toBe(14);
    expect(open.periods.map(({ votes }) => votes)).toEqual([6, 8]);
    expect(open.periods[0]!.from).toBe(row.opens_at);
    expect(open.periods.at(-1)!.to).toBeGreaterThanOrEqual(row.opens_at + 5 * hour);
    at.clockOffsetMs = 100 * hour;
    const closed = await periods();
    expect(closed.periods.map(({ votes }) => votes)).toEqual([6, 12]);
    expect(closed.periods.at(-1)!.to).toBe(row.closes_at);
  });

  test('nothing is counted on the way: what stands on the roll is a number that roll changes keep', async () => {
    const at = bench();
    const { id } = await anArmedElection(at.db, { voters: 9 });
    expect(await readRegistered(at.db.reader, id)).toBe(9);
    expect(await addVoters(at.db, admin, id, [])).toMatchObject({ ok: false });
    const asked: string[] = [];
    const reader = new Proxy(at.db.reader, {
      get: (target, name) =>
        name === 'selectFrom'
          ? (table: string) => {
              asked.push(table);
              return target.selectFrom(table as 'turnout');
            }
          : (Reflect.get(target, name) as unknown),
    });
    const row = (await findElection(at.db.reader, id))!;
    const participation = await readParticipation(reader, row, await at.db.now());
    await readPeriods(reader, row, participation, { now: await at.db.now(), most: 12 });
    expect(new Set(asked)).toEqual(new Set(['roll_counts', 'turnout', 'participation']));
  });
});
