import { expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, hour } from '../../../../tests/support/elections.ts';
import { listRollCounts } from '../storage/roll-counts.ts';
import { listVoters } from '../storage/voters.ts';
import {
  addBuilding,
  type BuildingDraft,
  buildingSchema,
  editBuilding,
  listBuildings,
  removeBuilding,
} from './buildings.ts';
import { addVoters } from './voters.ts';

const draft = (name: string): BuildingDraft => ({ name, icon: 'house', colour: '#1f7a8c' });
const same = { ok: false, reason: 'same-building' };
const inUse = { ok: false, reason: 'building-in-use' };
const unknown = { ok: false, reason: 'unknown-building' };
const voter = { lastName: 'Curie', firstName: 'Marie', promotion: '' };

const idOf = async ({ db }: TestBench, name: string) =>
  (await listBuildings(db.reader)).find((building) => building.name === name)?.id ?? 'nothing';

async function auditOf({ db }: TestBench) {
  const rows = await db.reader.selectFrom('audit_log').select(['action', 'subject', 'details']).execute();
  return rows.filter(({ action }) => action.startsWith('building-'));
}

onBothDatabases((bench) => {
  test('a building is added, edited and deleted, and the audit log has each deed, without the name', async () => {
    const [at, { db }] = [bench(), bench()];
    expect(await addBuilding(db, admin, draft('Carnot'))).toEqual({ ok: true });
    const id = await idOf(at, 'Carnot');
    expect(await editBuilding(db, admin, id, { name: 'CARNOT', icon: 'bank', colour: '#ff0000' })).toEqual({
      ok: true,
    });
    expect((await listBuildings(db.reader)).find((building) => building.id === id)).toEqual({
      id,
      name: 'CARNOT',
      name_key: 'carnot',
      icon: 'bank',
      colour: '#ff0000',
    });
    expect(await removeBuilding(db, admin, { id, moveTo: undefined })).toEqual({ ok: true });
    expect(await idOf(at, 'CARNOT')).toBe('nothing');
    const mine = (await auditOf(at)).filter(({ subject }) => subject === id);
    expect(mine.map(({ action }) => action)).toEqual(['building-added', 'building-edited', 'building-removed']);
    expect(JSON.stringify(await auditOf(at))).not.toMatch(/carnot/i);
  });

  test('names that differ in case and accents only are the same, also of one that came with a list', async () => {
    const [at, { db }] = [bench(), bench()];
    const election = await anElection(db, { voters: 0 });
    const list = [{ ...voter, email: 'a@example.org', building: 'Évariste' }];
    await addVoters(db, admin, election, list);
    expect(await addBuilding(db, admin, draft('EVARISTE'))).toEqual(same);
    expect(await addBuilding(db, admin, draft('Galois'))).toEqual({ ok: true });
    expect(await editBuilding(db, admin, await idOf(at, 'Galois'), draft('evariste'))).toEqual(same);
    const came = (await listBuildings(db.reader)).find(({ name }) => name === 'Évariste');
    expect(came).toMatchObject({ icon: 'building' });
    expect(await editBuilding(db, admin, 'nothing', draft('Nobody'))).toEqual(unknown);
    expect(await removeBuilding(db, admin, { id: 'nothing', moveTo: undefined })).toEqual(unknown);
  });

  test('of ten that bring or take the same name at once, one does, and none breaks', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    await addBuilding(at.db, admin, draft('Old name'));
    const id = await idOf(at, 'Old name');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        n % 2
          ? addBuilding(handles[n % 4 === 1 ? 0 : 1]!, admin, draft('Wanted'))
          : editBuilding(handles[n % 4 === 0 ? 0 : 1]!, admin, id, draft('Wanted')),
      ),
    );
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect((await listBuildings(at.db.reader)).filter(({ name }) => name === 'Wanted')).toHaveLength(1);
  });

  test('voters of elections that are not armed move to another building or to none, and the roll is counted anew', async () => {
    const [at, { db }] = [bench(), bench()];
    const elections = [await anElection(db, { voters: 0 }), await anElection(db, { voters: 0 })];
    for (const id of elections)
      await addVoters(db, admin, id, [
        { ...voter, email: 'a@example.org', building: 'Perault' },
        { ...voter, email: 'b@example.org', building: 'Perrault' },
      ]);
    const [wrong, right] = [await idOf(at, 'Perault'), await idOf(at, 'Perrault')];
    expect(await removeBuilding(db, admin, { id: wrong, moveTo: undefined })).toEqual(inUse);
    expect(await removeBuilding(db, admin, { id: wrong, moveTo: wrong })).toEqual(unknown);
    expect(await removeBuilding(db, admin, { id: wrong, moveTo: 'nothing' })).toEqual(unknown);
    expect(await removeBuilding(db, admin, { id: wrong, moveTo: right })).toEqual({ ok: true });
    for (const id of elections) {
      const voters = await listVoters(db.reader, id, { limit: 10, offset: 0 });
      expect(voters.map(({ building }) => building)).toEqual(['Perrault', 'Perrault']);
      expect(await listRollCounts(db.reader, id)).toContainEqual(
        expect.objectContaining({ kind: 'building', name: right, voters: 2 }),
      );
    }
    expect(await removeBuilding(db, admin, { id: right, moveTo: '' })).toEqual({ ok: true });
    const [left] = await listVoters(db.reader, elections[0]!, { limit: 1, offset: 0 });
    expect(left!.building_id).toBeNull();
  });

  test('a building on the roll of an armed election stays, whatever is said', async () => {
    const [at, { db }] = [bench(), bench()];
    await anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
    const id = await idOf(at, 'Perrault');
    for (const moveTo of [undefined, '', id]) expect(await removeBuilding(db, admin, { id, moveTo })).toEqual(inUse);
    expect(await editBuilding(db, admin, id, draft('Perrault (north)'))).toEqual({ ok: true });
  });

  test('a list that comes while its building is deleted is added whole or refused, and keeps no voter of nowhere', async () => {
    const at = bench();
    const there = await at.another();
    for (let round = 0; round < 6; round++) {
      await addBuilding(at.db, admin, draft(`Short-lived ${round}`));
      const [id, election] = [await idOf(at, `Short-lived ${round}`), await anElection(at.db, { voters: 0 })];
      const list = [{ ...voter, email: 'a@example.org', building: `Short-lived ${round}` }];
      const work = [
        () => addVoters(there, admin, election, list),
        () => removeBuilding(at.db, admin, { id, moveTo: undefined }),
      ];
      await Promise.all((round % 2 ? work : work.toReversed()).map((run) => run()));
      const [only] = await listVoters(at.db.reader, election, { limit: 1, offset: 0 });
      expect(only!.building).toBe(`Short-lived ${round}`);
    }
  });
});

test('icons and colours are taken as people know them', () => {
  const parse = (icon: string, colour: string) => buildingSchema.safeParse({ name: 'A', icon, colour }).data;
  for (const icon of ['bi-house-door', 'bi bi-house-door', ' House-Door '])
    expect(parse(icon, '#1F7A8C')).toMatchObject({ icon: 'house-door', colour: '#1f7a8c' });
  expect(parse('house', 'fa0')).toMatchObject({ colour: '#ffaa00' });
  for (const icon of ['', 'a b', '../x', 'x"y', 'é', 'x'.repeat(61)]) expect(parse(icon, '#000000')).toBeUndefined();
  for (const colour of ['', 'red', '#12345', '#1234567', 'url(x)', '#gggggg'])
    expect(parse('house', colour)).toBeUndefined();
});
