// How much of a body is taken, and from whom: what is too large is refused while it arrives, not after.

import { expect, test } from 'vitest';
import { anApp, oneDatabase } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { nobodys } from '../../../../tests/support/routes/world.ts';
import { anEndlessBody } from '../../../../tests/support/visitors.ts';

const bench = oneDatabase();
const MB = 1024;
const small = [
  '/login',
  '/vote',
  '/setup/x',
  '/logout',
  '/console/elections/new',
  `/api/elections/${nobodys}/arm`,
  '/nowhere',
];
const large = [
  [`/console/elections/${nobodys}/voters/import`, 10 * MB],
  [`/api/elections/${nobodys}/result`, 20 * MB],
  ['/console/configure/voting', MB / 2],
] as const;

test.each([
  ...small.map((path) => [path, 64] as const),
  ['/api/vote/x', 512] as const,
  ['/api/trustees/x/share', MB] as const,
  ['/api/registrars/x/part', MB] as const,
])('an endless body to %s is refused after %d kB', async (path, kB) => {
  const at = await anApp({ bench: bench() });
  for (const browser of [at.visitor(), await at.admin()]) {
    const { body, pulled } = anEndlessBody();
    expect((await browser.send('POST', path, { body })).status).toBe(413);
    expect(pulled()).toBeLessThan(kB + 4);
  }
});

test.each(large)('%s takes %d kB of an administrator, and of nobody no more than a form', async (path, kB) => {
  const at = await anApp({ bench: bench() });
  const admin = await at.admin();
  const before = await contentsOf(at.db);
  const [nobody, known] = [anEndlessBody(), anEndlessBody()];
  expect((await at.visitor().send('POST', path, { body: nobody.body })).status).toBe(401);
  expect(nobody.pulled()).toBeLessThan(68);
  expect((await admin.send('POST', path, { body: known.body })).status).toBe(413);
  expect(known.pulled()).toBeGreaterThan(kB - 4);
  expect(known.pulled()).toBeLessThan(kB + 4);
  expect(await contentsOf(at.db)).toBe(before);
});

test('a length that is declared is enough to refuse, before anything is read', async () => {
  const at = await anApp({ bench: bench() });
  const { body, pulled } = anEndlessBody();
  const headers = { 'Content-Length': String(65 * 1024) };
  expect((await at.visitor().send('POST', '/login', { headers, body })).status).toBe(413);
  expect(pulled()).toBeLessThan(4);
});
