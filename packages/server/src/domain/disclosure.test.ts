import { describe, expect, test } from 'vitest';
import { type Counters, disclose, disclosePeriods, type GroupCount, type Participation } from './disclosure.ts';

const group = (name: string, votes: number, voters: number): GroupCount => ({ name, votes, voters });
const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

function counters(buildings: readonly GroupCount[], promotions: readonly GroupCount[] = []): Counters {
  const of = (key: 'votes' | 'voters') => sum(buildings.map((one) => one[key]));
  return { voters: of('voters'), votes: of('votes'), buildings, promotions };
}

const brief = ({ buildings, ...rest }: Participation) => ({
  total: `${rest.voted}/${rest.registered}`,
  groups: buildings.map(({ kind, name, voted, registered }) => `${kind} ${name} ${voted}/${registered}`),
});

describe('groups', () => {
  test('of five and more stand alone, voters without one among them', () => {
    const shown = disclose(counters([group('a', 2, 5), group('', 3, 10), group('b', 20, 40)]), true);
    expect(brief(shown)).toEqual({ total: '25/55', groups: ['named a 2/5', 'none  3/10', 'named b 20/40'] });
    expect(shown.atLeast).toBe(true); // a: 2 of 5, where the last three are hidden
  });

  test('under five are one, after the close too', () => {
    const small = counters([group('a', 4, 4), group('b', 1, 3), group('c', 20, 40), group('d', 7, 9)]);
    expect(brief(disclose(small, false)).groups).toEqual(['named c 20/40', 'named d 7/9', 'others  5/7']);
  });

  test('are merged on while the rest itself is under five', () => {
    const rest = counters([group('a', 1, 1), group('b', 2, 2), group('c', 6, 9), group('d', 20, 40)]);
    expect(brief(disclose(rest, false)).groups).toEqual(['named d 20/40', 'others  9/12']);
  });

  test('voters without a building are too few as well when they are under five', () => {
    const few = counters([group('', 1, 2), group('b', 6, 9), group('c', 20, 40)]);
    expect(brief(disclose(few, false)).groups).toEqual(['named c 20/40', 'others  7/11']);
  });

  test('are not told apart when only one pot would be left, or nobody has one', () => {
    expect(disclose(counters([group('a', 1, 3), group('b', 2, 9)]), false).buildings).toEqual([]);
    expect(disclose(counters([group('', 2, 90)]), false).buildings).toEqual([]);
    expect(disclose(counters([]), true)).toMatchObject({ voted: 0, registered: 0, buildings: [] });
    expect(brief(disclose(counters([group('a', 2, 90)]), false)).groups).toEqual(['named a 2/90']);
  });
});

describe('the last three', () => {
  test('of the whole roll are not told apart while voting is open: the number stops, worded as a lower limit', () => {
    const at = (votes: number, isOpen = true) => disclose(counters([group('', votes, 100)]), isOpen);
    expect(at(96)).toMatchObject({ voted: 96, atLeast: false });
    for (const votes of [97, 98, 99, 100]) expect(at(votes)).toEqual({ ...at(97), voted: 97, atLeast: true });
    expect(at(100, false)).toMatchObject({ voted: 100, atLeast: false });
  });

  test('of a building are missing from the total too, and the split by promotion waits for the close', () => {
    const promotions = [group('E1', 30, 40), group('E2', 35, 60)];
    const two = (votes: number, isOpen = true) =>
      disclose(counters([group('a', votes, 50), group('b', 65 - votes, 50)], promotions), isOpen);
    expect(two(46)).toMatchObject({ voted: 65, atLeast: false, promotionsLater: false });
    expect(two(46).promotions).toHaveLength(2);
    expect(brief(two(49))).toEqual({ total: '63/100', groups: ['named a 47/50', 'named b 16/50'] });
    expect(two(49)).toMatchObject({ atLeast: true, promotions: [], promotionsLater: true });
    expect(two(49, false)).toMatchObject({ voted: 65, promotionsLater: false });
    expect(two(49, false).promotions).toHaveLength(2);
  });

  test('of a promotion are told by nothing else: the buildings stay exact', () => {
    const shown = disclose(
      counters([group('a', 20, 50), group('b', 20, 50)], [group('E1', 5, 8), group('E2', 35, 92)]),
      true,
    );
    expect(shown).toMatchObject({ voted: 40, atLeast: false, promotions: [], promotionsLater: true });
  });

  test('of a promotion count where there are no buildings', () => {
    const shown = disclose(counters([group('', 40, 100)], [group('E1', 7, 8), group('E2', 33, 92)]), true);
    expect(shown).toMatchObject({ voted: 38, atLeast: true, buildings: [], promotionsLater: false });
    expect(shown.promotions.map(({ voted }) => voted)).toEqual([5, 33]);
  });

  test('of a roll of three are all of it', () => {
    for (const votes of [0, 1, 2, 3])
      expect(disclose(counters([group('', votes, 3)]), true)).toMatchObject({ voted: 0, registered: 3, atLeast: true });
  });
});

/** Every way in which the voters of a table (buildings × promotions) can have voted. */
function* waysToVote(cells: readonly number[]): Generator<number[]> {
  const [first, ...rest] = cells;
  if (first === undefined) return yield [];
  for (const others of waysToVote(rest)) for (let votes = 0; votes <= first; votes++) yield [votes, ...others];
}

const rolls: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'two by two, all alike': [
    [3, 3],
    [3, 3],
  ],
  'two by two, skewed': [
    [6, 1],
    [1, 5],
  ],
  'a promotion in one building only': [
    [6, 0],
    [3, 4],
  ],
  'three buildings': [
    [4, 2],
    [1, 4],
    [3, 3],
  ],
  'three promotions': [
    [2, 3, 2],
    [3, 2, 3],
  ],
  'one large, one small': [
    [3, 2],
    [9, 6],
  ],
  'no promotions': [[6], [7]],
  'small ones that are merged': [
    [3, 1],
    [2, 2],
    [4, 4],
  ],
};

function countersOf(table: readonly (readonly number[])[], votes: readonly number[]): Counters {
  const width = table[0]!.length;
  const rows = table.map((cells, y) => group(`b${y}`, sum(cells.map((_, x) => votes[y * width + x]!)), sum(cells)));
  const columns = table[0]!.map((_, x) =>
    group(`p${x}`, sum(table.map((_, y) => votes[y * width + x]!)), sum(table.map((cells) => cells[x]!))),
  );
  return counters(rows, width === 1 ? [group('', sum(votes), sum(table.flat()))] : columns);
}

/** How many of each shown group, and of all, have truly not voted. */
function missing(state: Counters): Record<string, number> {
  const exact = disclose(state, false);
  const groups = (['buildings', 'promotions'] as const).flatMap((split) =>
    exact[split].map(({ kind, name, voted, registered }) => [`${split} ${kind} ${name}`, registered - voted] as const),
  );
  return Object.fromEntries([['all', state.voters - state.votes], ...groups]);
}

test.each(Object.entries(rolls))(
  'whatever is shown while voting is open, three of any group may still be missing: %s',
  (_name, table) => {
    const possible = new Map<string, Record<string, number>>();
    for (const votes of waysToVote(table.flat())) {
      const state = countersOf(table, votes);
      const seen = JSON.stringify(disclose(state, true));
      const most = possible.get(seen) ?? {};
      for (const [name, n] of Object.entries(missing(state))) most[name] = Math.max(most[name] ?? 0, n);
      possible.set(seen, most);
    }
    expect(possible.size).toBeGreaterThan(1);
    for (const [seen, most] of possible)
      for (const [name, n] of Object.entries(most)) expect(n, `${name} in ${seen}`).toBeGreaterThanOrEqual(3);
  },
);

test('what is shown always adds up, and is never more than what is', () => {
  for (const table of Object.values(rolls))
    for (const votes of waysToVote(table.flat())) {
      const state = countersOf(table, votes);
      for (const shown of [disclose(state, true), disclose(state, false)])
        for (const groups of [shown.buildings, shown.promotions].filter((split) => split.length > 0)) {
          expect(sum(groups.map(({ voted }) => voted))).toBe(shown.voted);
          expect(sum(groups.map(({ registered }) => registered))).toBe(shown.registered);
          for (const { voted, registered } of groups) expect(voted >= 0 && voted <= registered).toBe(true);
          expect(shown.voted).toBeLessThanOrEqual(state.votes);
        }
    }
});

describe('periods', () => {
  const quarters = (...votes: readonly number[]) => votes.map((votes, index) => ({ quarter: index * 10, votes }));
  const edges = [0, 10, 20, 30, 40];
  const votesOf = (rows: Parameters<typeof disclosePeriods>[0], voted = 1000) =>
    disclosePeriods(rows, edges, voted).map(({ from, to, votes }) => `${from}-${to}: ${votes}`);

  test('hold the votes of their quarters, one before the first edge too', () => {
    expect(votesOf([{ quarter: -5, votes: 5 }, ...quarters(1, 7, 8, 9)])).toEqual([
      '0-10: 6',
      '10-20: 7',
      '20-30: 8',
      '30-40: 9',
    ]);
  });

  test('with under five votes are one with their neighbours, quiet nights too', () => {
    expect(votesOf(quarters(2, 4, 0, 9))).toEqual(['0-20: 6', '20-40: 9']);
    expect(votesOf(quarters(9, 9, 0, 4))).toEqual(['0-10: 9', '10-40: 13']);
    expect(votesOf(quarters(1, 1, 0, 1))).toEqual(['0-40: 3']);
    expect(votesOf([])).toEqual(['0-40: 0']);
  });

  test('hold back from the newest what the total holds back', () => {
    expect(votesOf(quarters(9, 9, 9, 9), 30)).toEqual(['0-10: 9', '10-20: 9', '20-40: 12']);
    expect(disclosePeriods(quarters(5), [0], 5)).toEqual([]);
  });
});
