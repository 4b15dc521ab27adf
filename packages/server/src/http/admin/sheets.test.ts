// The printed sheets of a large roll: in parts, and without keeping anybody waiting.

import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { anApp, oneDatabase } from '../../../../../tests/support/app.ts';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anArmedElection } from '../../../../../tests/support/elections.ts';

const bench = oneDatabase();

const slipsOf = (page: string): string[] =>
  [...page.matchAll(/class="slip-name">([^<]*)</g)].map(([, name = '']) => name);

test('a large roll comes in parts of a thousand, each voter once', async () => {
  const at = await anApp({ bench: bench() });
  const { id } = await anArmedElection(at.db, { voters: 1003 });
  const admin = await at.admin();
  const part = async (number: number) => (await admin.get(`/console/elections/${id}/sheets?page=${number}`)).text();
  const [first, second] = [await part(1), await part(2)];
  const [names, others] = [slipsOf(first), slipsOf(second)];
  expect([names.length, others.length]).toEqual([1000, 3]);
  expect(new Set([...names, ...others]).size).toBe(1003);
  expect(textOf(first)).toContain('1,003 slips');
  expect(textOf(first)).toContain('Page 1 of 2');
}, 120_000);

test('no step of it takes a quarter of the whole: whoever votes meanwhile is answered', async () => {
  const at = await anApp({ bench: bench() });
  const { id } = await anArmedElection(at.db, { voters: 300 });
  const admin = await at.admin();
  const made = { isDone: false };
  const start = performance.now();
  const asked = admin.get(`/console/elections/${id}/sheets`).finally(() => void (made.isDone = true));
  let [longest, last] = [0, start];
  while (!made.isDone) {
    await turn();
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
  }
  expect(slipsOf(await (await asked).text())).toHaveLength(300);
  expect(longest / (last - start)).toBeLessThan(0.25);
});
