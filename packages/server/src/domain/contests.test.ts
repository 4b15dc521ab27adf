import { parseDefinition, verifyRecord } from '@votix/protocol';
import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, hour } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { definitionOf, obstacles } from './arming.ts';
import { addCandidate, moveCandidate } from './candidates.ts';
import {
  addContest,
  contestSchema,
  drawOrder,
  editContest,
  moveContest,
  removeContest,
  rulesSchema,
  setRules,
} from './contests.ts';
import { readElection } from './elections.ts';

const form = { title: 'Who sits?', minChoices: '1', maxChoices: '3', blank: true, seats: '2', order: 'fixed' };
const draft = contestSchema.parse(form);
const armed = { ok: false, reason: 'election-armed' };
const unknown = { ok: false, reason: 'unknown-contest' };

test.each<[string, Partial<Record<keyof typeof form, unknown>>]>([
  ['title', { title: ' ' }],
  ['title', { title: 'x'.repeat(201) }],
  ['minChoices', { minChoices: '0' }],
  ['minChoices', { minChoices: '' }],
  ['maxChoices', { minChoices: '4' }],
  ['maxChoices', { maxChoices: '201' }],
  ['maxChoices', { maxChoices: '1.5' }],
  ['seats', { seats: '-1' }],
  ['order', { order: 'random' }],
])('a question with a bad %s is refused there', (field, change) => {
  const parsed = contestSchema.safeParse({ ...form, ...change });
  expect(parsed.error?.issues.map((issue) => issue.path[0])).toContain(field);
});

test.each<[string, object]>([
  ['tieRule', { tieRule: 'eldest' }],
  ['quorum', { quorum: '101' }],
  ['quorum', { quorum: '-1' }],
  ['quorum', { quorum: 'half' }],
  ['minimumBallots', { minimumBallots: '0' }],
])('rules with a bad %s are refused there', (field, change) => {
  const parsed = rulesSchema.safeParse({ tieRule: 'lot', quorum: '', minimumBallots: '5', ...change });
  expect(parsed.error?.issues.map((issue) => issue.path[0])).toContain(field);
});

test('a quorum left empty is none', () => {
  expect(rulesSchema.parse({ tieRule: 'lot', quorum: '', minimumBallots: '5' }).quorum).toBe(0);
});

onBothDatabases((bench) => {
  const read = async (db: Database, id: string) => (await readElection(db.reader, id))!;
  const titles = async (db: Database, id: string) => (await read(db, id)).contests.map(({ title }) => title);
  const idOf = async (db: Database, id: string, title: string) =>
    (await read(db, id)).contests.find((contest) => contest.title === title)!.id;
  const entries = async (db: Database, id: string) => {
    const rows = await db.reader
      .selectFrom('audit_log')
      .select(['action', 'subject', 'details'])
      .where('election_id', '=', id)
      .orderBy('position')
      .execute();
    return rows.map(({ details, ...entry }) => ({ ...entry, details: JSON.parse(details) as Record<string, unknown> }));
  };
  const seedOf = async (db: Database, id: string, title = 'Who sits?') =>
    (await read(db, id)).contests.find((contest) => contest.title === title)!.order_seed;

  test('questions are added after the first, edited, moved and removed with their candidates', async () => {
    const { db } = bench();
    const id = await anElection(db);
    expect(await addContest(db, admin, id, draft)).toEqual({ ok: true });
    expect(await addContest(db, admin, id, { ...draft, title: 'Where?' })).toEqual({ ok: true });
    expect(await titles(db, id)).toEqual(['Who chairs?', 'Who sits?', 'Where?']);
    const [chair, sits, where] = (await read(db, id)).contests.map((contest) => contest.id) as [string, string, string];
    await addCandidate(db, admin, id, { name: 'Dora', text: '', contestId: sits });
    expect((await read(db, id)).contests[1]).toMatchObject({
      min_choices: 1,
      max_choices: 3,
      blank: 1,
      seats: 2,
      candidates: [{ name: 'Dora' }],
    });
    await moveContest(db, admin, id, where, 'up');
    await moveContest(db, admin, id, chair, 'up'); // the first stays
    await moveContest(db, admin, id, sits, 'down'); // the last stays
    expect(await titles(db, id)).toEqual(['Who chairs?', 'Where?', 'Who sits?']);
    await editContest(db, admin, id, where, { ...draft, title: 'Where to?', blank: false });
    expect(await removeContest(db, admin, id, sits)).toEqual({ ok: true });
    expect(await titles(db, id)).toEqual(['Who chairs?', 'Where to?']);
    const left = await db.reader.selectFrom('candidates').selectAll().where('contest_id', '=', sits).execute();
    expect(left).toEqual([]);
    expect(
      (await entries(db, id)).map(({ action }) => action).filter((action) => action.startsWith('contest')),
    ).toEqual(['contest-added', 'contest-added', 'contest-moved', 'contest-edited', 'contest-removed']);
  });

  test('an election keeps one question, and has twenty at most', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const only = await idOf(db, id, 'Who chairs?');
    expect(await removeContest(db, admin, id, only)).toEqual({ ok: false, reason: 'last-contest' });
    for (let n = 2; n <= 20; n++) await addContest(db, admin, id, { ...draft, title: `${n}` });
    expect(await addContest(db, admin, id, draft)).toEqual({ ok: false, reason: 'too-many-contests' });
  });

  test('a question of another election is unknown', async () => {
    const { db } = bench();
    const [mine, other] = [await anElection(db), await anElection(db)];
    const foreign = await idOf(db, other, 'Who chairs?');
    expect(await editContest(db, admin, mine, foreign, draft)).toEqual(unknown);
    expect(await removeContest(db, admin, mine, foreign)).toEqual(unknown);
    expect(await moveContest(db, admin, mine, foreign, 'up')).toEqual(unknown);
    expect(await drawOrder(db, admin, mine, foreign)).toEqual(unknown);
    expect(await addCandidate(db, admin, mine, { name: 'Dora', text: '', contestId: foreign })).toEqual(unknown);
    expect(await addContest(db, admin, 'nothing', draft)).toEqual({ ok: false, reason: 'unknown-election' });
    expect(await titles(db, other)).toEqual(['Who chairs?']);
  });

  test('one person may stand in two questions, not twice in one', async () => {
    const { db } = bench();
    const id = await anElection(db);
    await addContest(db, admin, id, draft);
    const contestId = await idOf(db, id, 'Who sits?');
    expect(await addCandidate(db, admin, id, { name: 'Ada', text: '', contestId })).toEqual({ ok: true });
    expect(await addCandidate(db, admin, id, { name: 'ADA', text: '', contestId })).toMatchObject({
      reason: 'same-name',
    });
  });

  test('an order that is drawn has a seed nobody chose; each draw stands in the audit log', async () => {
    const { db } = bench();
    const id = await anElection(db);
    await addContest(db, admin, id, { ...draft, order: 'drawn' });
    const contest = await idOf(db, id, 'Who sits?');
    const first = await seedOf(db, id);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    await editContest(db, admin, id, contest, { ...draft, order: 'drawn', seats: 1 });
    expect(await seedOf(db, id)).toBe(first); // saving draws nothing
    expect(await drawOrder(db, admin, id, contest)).toEqual({ ok: true });
    const second = await seedOf(db, id);
    await editContest(db, admin, id, contest, { ...draft, order: 'alphabetical' });
    expect(await seedOf(db, id)).toBe('');
    expect(await drawOrder(db, admin, id, contest)).toEqual({ ok: false, reason: 'order-not-drawn' });
    await editContest(db, admin, id, contest, { ...draft, order: 'drawn' }); // there and back is a draw
    const third = await seedOf(db, id);
    expect(new Set([first, second, third]).size).toBe(3);
    const draws = (await entries(db, id)).filter(({ action }) => action === 'order-drawn');
    expect(draws).toEqual(
      [first, second, third].map((seed) => ({ action: 'order-drawn', subject: contest, details: { seed } })),
    );
  });

  test('candidates stand in the order of their rule, everywhere and in what is frozen', async () => {
    const { db } = bench();
    const id = await anElection(db, { candidates: ['Zoé', 'Ada', 'Élise'] });
    const contest = await idOf(db, id, 'Who chairs?');
    const one = { title: 'Who chairs?', minChoices: 1, maxChoices: 1, blank: true, seats: 1 } as const;
    const names = async () => (await read(db, id)).contests[0]!.candidates.map(({ name }) => name);
    await editContest(db, admin, id, contest, { ...one, order: 'alphabetical' });
    expect(await names()).toEqual(['Ada', 'Élise', 'Zoé']);
    const order = async () => {
      const definition = JSON.stringify(definitionOf(await read(db, id)));
      expect(parseDefinition(definition).ok).toBe(true);
      const facts = { votix: 1, kind: 'record', definition, publicKey: '', fingerprint: '' } as const;
      const counts = { opensAt: 0, closesAt: 1, sealedAt: 1, registered: 0, signatures: 0, boxHash: '' };
      const rest = { ballots: [], result: null, invalidBallots: [] };
      const { checks } = verifyRecord({ ...facts, ...counts, ...rest });
      return checks.find(({ name }) => name === 'candidate-order');
    };
    expect(await order()).toEqual({ name: 'candidate-order', count: 1, ok: true });
    await editContest(db, admin, id, contest, { ...one, order: 'drawn' });
    const seen = new Set([(await names()).join()]);
    for (let n = 0; n < 40 && seen.size < 2; n++) {
      await drawOrder(db, admin, id, contest);
      seen.add((await names()).join());
      expect(await order()).toMatchObject({ ok: true });
    }
    expect(seen.size).toBe(2);
    await editContest(db, admin, id, contest, { ...one, order: 'fixed' });
    expect(await names()).toEqual(['Zoé', 'Ada', 'Élise']); // as they were entered
  });

  test('candidates move one place, in a fixed order only', async () => {
    const { db } = bench();
    const id = await anElection(db, { candidates: ['Ada', 'Blaise', 'Chloé'] });
    const names = async () => (await read(db, id)).contests[0]!.candidates.map(({ name }) => name);
    const [ada, , chloe] = (await read(db, id)).contests[0]!.candidates.map((candidate) => candidate.id) as [
      string,
      string,
      string,
    ];
    await moveCandidate(db, admin, id, chloe, 'up');
    expect(await names()).toEqual(['Ada', 'Chloé', 'Blaise']);
    await moveCandidate(db, admin, id, ada, 'up');
    expect(await names()).toEqual(['Ada', 'Chloé', 'Blaise']);
    await moveCandidate(db, admin, id, ada, 'down');
    expect(await names()).toEqual(['Chloé', 'Ada', 'Blaise']);
    const contest = await idOf(db, id, 'Who chairs?');
    const one = { title: 'Who chairs?', minChoices: 1, maxChoices: 1, blank: true, seats: 1, order: 'drawn' } as const;
    await editContest(db, admin, id, contest, one);
    expect(await moveCandidate(db, admin, id, ada, 'up')).toEqual({ ok: false, reason: 'order-not-fixed' });
    expect(await moveCandidate(db, admin, id, 'nobody', 'up')).toEqual({ ok: false, reason: 'unknown-candidate' });
  });

  test('more choices or seats than candidates keep an election from being armed', async () => {
    const { db } = bench();
    const id = await anElection(db, { candidates: ['Ada', 'Blaise'], opensIn: hour, closesIn: 2 * hour });
    const contest = await idOf(db, id, 'Who chairs?');
    const facts = { voters: 9, now: await db.now(), secure: true };
    const found = async (change: object) => {
      await editContest(db, admin, id, contest, { ...draft, maxChoices: 1, seats: 1, ...change });
      return obstacles(await read(db, id), facts);
    };
    expect(await found({})).toEqual([]);
    expect(await found({ maxChoices: 2, seats: 2 })).toEqual([]);
    expect(await found({ maxChoices: 3 })).toEqual(['too-few-candidates']);
    expect(await found({ seats: 3 })).toEqual(['too-few-candidates']);
    await found({});
    await addContest(db, admin, id, draft);
    expect(obstacles(await read(db, id), facts)).toEqual(['no-candidates']);
  });

  test('the rules of the count are kept and logged', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const rules = { tieRule: 'lot', quorum: 40, minimumBallots: 3 } as const;
    expect(await setRules(db, admin, id, rules)).toEqual({ ok: true });
    expect(await read(db, id)).toMatchObject({ tie_rule: 'lot', quorum: 40, minimum_ballots: 3 });
    expect(definitionOf(await read(db, id))).toMatchObject(rules);
    expect((await entries(db, id)).at(-1)).toMatchObject({ action: 'rules-changed', details: rules });
  });

  test('of many that add questions at once, each gets a place of its own', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    const id = await anElection(at.db);
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => addContest(handles[n % 2]!, admin, id, { ...draft, title: `${n}` })),
    );
    const { contests } = await read(at.db, id);
    expect(new Set(contests.map(({ position }) => position)).size).toBe(9);
  });

  test('after arming none of it can be changed', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
    const before = await read(db, id);
    const [contest, candidate] = [before.contests[0]!.id, before.contests[0]!.candidates[0]!.id];
    expect(await addContest(db, admin, id, draft)).toEqual(armed);
    expect(await editContest(db, admin, id, contest, draft)).toEqual(armed);
    expect(await removeContest(db, admin, id, contest)).toEqual(armed);
    expect(await moveContest(db, admin, id, contest, 'up')).toEqual(armed);
    expect(await drawOrder(db, admin, id, contest)).toEqual(armed);
    expect(await moveCandidate(db, admin, id, candidate, 'down')).toEqual(armed);
    expect(await setRules(db, admin, id, { tieRule: 'lot', quorum: 1, minimumBallots: 1 })).toEqual(armed);
    expect(await read(db, id)).toEqual(before);
  });
});
