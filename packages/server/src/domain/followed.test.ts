import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anElection, hour } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { updateElection } from '../storage/elections.ts';
import { chooseForScreen, type PublicElection, readFollowed, readFollowedElection } from './followed.ts';

const now = Date.UTC(2026, 2, 20, 12);
const day = 24 * hour;

const anEntry = (id: string, phase: PublicElection['phase'], opensIn: number, closesIn: number) =>
  ({ election: { id, opens_at: now + opensIn, closes_at: now + closesIn }, phase }) as PublicElection;

test.each<[string, readonly PublicElection[], readonly string[]]>([
  ['nothing', [], []],
  [
    'open ones, the first to close first',
    [
      anEntry('late', 'open', -hour, 2 * hour),
      anEntry('closed', 'closed', -day, -hour),
      anEntry('soon', 'open', -hour, hour),
    ],
    ['soon', 'late'],
  ],
  [
    'a result that is awaited',
    [anEntry('armed', 'armed', hour, day), anEntry('closed', 'deliberated', -day, -hour)],
    ['closed'],
  ],
  [
    'a result of this week before the next election',
    [
      anEntry('armed', 'armed', hour, day),
      anEntry('new', 'published', -2 * day, -day),
      anEntry('old', 'published', -3 * day, -2 * day),
    ],
    ['new'],
  ],
  [
    'the next to open before an old result',
    [
      anEntry('later', 'armed', 2 * day, 3 * day),
      anEntry('next', 'armed', day, 3 * day),
      anEntry('old', 'published', -9 * day, -8 * day),
    ],
    ['next'],
  ],
  [
    'the last that ended, for want of another',
    [
      anEntry('old', 'published', -9 * day, -8 * day),
      anEntry('older', 'abandoned', -20 * day, -19 * day),
      anEntry('archived', 'archived', -3 * day, -2 * day),
    ],
    ['old'],
  ],
])('the screen shows by itself: %s', (_what, all, expected) => {
  expect(chooseForScreen(all, now).map(({ election }) => election.id)).toEqual(expected);
});

onBothDatabases((bench) => {
  test('drafts and rehearsals are nobody’s business, asked for by name neither', async () => {
    const { db } = bench();
    const [open, rehearsal, draft] = [
      await anElectionIn(db, 'open'),
      await anElectionIn(db, 'open'),
      await anElection(db),
    ];
    await db.write((tx) => updateElection(tx, rehearsal.id, { rehearsal_of: draft }));
    const { all, shown } = await readFollowed(db.reader, await db.now());
    const idsOf = (elections: readonly PublicElection[]) => elections.map(({ election }) => election.id);
    for (const list of [idsOf(all), idsOf(shown)]) {
      expect(list).toContain(open.id);
      for (const id of [rehearsal.id, draft]) expect(list).not.toContain(id);
    }
    for (const id of [rehearsal.id, draft, 'nobody'])
      expect(await readFollowedElection(db.reader, id, await db.now())).toBeUndefined();
    expect(await readFollowedElection(db.reader, open.id, await db.now())).toMatchObject({
      phase: 'open',
      participation: { registered: 3, voted: 0, atLeast: true },
    });
  });
});
