// The arithmetic of the benchmarks; their times are tested nowhere.

import { expect, test } from 'vitest';
import { interleave, median, percentile, ratioOf } from './statistics.ts';

test('the median is the one in the middle, or what lies between two', () => {
  expect(median([30, 1, 2])).toBe(2);
  expect(median([4, 1, 30, 2])).toBe(3);
});

test('a percentile is a value that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([percentile(hundred, 50), percentile(hundred, 99), percentile(hundred, 100)]).toEqual([50, 99, 100]);
  expect(percentile([7], 99)).toBe(7);
});

test('a ratio compares what was measured in the same round, so that one slow round changes nothing', () => {
  expect(ratioOf([2, 20, 4], [1, 10, 1])).toBe(2);
});

test('all take part in every round, and nobody always comes first', async () => {
  const order: string[] = [];
  const runner = (name: string) => (round: number) => {
    order.push(name + round);
    return Promise.resolve(round);
  };
  expect(await interleave(3, { a: runner('a'), b: runner('b') })).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
  expect(order).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
});
