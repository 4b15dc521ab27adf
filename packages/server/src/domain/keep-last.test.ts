import { expect, test } from 'vitest';
import { keepLast } from './keep-last.ts';

test('the same texts are made once, other ones for themselves, and the oldest goes', () => {
  const made: string[] = [];
  const keep = keepLast(2, (a: string, b: string) => {
    made.push(`${a}-${b}`);
    return { a, b };
  });
  expect(keep('1', '23')).toBe(keep('1', '23'));
  expect(keep('12', '3')).toEqual({ a: '12', b: '3' });
  expect(made).toEqual(['1-23', '12-3']);
  keep('4', '5');
  keep('12', '3');
  keep('1', '23');
  expect(made).toEqual(['1-23', '12-3', '4-5', '1-23']);
});

test('what fails is not kept', () => {
  let isBroken = true;
  const keep = keepLast(2, (text: string) => {
    if (isBroken) throw new Error('broken');
    return text;
  });
  expect(() => keep('x')).toThrow('broken');
  isBroken = false;
  expect(keep('x')).toBe('x');
});
