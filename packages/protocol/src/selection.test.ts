import { expect, test } from 'vitest';
import { aContest, aDefinition, aTwofoldDefinition } from './sample-election.ts';
import { type SelectionProblem, checkSelections } from './selection.ts';

// chair: one of three, or blank; board: one to three of five, not blank.
const definition = aTwofoldDefinition();

for (const selections of [
  [[0], [0]],
  [[2], [4]],
  [[], [0, 1, 2]],
  [[1], [1, 4]],
]) {
  test(`${JSON.stringify(selections)} keeps the rules`, () => {
    expect(checkSelections(definition, selections)).toEqual({ ok: true });
  });
}

const BROKEN: readonly (readonly [string, unknown, SelectionProblem, number])[] = [
  ['nothing', undefined, 'selection-contests', 0],
  ['a text', '[[0],[0]]', 'selection-contests', 0],
  ['a contest missing', [[0]], 'selection-contests', 1],
  ['a contest too many', [[0], [0], [0]], 'selection-contests', 2],
  ['a contest without list', [[0], 0], 'selection-contests', 1],
  ['a hole in the list of contests', Array.of(undefined, [0]), 'selection-contests', 0],
  ['blank where it is not allowed', [[0], []], 'selection-blank', 1],
  ['two choices of one', [[0, 1], [0]], 'selection-too-many', 0],
  ['four choices of three', [[0], [0, 1, 2, 3]], 'selection-too-many', 1],
  ['a candidate beyond the last', [[3], [0]], 'selection-unknown-candidate', 0],
  ['a candidate before the first', [[-1], [0]], 'selection-unknown-candidate', 0],
  ['half a candidate', [[0.5], [0]], 'selection-unknown-candidate', 0],
  ['no number', [[Number.NaN], [0]], 'selection-unknown-candidate', 0],
  ['a candidate as text', [['0'], [0]], 'selection-unknown-candidate', 0],
  ['the same candidate twice', [[0], [1, 1]], 'selection-order', 1],
  ['candidates in falling order', [[0], [1, 0]], 'selection-order', 1],
];
for (const [claim, selections, reason, contest] of BROKEN) {
  test(`selections with ${claim} break the rules of contest ${contest}`, () => {
    expect(checkSelections(definition, selections)).toEqual({ ok: false, reason, contest });
  });
}

test('fewer choices than the minimum break the rules', () => {
  const strict = aDefinition(aContest('c', 3, { minChoices: 2, maxChoices: 3 }));
  expect(checkSelections(strict, [[1]])).toEqual({ ok: false, reason: 'selection-too-few', contest: 0 });
  expect(checkSelections(strict, [[]])).toEqual({ ok: true });
});
