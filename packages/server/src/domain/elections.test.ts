import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, armingOf, hour } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { armElection, definitionOf } from './arming.ts';
import { addCandidate, editCandidate, removeCandidate } from './candidates.ts';
import {
  createElection,
  detailsSchema,
  editElection,
  electionSchema,
  listElections,
  readElection,
} from './elections.ts';
import { addVoters, countVoters } from './voters.ts';

const form = {
  name: 'Board 2026',
  description: 'All of us',
  zone: 'Europe/Paris',
  opensAt: '2026-12-01T08:00',
  closesAt: '2026-12-04T18:00',
  contestTitle: 'Who chairs?',
  blank: true,
  minimumBallots: '5',
};
const draft = electionSchema.parse(form);
const { name, description, zone, opensAt, closesAt } = form;
const details = detailsSchema.parse({ name, description, zone, opensAt, closesAt });
const dora = { name: 'Dora', text: '' };
const voter = { lastName: 'New', firstName: 'Voter', email: 'new@example.org', promotion: '', building: '' };
const unknown = { ok: false, reason: 'unknown-election' };
const armed = { ok: false, reason: 'election-armed' };

test('the form’s wall clock becomes instants of its zone', () => {
  expect(draft).toMatchObject({
    opensAt: Date.parse('2026-12-01T07:00Z'),
    closesAt: Date.parse('2026-12-04T17:00Z'),
    minimumBallots: 5,
  });
});

test.each<[string, Partial<typeof form>]>([
  ['name', { name: ' ' }],
  ['contestTitle', { contestTitle: '' }],
  ['zone', { zone: 'Mars/Olympus' }],
  ['opensAt', { opensAt: 'tomorrow' }],
  ['closesAt', { closesAt: '2026-13-01T00:00' }],
  ['closesAt', { closesAt: '2026-12-01T08:00' }],
  ['closesAt', { closesAt: '2026-11-30T08:00' }],
  ['minimumBallots', { minimumBallots: '0' }],
  ['minimumBallots', { minimumBallots: '2.5' }],
  ['minimumBallots', { minimumBallots: '' }],
])('a form with a bad %s is refused there', (field, change) => {
  const parsed = electionSchema.safeParse({ ...form, ...change });
  expect(parsed.error?.issues.map((issue) => issue.path[0])).toContain(field);
});

test('an unknown field of the form is refused', () => {
  expect(electionSchema.safeParse({ ...form, armed_at: 1 }).success).toBe(false);
});

onBothDatabases((bench) => {
  const names = async (db: Database, id: string) =>
    (await readElection(db.reader, id))!.contests.flatMap(({ candidates }) => candidates.map(({ name }) => name));
  const idOf = async (db: Database, id: string, name: string) =>
    (await readElection(db.reader, id))!.contests[0]!.candidates.find((candidate) => candidate.name === name)!.id;

  test('an election is made with one contest, without asking for more; its details are changed apart from it', async () => {
    const { db } = bench();
    const id = await createElection(db, admin, draft);
    expect(await readElection(db.reader, id)).toMatchObject({
      name: 'Board 2026',
      armed_at: null,
      contests: [{ title: 'Who chairs?', blank: 1, min_choices: 1, max_choices: 1, candidates: [] }],
    });
    const changed = { ...details, name: 'Board 2027' };
    expect(await editElection(db, admin, id, changed)).toMatchObject({ ok: true });
    expect(await readElection(db.reader, id)).toMatchObject({
      name: 'Board 2027',
      minimum_ballots: 5,
      contests: [{ title: 'Who chairs?', blank: 1 }],
    });
    expect((await listElections(db.reader)).map((election) => election.id)).toContain(id);
  });

  test('candidates keep the order in which they came', async () => {
    const { db } = bench();
    const id = await anElection(db, { candidates: ['Zoé', 'Ada', 'Blaise'] });
    expect(await names(db, id)).toEqual(['Zoé', 'Ada', 'Blaise']);
    expect(await removeCandidate(db, admin, id, await idOf(db, id, 'Ada'))).toEqual({ ok: true });
    expect(await addCandidate(db, admin, id, { name: 'Chloé', text: 'x' })).toEqual({ ok: true });
    expect(await editCandidate(db, admin, id, await idOf(db, id, 'Zoé'), { name: 'Zoë', text: '' })).toEqual({
      ok: true,
    });
    expect(await names(db, id)).toEqual(['Zoë', 'Blaise', 'Chloé']);
  });

  test('two candidates cannot have one name, in any case', async () => {
    const { db } = bench();
    const id = await anElection(db, { candidates: ['Ada', 'Élise'] });
    const same = { ok: false, reason: 'same-name' };
    expect(await addCandidate(db, admin, id, { name: 'ADA', text: '' })).toEqual(same);
    expect(await addCandidate(db, admin, id, { name: 'élise', text: '' })).toEqual(same);
    expect(await editCandidate(db, admin, id, await idOf(db, id, 'Ada'), { name: 'ÉLISE', text: '' })).toEqual(same);
    expect(await editCandidate(db, admin, id, await idOf(db, id, 'Ada'), { name: 'ADA', text: '' })).toEqual({
      ok: true,
    });
  });

  test('of ten that add the same name at once, one does', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    const id = await anElection(at.db, { candidates: [] });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => addCandidate(handles[n % 2]!, admin, id, dora)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await names(at.db, id)).toEqual(['Dora']);
  });

  test('an unknown election, and a candidate of another election, cannot be changed', async () => {
    const { db } = bench();
    const [mine, other] = [await anElection(db), await anElection(db)];
    const foreign = await idOf(db, other, 'Ada');
    const missing = { ok: false, reason: 'unknown-candidate' };
    expect(await editCandidate(db, admin, mine, foreign, dora)).toEqual(missing);
    expect(await removeCandidate(db, admin, mine, foreign)).toEqual(missing);
    expect(await names(db, other)).toContain('Ada');
    expect(await addCandidate(db, admin, 'nothing', dora)).toEqual(unknown);
    expect(await editElection(db, admin, 'nothing', draft)).toEqual(unknown);
    expect(await addVoters(db, admin, 'nothing', [voter])).toEqual(unknown);
  });

  test('after arming every change of what is frozen is refused', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
    const before = await readElection(db.reader, id);
    const ada = await idOf(db, id, 'Ada');
    expect(await editElection(db, admin, id, draft)).toEqual(armed);
    expect(await addCandidate(db, admin, id, dora)).toEqual(armed);
    expect(await editCandidate(db, admin, id, ada, dora)).toEqual(armed);
    expect(await removeCandidate(db, admin, id, ada)).toEqual(armed);
    expect(await addVoters(db, admin, id, [voter])).toEqual(armed);
    const { definition: _, ...arming } = await armingOf(db, id);
    expect(await armElection(db, admin, id, arming)).toEqual(armed);
    expect(await readElection(db.reader, id)).toEqual(before);
    expect(await countVoters(db.reader, id)).toBe(3);
  });

  test('arming and changes at the same time never mix: what is armed is what stands there afterwards', async () => {
    const at = bench();
    const [here, there] = [at.db, await at.another()];
    let wins = 0;
    for (let round = 0; round < 15; round++) {
      const id = await anElection(here, { opensIn: hour, closesIn: 2 * hour, voters: 1 });
      const { definition: _, ...arming } = await armingOf(here, id);
      const ada = await idOf(here, id, 'Ada');
      const work = [
        () => addCandidate(there, admin, id, dora),
        () => armElection(here, admin, id, arming),
        () => editCandidate(there, admin, id, ada, { name: 'Eve', text: '' }),
        () =>
          editElection(here, admin, id, {
            ...details,
            closesAt: draft.closesAt + 1e12,
            name: 'Other',
          }),
        () => addVoters(there, admin, id, [voter]),
      ];
      const shift = round % work.length;
      const answers = await Promise.all([...work.slice(shift), ...work.slice(0, shift)].map((run) => run()));
      const election = (await readElection(here.reader, id))!;
      if (election.armed_at === null) {
        expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, reason: 'election-changed' }]);
      } else {
        wins++;
        expect(election.definition).toBe(JSON.stringify(definitionOf(election)));
        expect(answers.filter((answer) => !answer.ok && answer.reason !== 'election-armed')).toEqual([]);
      }
    }
    expect(wins).toBeGreaterThan(0);
  });
});
