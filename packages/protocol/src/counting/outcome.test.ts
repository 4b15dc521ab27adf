import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Contest, Definition, TieRule } from '../definition.ts';
import { aContest, aDefinition } from '../sample-election.ts';
import { type ContestOutcome, type Outcome, outcomeOf } from './outcome.ts';

const boxHash = '0'.repeat(64);

interface Count {
  readonly votes: readonly number[];
  readonly blank?: number;
  readonly valid?: number;
  readonly rules?: Partial<Contest>;
  readonly tieRule?: TieRule;
}

const ids = 'abcdefghijklmnopqrstuvwxyz';

/** The outcome of one contest whose candidates are a, b, c … */
function outcome({ votes, blank = 0, valid, rules = {}, tieRule = 'announce' }: Count): ContestOutcome {
  const candidates = votes.map((_, i) => ({ id: ids.charAt(i), name: ids.charAt(i).toUpperCase() }));
  const definition = { ...aDefinition(aContest('board', votes.length, { candidates, ...rules })), tieRule };
  const cast = valid ?? votes.reduce((sum, count) => sum + count, blank);
  const tally = { ballots: cast, valid: cast, invalid: 0, contests: [{ contest: 'board', votes, blank }] };
  const [found] = outcomeOf(definition, tally, { registered: 100, boxHash }).contests;
  if (!found) throw new Error('no contest');
  return found;
}

const named = ({ ranking }: ContestOutcome) =>
  ranking.map(({ candidate, votes, rank, standing }) => [candidate.name, votes, rank, standing]);

test('most votes first; with one seat the first is elected', () => {
  const found = outcome({ votes: [2, 5, 3], blank: 1 });
  expect(named(found)).toEqual([
    ['B', 5, 1, 'elected'],
    ['C', 3, 2, 'not-elected'],
    ['A', 2, 3, 'not-elected'],
  ]);
  expect(found).toMatchObject({ elected: [1], tie: undefined, vacant: 0, expressed: 10, blank: 1, seats: 1 });
});

test('equals share a rank and keep the order of the ballot; a tie below the seats is none', () => {
  const found = outcome({ votes: [3, 5, 3], rules: { seats: 1 } });
  expect(named(found).map(([name, , rank]) => [name, rank])).toEqual([
    ['B', 1],
    ['A', 2],
    ['C', 2],
  ]);
  expect(found.tie).toBeUndefined();
});

test('a tie above the last seat is none: all of them are elected', () => {
  const found = outcome({ votes: [3, 5, 3], rules: { seats: 3, maxChoices: 3 } });
  expect([found.elected, found.tie, found.vacant]).toEqual([[1, 0, 2], undefined, 0]);
});

test('a tie on the last seats is announced: those above are elected, the equals are not', () => {
  const found = outcome({ votes: [3, 5, 3, 3, 1], rules: { seats: 3, maxChoices: 3 } });
  expect(found.tie).toEqual({ rule: 'announce', votes: 3, seats: 2, candidates: [0, 2, 3], lot: undefined });
  expect(named(found).map(([name, , , standing]) => [name, standing])).toEqual([
    ['B', 'elected'],
    ['A', 'tied'],
    ['C', 'tied'],
    ['D', 'tied'],
    ['E', 'not-elected'],
  ]);
  expect(found).toMatchObject({ elected: [1], vacant: 0 });
});

test('a tie for a second ballot is left open as well, under its own name', () => {
  const found = outcome({ votes: [4, 4], tieRule: 'second-ballot' });
  expect(found.tie).toMatchObject({ rule: 'second-ballot', candidates: [0, 1], lot: undefined });
  expect(found.elected).toEqual([]);
});

test('the lot decides by SHA-256 over box hash, contest and candidate, as sha256sum gives it', () => {
  // printf 'votix-lot\n%s\nboard\na' 00…00 | sha256sum, and so on
  const lot = [1, 0, 2];
  const found = outcome({ votes: [3, 3, 3], tieRule: 'lot', rules: { seats: 2, maxChoices: 2 } });
  expect(found.tie).toEqual({ rule: 'lot', votes: 3, seats: 2, candidates: [0, 1, 2], lot });
  expect(found.elected).toEqual(lot.slice(0, 2));
  expect(found.ranking.map(({ index, standing }) => [index, standing])).toEqual([
    [lot[0], 'elected'],
    [lot[1], 'elected'],
    [lot[2], 'not-elected'],
  ]);
  expect(found.ranking.map(({ rank }) => rank)).toEqual([1, 1, 1]);
});

test('nobody is elected without a vote, and zeros are no tie', () => {
  const none = outcome({ votes: [0, 0], blank: 4 });
  expect(none).toMatchObject({ elected: [], tie: undefined, vacant: 1, expressed: 0, blank: 4 });
  const some = outcome({ votes: [2, 0, 0], rules: { seats: 2, maxChoices: 2 } });
  expect(some).toMatchObject({ elected: [0], tie: undefined, vacant: 1 });
  expect(named(some)[1]).toEqual(['B', 0, 2, 'not-elected']);
});

test('fewer candidates than seats: those with a vote are elected, the other seats stay vacant', () => {
  expect(outcome({ votes: [1, 2], rules: { seats: 5 } })).toMatchObject({ elected: [1, 0], vacant: 3, tie: undefined });
});

test('where there is no blank vote its count is undefined, not zero', () => {
  expect(outcome({ votes: [1], rules: { blank: false } }).blank).toBeUndefined();
});

const whole = (quorum: number, ballots: number, registered: number): Outcome => {
  const definition: Definition = { ...aDefinition(aContest('board', 1)), quorum };
  const contests = [{ contest: 'board', votes: [0], blank: 0 }];
  return outcomeOf(definition, { ballots, valid: 0, invalid: ballots, contests }, { registered, boxHash });
};

test('the quorum counts every ballot against the roll, and rounds up to whole voters', () => {
  expect(whole(0, 3, 10).quorum).toBeUndefined();
  expect(whole(50, 5, 10).quorum).toEqual({ percent: 50, needed: 5, reached: true });
  expect(whole(50, 5, 11).quorum).toEqual({ percent: 50, needed: 6, reached: false });
  expect(whole(33, 33, 100).quorum).toEqual({ percent: 33, needed: 33, reached: true });
  expect(whole(100, 99, 100).quorum).toEqual({ percent: 100, needed: 100, reached: false });
  expect(whole(50, 0, 0).quorum).toEqual({ percent: 50, needed: 0, reached: true });
});

const counts: fc.Arbitrary<Count> = fc
  .record({
    votes: fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }),
    seats: fc.integer({ min: 1, max: 14 }),
    tieRule: fc.constantFrom<TieRule>('announce', 'lot', 'second-ballot'),
  })
  .map(({ votes, seats, tieRule }) => ({ votes, tieRule, rules: { seats } }));

test('every seat is filled, tied for, or vacant; nobody with fewer votes goes before one with more', () => {
  fc.assert(
    fc.property(counts, (count) => {
      const { ranking, elected, tie, vacant, seats } = outcome(count);
      expect(elected.length + (tie && !tie.lot ? tie.seats : 0) + vacant).toBe(seats);
      expect(vacant).toBeGreaterThanOrEqual(0);
      const order = { elected: 0, tied: 1, 'not-elected': 2 } as const;
      for (const [i, { votes, standing }] of ranking.entries()) {
        const next = ranking[i + 1];
        if (standing !== 'not-elected') expect(votes).toBeGreaterThan(0);
        if (!next) continue;
        expect(votes).toBeGreaterThanOrEqual(next.votes);
        expect(order[standing]).toBeLessThanOrEqual(order[next.standing]);
      }
      if (tie) expect(tie.candidates.length).toBeGreaterThan(tie.seats);
    }),
  );
});

test('equals are treated alike unless a lot decides: the place on the ballot makes nobody elected', () => {
  fc.assert(
    fc.property(counts, (count) => {
      const { ranking, tie } = outcome(count);
      const standings = new Map<number, Set<string>>();
      for (const { votes, standing } of ranking) {
        if (tie?.lot && votes === tie.votes) continue;
        standings.set(votes, (standings.get(votes) ?? new Set()).add(standing));
      }
      for (const found of standings.values()) expect(found.size).toBe(1);
    }),
  );
});

test('candidates in another order on the ballot: the same are elected, tied and drawn', () => {
  const shuffles = counts.chain((count) => {
    const places = count.votes.map((_, i) => i);
    return fc.tuple(fc.constant(count), fc.shuffledSubarray(places, { minLength: places.length }));
  });
  fc.assert(
    fc.property(shuffles, ([count, places]) => {
      const candidates = places.map((i) => ({ id: ids.charAt(i), name: ids.charAt(i) }));
      const turned = outcome({
        ...count,
        votes: places.flatMap((i) => count.votes[i] ?? []),
        rules: { ...count.rules, candidates },
      });
      const found = outcome(count);
      const idsOf = (of: readonly number[] | undefined, from: ContestOutcome) =>
        of?.map((index) => from.ranking.find((ranked) => ranked.index === index)!.candidate.id);
      expect(idsOf(turned.elected, turned)?.toSorted()).toEqual(idsOf(found.elected, found)?.toSorted());
      expect(idsOf(turned.tie?.candidates, turned)?.toSorted()).toEqual(
        idsOf(found.tie?.candidates, found)?.toSorted(),
      );
      expect(idsOf(turned.tie?.lot, turned)).toEqual(idsOf(found.tie?.lot, found));
    }),
  );
});

test('another box hash draws another lot: each of three equals wins about as often', () => {
  const wins = new Map<number | undefined, number>();
  for (let n = 0; n < 600; n += 1) {
    const definition = { ...aDefinition(aContest('board', 3)), tieRule: 'lot' as const };
    const tally = { ballots: 6, valid: 6, invalid: 0, contests: [{ contest: 'board', votes: [2, 2, 2], blank: 0 }] };
    const facts = { registered: 6, boxHash: n.toString(16).padStart(64, '0') };
    const winner = outcomeOf(definition, tally, facts).contests[0]?.elected[0];
    wins.set(winner, (wins.get(winner) ?? 0) + 1);
  }
  expect(wins.size).toBe(3);
  for (const count of wins.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
});
