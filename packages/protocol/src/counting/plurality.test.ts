import { expect, test } from 'vitest';
import { aTwofoldDefinition } from '../sample-election.ts';
import { createCounter } from './plurality.ts';

test('each candidate chosen gets one vote, blank votes are counted apart, invalid ballots in no contest', () => {
  const counter = createCounter(aTwofoldDefinition());
  counter.add([[0], [0, 2, 4]]);
  counter.add([[2], [2]]);
  counter.add([[], [1, 2]]);
  counter.addInvalid();
  expect(counter.tally()).toEqual({
    ballots: 4,
    valid: 3,
    invalid: 1,
    contests: [
      { contest: 'chair', votes: [1, 0, 1], blank: 1 },
      { contest: 'board', votes: [1, 1, 3, 0, 1], blank: 0 },
    ],
  });
});

test('a tally is a copy: counting on leaves it as it was', () => {
  const counter = createCounter(aTwofoldDefinition());
  const before = counter.tally();
  counter.add([[0], [0]]);
  expect(before.contests[0]).toEqual({ contest: 'chair', votes: [0, 0, 0], blank: 0 });
  expect(counter.tally().contests[0]?.votes).toEqual([1, 0, 0]);
});

test('counting unchecked selections is impossible, and counts nothing', () => {
  const counter = createCounter(aTwofoldDefinition());
  expect(() => counter.add([[0], []])).toThrow('only valid selections');
  expect(counter.tally().ballots).toBe(0);
});
