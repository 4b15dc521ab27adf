import { expect, test } from 'vitest';
import { judgeFirst } from './first-mails.ts';

test.each([
  ['nothing yet', [0, 0], 'look-on'],
  ['a few refused', [0, 9], 'look-on'],
  ['ten refused and none taken', [0, 10], 'stop'],
  ['one taken among them', [1, 10], 'look-on'],
  ['half of fifty refused', [24, 25], 'look-on'],
  ['half of fifty refused, and all settled', [25, 25], 'go-on'],
  ['more than half refused, before fifty are settled', [3, 26], 'stop'],
  ['more than half refused', [24, 26], 'stop'],
  ['all taken', [50, 0], 'go-on'],
  // Somebody has looked at the reasons and set it going again.
  ['more than half refused, long ago', [60, 26], 'go-on'],
] as const)('of the first fifty: %s', (_, [accepted, rejected], expected) => {
  expect(judgeFirst({ accepted, rejected }, 1)).toBe(expected);
});

test('what was settled together with the fiftieth is still looked at', () => {
  expect(judgeFirst({ accepted: 28, rejected: 30 }, 10)).toBe('stop');
  expect(judgeFirst({ accepted: 28, rejected: 30 }, 1)).toBe('go-on');
});
