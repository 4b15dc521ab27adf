import { expect, test } from 'vitest';
import { grouped, printable } from './printable.ts';

test('no text of a record moves the cursor, ends the line or turns it round', () => {
  expect(printable('Ann\u001b[2K\r\n3')).toBe('Ann\\u{1b}[2K\\u{d}\\u{a}3');
  expect(printable('\u202eeciovni\u2066x\u2028')).toBe('\\u{202e}eciovni\\u{2066}x\\u{2028}');
});

test('letters of every language stay as they are', () => {
  for (const name of ['Élodie Gaël', 'محمد', 'می‌خواهم', '山田太郎', '👩‍🔬']) expect(printable(name)).toBe(name);
});

test('a fingerprint is shown in groups of four', () => {
  expect(grouped('0123456789ab')).toBe('0123 4567 89ab');
});
