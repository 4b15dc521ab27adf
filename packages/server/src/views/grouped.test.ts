import { expect, test } from 'vitest';
import { grouped } from './grouped.ts';

test('groups of four, the last one shorter, nothing behind it', () => {
  expect(grouped('7K3MZQ0X9V2B')).toBe('7K3M ZQ0X 9V2B');
  expect(grouped('7K3MZ')).toBe('7K3M Z');
});
