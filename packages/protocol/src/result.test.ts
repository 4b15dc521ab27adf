// Tamper table of a tally: shape and every sum.

import { expect, test } from 'vitest';
import { type TallyProblem, parseTally } from './result.ts';
import { aTwofoldDefinition } from './sample-election.ts';

const definition = aTwofoldDefinition();
const chair = { contest: 'chair', votes: [4, 3, 1], blank: 2 };
const board = { contest: 'board', votes: [10, 5, 1, 0, 3], blank: 0 };
const tally = { ballots: 11, valid: 10, invalid: 1, contests: [chair, board] };

test('a tally whose sums hold is read, without its members being reordered or shared', () => {
  const parsed = parseTally(definition, tally);
  expect(parsed).toEqual({ ok: true, tally });
  expect(parsed.ok && parsed.tally.contests).not.toBe(tally.contests);
});

test('an empty count fits', () => {
  const contests = [
    { ...chair, votes: [0, 0, 0], blank: 0 },
    { ...board, votes: [0, 0, 0, 0, 0] },
  ];
  expect(parseTally(definition, { ballots: 0, valid: 0, invalid: 0, contests })).toMatchObject({ ok: true });
});

const withChair = (members: object) => ({ ...tally, contests: [{ ...chair, ...members }, board] });
const withBoard = (members: object) => ({ ...tally, contests: [chair, { ...board, ...members }] });

const TAMPERED: readonly (readonly [string, unknown, TallyProblem, number?])[] = [
  ['nothing', undefined, 'malformed-tally'],
  ['null', null, 'malformed-tally'],
  ['a list', [tally], 'malformed-tally'],
  ['a member missing', { ballots: 11, valid: 10, contests: tally.contests }, 'malformed-tally'],
  ['a member more', { ...tally, spoilt: 0 }, 'malformed-tally'],
  [
    'a member in the place of another',
    { ballots: 11, valid: 10, spoilt: 1, contests: tally.contests },
    'malformed-tally',
  ],
  ['a count as text', { ...tally, ballots: '11' }, 'malformed-tally'],
  ['half a ballot', { ...tally, valid: 9.5, invalid: 1.5 }, 'malformed-tally'],
  ['a negative count', { ...tally, valid: 12, invalid: -1 }, 'malformed-tally'],
  ['a count beyond any election', { ...tally, ballots: 1e12, valid: 1e12 - 1 }, 'malformed-tally'],
  ['ballots that are not valid plus invalid', { ...tally, ballots: 12 }, 'tally-ballots'],
  ['contests that are no list', { ...tally, contests: {} }, 'malformed-tally'],
  ['a contest missing', { ...tally, contests: [chair] }, 'tally-contests'],
  ['a contest more', { ...tally, contests: [chair, board, board] }, 'tally-contests'],
  ['contests in another order', { ...tally, contests: [board, chair] }, 'tally-contests', 0],
  ['another contest', withChair({ contest: 'treasurer' }), 'tally-contests', 0],
  ['a contest with a member more', withBoard({ spoilt: 0 }), 'malformed-tally', 1],
  ['votes that are no list', withChair({ votes: '431' }), 'malformed-tally', 0],
  ['a negative vote', withChair({ votes: [9, -2, 1] }), 'malformed-tally', 0],
  ['a candidate missing', withChair({ votes: [4, 4] }), 'tally-candidates', 0],
  ['a candidate more', withChair({ votes: [4, 3, 1, 0] }), 'tally-candidates', 0],
  ['a vote lost', withChair({ votes: [4, 3, 0] }), 'tally-votes', 0],
  ['a vote too many', withChair({ votes: [4, 3, 2] }), 'tally-votes', 0],
  ['a blank lost', withChair({ blank: 1 }), 'tally-votes', 0],
  ['more blanks than ballots', withChair({ votes: [0, 0, 0], blank: 11 }), 'tally-blank', 0],
  ['a blank that is not allowed', withBoard({ blank: 1 }), 'tally-blank', 1],
  ['more votes for one than voters', withBoard({ votes: [11, 5, 1, 0, 2] }), 'tally-votes', 1],
  ['fewer votes than voters', withBoard({ votes: [9, 0, 0, 0, 0] }), 'tally-votes', 1],
  ['more votes than choices', withBoard({ votes: [10, 10, 10, 1, 0] }), 'tally-votes', 1],
];
for (const [claim, value, reason, contest] of TAMPERED) {
  test(`a tally with ${claim} is refused: ${reason}`, () => {
    const expected = contest === undefined ? { ok: false, reason } : { ok: false, reason, contest };
    expect(parseTally(definition, value)).toEqual(expected);
  });
}
