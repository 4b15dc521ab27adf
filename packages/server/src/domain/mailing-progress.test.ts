import { expect, test } from 'vitest';
import { minutesFor, minutesLeft } from './mailing-progress.ts';

test('a mailing takes as many minutes as its pace needs, begun ones too', () => {
  expect([0, 1, 20, 21, 10_000].map((mails) => minutesFor(mails, 20))).toEqual([0, 1, 1, 2, 500]);
});

test('what is left counts what waits and what is being sent, not what is settled or put off', () => {
  const counts = { queued: 59, sending: 2, deferred: 40, accepted: 500, rejected: 3, unknown: 1 };
  expect(minutesLeft({ state: 'running', counts }, 60)).toBe(2);
  expect(minutesLeft({ state: 'running', counts: { ...counts, queued: 58 } }, 60)).toBe(1);
});

test('there is no estimate where nothing goes out by itself, or all that is left was put off', () => {
  for (const state of ['paused', 'stopped', 'cancelled', 'finished'] as const)
    expect(minutesLeft({ state, counts: { queued: 10 } }, 60)).toBeUndefined();
  expect(minutesLeft({ state: 'running', counts: { deferred: 7, accepted: 3 } }, 60)).toBeUndefined();
});
