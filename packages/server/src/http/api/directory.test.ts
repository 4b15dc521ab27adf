// Looking people up: the programs' way and the page without scripts, what strangers typed, limits, and Google's bad days.

import { expect, test } from 'vitest';
import { problemOf, textOf } from '../../../../../tests/support/answers.ts';
import { aConnectedApp } from '../../../../../tests/support/directories.ts';
import { anElection } from '../../../../../tests/support/elections.ts';

const people = (query: string) => `/api/directory/people?${new URLSearchParams({ q: query }).toString()}`;

test('technicians find people while they type; observers and strangers do not', async () => {
  const at = await aConnectedApp();
  const answer = await (await at.as('technician')).get(people(' ali '));
  expect(await answer.json()).toEqual({
    people: [
      { firstName: 'Alice', lastName: 'Dupont', email: 'alice.dupont@example.org', about: 'Librarian' },
      { firstName: 'Alice', lastName: 'Dupond', email: 'alice.dupond@example.org', about: '' },
    ],
    summary: '2 people found.',
  });
  expect((await (await at.as('observer')).get(people('ali'))).status).toBe(403);
  expect((await at.visitor().get(people('ali'))).status).toBe(401);
  const calls = at.google.calls.length;
  for (const short of ['', 'a', ' a ', '👩‍👩‍👧', '\u200b\u200b'])
    expect((await problemOf(await at.owner.get(people(short)))).reason).toBe('directory-short');
  expect(at.google.calls).toHaveLength(calls);
});

test('whoever reads the directory out is stopped after sixty questions a minute, and may go on in the next', async () => {
  const at = await aConnectedApp();
  const other = await at.as('technician');
  for (let n = 0; n < 60; n++) expect((await at.owner.get(people(`student${n}`))).status).toBe(200);
  const stopped = await at.owner.get(people('alice'));
  expect(stopped.headers.get('retry-after')).not.toBeNull();
  expect((await problemOf(stopped)).reason).toBe('directory-paused');
  expect((await other.get(people('alice'))).status).toBe(200);
  at.bench.clockOffsetMs += 61_000;
  expect((await at.owner.get(people('alice'))).status).toBe(200);
});

const badDays = [
  [{ status: 403, body: { error: { details: [{ reason: 'SERVICE_DISABLED' }] } } }, 502, 'directory-api-off'],
  [{ status: 403, body: {} }, 502, 'directory-not-allowed'],
  [{ status: 429 }, 503, 'directory-too-many'],
  [{ status: 500 }, 502, 'directory-unavailable'],
  [{ cut: true }, 502, 'directory-unreachable'],
] as const;

test.each(badDays)('Google’s %o is told in words, on the page with what was typed', async (trouble, status, reason) => {
  const at = await aConnectedApp();
  const id = await anElection(at.db, { voters: 0 });
  at.google.fail({ path: '/v1/people', times: 2, ...trouble });
  expect(await problemOf(await at.owner.get(people('alice')))).toMatchObject({ status, reason });
  const answer = await at.owner.get(`/console/elections/${id}/voters/directory?q=alice`);
  const page = await answer.text();
  expect([answer.status, page]).toEqual([status, expect.stringContaining('name="q" type="text" value="alice"')]);
  expect(at.failures()).toEqual([]);
});

test('without scripts: a search, page after page, and the form filled in with whom one chooses', async () => {
  const at = await aConnectedApp();
  const id = await anElection(at.db, { voters: 0 });
  const list = `/console/elections/${id}/voters`;
  const technician = await at.as('technician');
  expect(await (await technician.get(list)).text()).toContain(`href="${list}/directory"`);
  const first = await (await technician.get(`${list}/directory?q=student`)).text();
  expect(textOf(first)).toContain('20 people found. There are more');
  const next = /href="([^"]+after=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const second = textOf(await (await technician.get(next)).text());
  expect([second.includes('Student019'), second.includes('Student020')]).toEqual([false, true]);
  const chosen = { lastName: 'O’Brien', firstName: 'Seán', email: 'sean.obrien@example.org' };
  const filled = await technician.post(`${list}/directory`, chosen);
  const form = await filled.text();
  expect(filled.status).toBe(200);
  for (const text of Object.values(chosen)) expect(form).toContain(`value="${text}"`);
  expect(textOf(form)).not.toContain('problem');
  expect(await at.db.reader.selectFrom('voters').selectAll().execute()).toEqual([]);
  expect((await technician.post(list, { ...chosen, promotion: '', building: '', reason: '' })).status).toBe(303);
});

test('what strangers typed into the directory is text on every page', async () => {
  const at = await aConnectedApp();
  const id = await anElection(at.db, { voters: 0 });
  const hostile = '"><script>alert(1)</script>{{7*7}}';
  at.google.people.push({ given: hostile, family: 'Hostile', email: 'hostile@example.org', unit: '/', title: hostile });
  const page = await (await at.owner.get(`/console/elections/${id}/voters/directory?q=hostile`)).text();
  expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)');
  expect(page).not.toContain('<script>alert');
});

test('where the access is lost, the form says who can mend it, and voters are added by hand', async () => {
  const at = await aConnectedApp();
  const id = await anElection(at.db, { voters: 0 });
  const technician = await at.as('technician');
  at.google.revokeAll();
  at.google.expireAccess();
  expect((await problemOf(await technician.get(people('alice')))).reason).toBe('directory-grant-lost');
  const page = await (await technician.get(`/console/elections/${id}/voters`)).text();
  expect(textOf(page)).toContain('Google no longer accepts the access');
  expect(page).not.toContain('data-directory');
  const tab = textOf(await (await at.owner.get('/console/configure/google')).text());
  expect(tab).toContain('Token has been expired or revoked.');
  expect(tab).toContain('Reconnect');
});
