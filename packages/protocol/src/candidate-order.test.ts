import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInOrder, orderCandidates } from './candidate-order.ts';
import type { Candidate } from './definition.ts';
import { aContest } from './sample-election.ts';

const named = (...names: readonly string[]): readonly Candidate[] =>
  names.map((name, i) => ({ id: `c-${i + 1}`, name }));
const alphabetical = { order: 'alphabetical', seed: '' } as const;
const drawn = (seed: string) => ({ order: 'drawn', seed }) as const;
const namesOf = (candidates: readonly Candidate[]): readonly string[] => candidates.map(({ name }) => name);
const idsOf = (candidates: readonly Candidate[]): readonly string[] => candidates.map(({ id }) => id);

test('fixed is the order given', () => {
  expect(namesOf(orderCandidates({ order: 'fixed', seed: '' }, named('B', 'A')))).toEqual(['B', 'A']);
});

test('alphabetical looks past accents, case, ligatures and punctuation', () => {
  const list = ['Zoé', 'œuvre', 'Éloïse', 'eloise B', "l'Avenir", 'L Avenir 2', 'ODA', 'Øyvind', 'Straße', 'strasse a'];
  expect(namesOf(orderCandidates(alphabetical, named(...list)))).toEqual([
    'Éloïse',
    'eloise B',
    "l'Avenir",
    'L Avenir 2',
    'ODA',
    'œuvre',
    'Øyvind',
    'Straße',
    'strasse a',
    'Zoé',
  ]);
});

test('names that read alike follow the letters as written, then the id', () => {
  const twins = [
    { id: 'b', name: 'Éva' },
    { id: 'c', name: 'Eva' },
    { id: 'a', name: 'Éva' },
  ];
  expect(idsOf(orderCandidates(alphabetical, twins))).toEqual(['c', 'a', 'b']);
});

test('letters beyond the first plane follow those of the first: code points decide, not UTF-16', () => {
  expect(namesOf(orderCandidates(alphabetical, named('𐐨', 'ﾊ')))).toEqual(['ﾊ', '𐐨']);
});

test('drawn is the order of SHA-256 over seed and id, whatever the names', () => {
  // printf 'votix-order\n%s\nc-1' 11…11 | sha256sum, and so on
  const asSha256sumSorts = ['c-2', 'c-3', 'c-4', 'c-1'];
  const seed = '1'.repeat(64);
  expect(idsOf(orderCandidates(drawn(seed), named('A', 'B', 'C', 'D')))).toEqual(asSha256sumSorts);
  expect(idsOf(orderCandidates(drawn(seed), named('D', 'C', 'B', 'A')))).toEqual(asSha256sumSorts);
});

const aName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
const candidates = fc.array(aName, { minLength: 1, maxLength: 30 }).map((names) => named(...names));
const seeds = fc.stringMatching(/^[0-9a-f]{64}$/);

test('whatever order candidates were entered in, the ballot is the same', () => {
  const rules = fc.oneof(fc.constant(alphabetical), seeds.map(drawn));
  const shuffled = candidates.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
  );
  fc.assert(
    fc.property(rules, shuffled, (rule, [list, other]) => {
      const ordered = orderCandidates(rule, list);
      expect(orderCandidates(rule, other)).toEqual(ordered);
      expect(idsOf(ordered).toSorted()).toEqual(idsOf(list).toSorted());
      expect(isInOrder(aContest('c', 1, { ...rule, candidates: ordered }))).toBe(true);
    }),
  );
});

test('a ballot in any other order than the rule gives is noticed', () => {
  fc.assert(
    fc.property(seeds, candidates, (seed, list) => {
      const turned = orderCandidates(drawn(seed), list).toReversed();
      expect(isInOrder(aContest('c', 1, { ...drawn(seed), candidates: turned }))).toBe(list.length === 1);
    }),
  );
});

test('every candidate comes first about as often as another', () => {
  const first = new Map<string | undefined, number>();
  for (let n = 0; n < 600; n += 1) {
    const [winner] = idsOf(orderCandidates(drawn(n.toString(16).padStart(64, '0')), named('A', 'B', 'C')));
    first.set(winner, (first.get(winner) ?? 0) + 1);
  }
  expect(first.size).toBe(3);
  for (const count of first.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
});
