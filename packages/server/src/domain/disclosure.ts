// What may be shown of an election's counters, to everyone alike: public, console, files. Decision 033.
// Groups under five voters and spans of time under five votes are merged. While voting is open no number, and no difference
// between numbers shown together, says that fewer than three of a group, or of all, have not voted.

import type { Instant } from '../storage/tables.ts';

const fewest = 5;
const lastHidden = 3;

export interface GroupCount {
  /** A building's id or a promotion; empty for voters without one. */
  readonly name: string;
  readonly votes: number;
  readonly voters: number;
}

/** `others` is what was too small to stand alone. */
export type GroupKind = 'named' | 'none' | 'others';

export interface ShownGroup {
  readonly kind: GroupKind;
  readonly name: string;
  readonly voted: number;
  readonly registered: number;
}

export interface Counters {
  readonly voters: number;
  readonly votes: number;
  readonly buildings: readonly GroupCount[];
  readonly promotions: readonly GroupCount[];
}

export interface Participation {
  readonly voted: number;
  readonly registered: number;
  /** The last ones of a group, or of all, are held back: every number is a lower limit. */
  readonly atLeast: boolean;
  /** None when there is nothing to tell apart. */
  readonly buildings: readonly ShownGroup[];
  readonly promotions: readonly ShownGroup[];
  /** There is a split by promotion, and it waits for the close. */
  readonly promotionsLater: boolean;
}

/**
 * While voting is open the total is the sum of the buildings as shown, and the second split is left out as soon as a group
 * of either is at its limit: with two splits of the same votes, one would tell what the other holds back.
 */
export function disclose(counters: Counters, isOpen: boolean): Participation {
  const [buildings, promotions] = [merged(counters.buildings), merged(counters.promotions)];
  const total = { voted: counters.votes, registered: counters.voters };
  if (!isOpen) return { ...total, atLeast: false, buildings, promotions, promotionsLater: false };
  const first = buildings.length > 0 ? buildings : promotions;
  const atLeast = [total, ...first].some(isAtLimit);
  const [shown, hasTwo] = [first.map(capped), buildings.length > 0 && promotions.length > 0];
  const promotionsLater = hasTwo && (atLeast || promotions.some(isAtLimit));
  return {
    ...total,
    voted: shown.length > 0 ? sumOf(shown) : capped(total).voted,
    atLeast,
    buildings: buildings.length > 0 ? shown : [],
    promotions: buildings.length === 0 ? shown : promotionsLater ? [] : promotions,
    promotionsLater,
  };
}

type Count = Pick<ShownGroup, 'voted' | 'registered'>;

const limitOf = ({ registered }: Count): number => Math.max(0, registered - lastHidden);
const isAtLimit = (count: Count): boolean => count.voted >= limitOf(count);
const capped = <T extends Count>(count: T): T => ({ ...count, voted: Math.min(count.voted, limitOf(count)) });
const sumOf = (groups: readonly Count[]): number => groups.reduce((sum, { voted }) => sum + voted, 0);

/** Small groups together, with the next larger ones for as long as all of them are still too few. */
function merged(groups: readonly GroupCount[]): ShownGroup[] {
  const bySize = groups.toSorted((a, b) => a.voters - b.voters || (a.name < b.name ? -1 : 1));
  let [taken, voters] = [0, 0];
  while (taken < bySize.length && (bySize[taken]!.voters < fewest || (taken > 0 && voters < fewest)))
    voters += bySize[taken++]!.voters;
  const alone = groups.filter((group) => bySize.indexOf(group) >= taken).map(shown);
  const others = { kind: 'others' as const, name: '', voted: 0, registered: 0 };
  for (const { votes, voters } of bySize.slice(0, taken)) {
    others.voted += votes;
    others.registered += voters;
  }
  const all: ShownGroup[] = taken === 0 ? alone : [...alone, others];
  return all.some(({ kind }) => kind === 'named') ? all : []; // one pot is no split
}

const shown = ({ name, votes, voters }: GroupCount): ShownGroup => ({
  kind: name === '' ? 'none' : 'named',
  name,
  voted: votes,
  registered: voters,
});

export interface Period {
  readonly from: Instant;
  readonly to: Instant;
  readonly votes: number;
}

/**
 * Votes between one edge and the next. What is held back is missing from the newest; a period with too few votes is one with
 * its neighbours.
 */
export function disclosePeriods(
  quarters: readonly { readonly quarter: Instant; readonly votes: number }[],
  edges: readonly Instant[],
  voted: number,
): Period[] {
  const periods: Period[] = edges.slice(1).map((to, index) => ({ from: edges[index]!, to, votes: 0 }));
  if (periods.length === 0) return [];
  let left = voted;
  const votes = periods.map(() => 0);
  for (const row of quarters.toSorted((a, b) => a.quarter - b.quarter)) {
    const place = Math.max(
      0,
      periods.findLastIndex(({ from }) => from <= row.quarter),
    );
    const taken = Math.min(left, row.votes);
    votes[place]! += taken;
    left -= taken;
  }
  return mergedPeriods(periods.map((period, index) => ({ ...period, votes: votes[index]! })));
}

function mergedPeriods(periods: readonly Period[]): Period[] {
  const done: Period[] = [];
  let growing: Period | undefined;
  for (const period of periods) {
    growing = growing ? { ...growing, to: period.to, votes: growing.votes + period.votes } : period;
    if (growing.votes < fewest) continue;
    done.push(growing);
    growing = undefined;
  }
  if (!growing) return done;
  const last = done.pop();
  return [...done, last ? { from: last.from, to: growing.to, votes: last.votes + growing.votes } : growing];
}
