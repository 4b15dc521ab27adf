// The opening's rules without a page: the key, the box as it was sealed, all or nothing, and the pace.
import { createBoxHash, makeKeyPair, makePassphrase, receiptOf, type Definition } from '@votix/protocol';
import { expect, test } from 'vitest';
import { checkBox } from './box.ts';
import { count } from './count.ts';
import { formatSeconds, measurePace } from '../page/pace.ts';
import { reduce } from './reduce.ts';
import { firstState, isUnfinished, type DeliberationEvent, type DeliberationState } from './state.ts';

const { privateKey, fingerprint } = await makeKeyPair(2048);
const ballots = ['one', 'two', 'three', 'four'].sort((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
const definition: Definition = {
  votix: 1,
  sealing: 'sealed-box',
  election: '3f2b6c1e-8a4d-4e6f-9b0a-5c7d8e9f0a1b',
  name: 'Council',
  minimumBallots: 1,
  quorum: 0,
  tieRule: 'announce',
  contests: [
    {
      id: 'b1e0c7a2-4f5d-4a6b-8c9d-0e1f2a3b4c5d',
      title: 'Chair',
      minChoices: 1,
      maxChoices: 1,
      blank: true,
      seats: 1,
      order: 'fixed',
      seed: '',
      candidates: [
        { id: 'c0000000-0000-4000-8000-000000000000', name: 'Ada' },
        { id: 'c0000000-0000-4000-8000-000000000001', name: 'Blaise' },
      ],
    },
  ],
};

function hashOf(box: readonly string[]): string {
  const hash = createBoxHash();
  for (const ballot of box) hash.add(ballot);
  return hash.digest();
}

function after(events: readonly DeliberationEvent[], start: DeliberationState = firstState(fingerprint)) {
  return events.reduce((step, event) => reduce(step.state, event), { state: start, effects: [] } as ReturnType<
    typeof reduce
  >);
}

const expected = { url: '/box', ballots: ballots.length, boxHash: hashOf(ballots) };

test('the box that was sealed passes', () => {
  expect(checkBox(expected, ballots)).toEqual({ ok: true, ballots });
});

test.each([
  ['a missing ballot', ballots.slice(1), 'other-number'],
  ['one too many', [...ballots, 'five'], 'other-number'],
  ['two exchanged', [ballots[1]!, ballots[0]!, ...ballots.slice(2)], 'other-order'],
  ['one twice', [ballots[0]!, ballots[0]!, ...ballots.slice(2)], 'other-order'],
])('%s is named', (_, box, kind) => {
  expect(checkBox(expected, box)).toMatchObject({ ok: false, problem: { kind } });
});

test('a replaced ballot shows in the hash', () => {
  const others = ['five', 'six', 'seven', 'eight'].sort((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
  expect(checkBox(expected, others)).toEqual({ ok: false, problem: { kind: 'other-hash' } });
});

test('every ballot is counted: valid, or invalid with its receipt and reason', () => {
  const opened = count({ definition, boxHash: 'h' }, ballots, [
    { ok: true, selections: [[1]] },
    { ok: false, reason: 'undecryptable' },
    { ok: true, selections: [[]] },
    { ok: true, selections: [[1]] },
  ]);
  expect(opened).toEqual({
    tally: {
      ballots: 4,
      valid: 3,
      invalid: 1,
      contests: [{ contest: definition.contests[0]!.id, votes: [0, 2], blank: 1 }],
    },
    invalidBallots: [{ receipt: receiptOf(ballots[1]!), reason: 'undecryptable' }],
    boxHash: 'h',
  });
});

test('another key is named and not used', () => {
  const step = after([{ type: 'key-opened', privateKey, fingerprint: '0'.repeat(64) }]);
  expect(step.state).toMatchObject({ stage: 'key', keyProblem: { kind: 'other-key' }, privateKey: null });
});

test('the key is held until the last ballot and through a failure, then dropped', () => {
  const opening = after([
    { type: 'file-chosen', text: 'file' },
    { type: 'passphrase-typed', typed: makePassphrase() },
    { type: 'open-pressed' },
    { type: 'key-opened', privateKey, fingerprint },
  ]);
  expect(opening.effects).toContainEqual({ type: 'open-box', privateKey });
  expect(opening.state).toMatchObject({ chosenFile: null, typedPassphrase: '' });
  const failed = after([{ type: 'box-failed', problem: { kind: 'unreachable' } }], opening.state);
  expect(after([{ type: 'retry-pressed' }], failed.state).effects).toContainEqual({ type: 'open-box', privateKey });
  const opened = count({ definition, boxHash: 'h' }, [], []);
  const { state } = after([{ type: 'box-opened', opened }], opening.state);
  expect(state).toMatchObject({ stage: 'result', privateKey: null });
  expect(isUnfinished(state)).toBe(true);
});

test('cancelling forgets the key, and a late result changes nothing', () => {
  const cancelled = after([{ type: 'key-opened', privateKey, fingerprint }, { type: 'cancel-pressed' }]);
  expect(cancelled.effects).toContainEqual({ type: 'stop' });
  const opened = count({ definition, boxHash: 'h' }, [], []);
  expect(after([{ type: 'box-opened', opened }], cancelled.state).state).toEqual(firstState(fingerprint));
});

test('a result that could not be recorded stays', () => {
  const opened = count({ definition, boxHash: 'h' }, [], []);
  const shown = after([
    { type: 'key-opened', privateKey, fingerprint },
    { type: 'box-opened', opened },
  ]).state;
  const lost = after(
    [{ type: 'record-pressed' }, { type: 'record-answered', reply: { kind: 'no-answer' } }],
    shown,
  ).state;
  expect(lost).toMatchObject({ stage: 'result', opened, recordProblem: { kind: 'no-answer' } });
  expect(after([{ type: 'record-pressed' }], lost).state.recordProblem).toBeNull();
  const answer: DeliberationEvent = { type: 'record-answered', reply: { kind: 'ok', body: { status: 'deliberated' } } };
  expect(after([{ type: 'record-pressed' }, answer], lost).state.stage).toBe('done');
});

test('the time left is guessed from the pace, and not before there is one', () => {
  let now = 0;
  const pace = measurePace(100, () => now);
  now = 1_000;
  expect(pace(10)).toEqual({ secondsLeft: null });
  now = 2_000;
  expect(pace(20)).toEqual({ secondsLeft: 8 });
  expect(formatSeconds(125)).toBe('2:05');
});
