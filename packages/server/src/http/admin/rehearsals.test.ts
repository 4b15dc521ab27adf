// The rehearsal over HTTP: said on every page of it, told to nobody else, its links on one page.

import { expect, test } from 'vitest';
import { location, textOf } from '../../../../../tests/support/answers.ts';
import { anApp, type TestApp } from '../../../../../tests/support/app.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { rehearse, voted } from '../../../../../tests/support/rehearsals.ts';
import { allRoutes } from '../../../../../tests/support/routes/all.ts';
import { aWorld, type World } from '../../../../../tests/support/routes/world.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import type { Phase } from '../../domain/lifecycle.ts';
import { findRehearsal } from '../../domain/rehearsals.ts';
import { updateElection } from '../../storage/elections.ts';

const page = (id: string, deed = '') => `/console/elections/${id}/rehearsal${deed}`;
const mark = 'data-rehearsal';

/** Routes of one election that show a page; those whose row is about another election of its world are asked apart. */
const ofOne = Object.entries(allRoutes).filter(
  ([route]) =>
    /^GET .*\/elections\/:id|^GET \/vote\/:link/.test(route) && !/:import|\/trustees|\/credential|\/board/.test(route),
);

async function shown(at: TestApp, needs: Phase): Promise<readonly (readonly [string, boolean])[]> {
  const [admin, found] = [await at.admin(), [] as (readonly [string, boolean])[]];
  const world: World = await aWorld(at, {
    ...ofOne[0]![1],
    act: () => Promise.reject(new Error()),
    needs,
    rehearses: true,
  });
  for (const [route, { act }] of ofOne) {
    const answer = await act(admin, { ...world, armed: world.election, over: world.election, open: world.election });
    if (answer.headers.get('content-type')?.startsWith('text/html') !== true || [303, 404].includes(answer.status))
      continue;
    found.push([route, (await answer.text()).includes(mark)]);
  }
  return found;
}

test('every page about a rehearsal says so, its doors and refusals too', async () => {
  const at = await anApp();
  const pages = new Map<string, boolean>();
  for (const phase of ['armed', 'open', 'closed', 'published'] as const)
    for (const [route, isMarked] of await shown(at, phase)) pages.set(`${phase} ${route}`, isMarked);
  expect([...pages].filter(([, isMarked]) => !isMarked)).toEqual([]);
  for (const route of [
    'open GET /vote/:link',
    'open GET /elections/:id',
    'open GET /console/elections/:id',
    'armed GET /console/elections/:id/arm',
    'closed GET /console/elections/:id/deliberate',
    'published GET /console/elections/:id/result',
    'published GET /console/elections/:id/minutes',
  ])
    expect([route, pages.get(route)]).toEqual([route, true]);
});

test('pages of a verifiable rehearsal say so: board, checker, the trustees’ own', async () => {
  const at = await anApp();
  const [admin, draft] = [await at.admin(), await anElection(at.db)];
  const { boards } = await aWorld(at, allRoutes['GET /elections/:id/board']!);
  for (const { id } of [boards.tallied, boards.draft, boards.registry.making])
    await at.db.write((tx) => updateElection(tx, id, { rehearsal_of: draft }));
  for (const path of [
    `/elections/${boards.tallied.id}`,
    `/elections/${boards.tallied.id}/board`,
    `/verify?election=${boards.tallied.id}`,
    `/console/elections/${boards.draft.id}/trustees`,
    `/trustee/${boards.draft.token}`,
    `/registrar/${boards.registry.making.token}`,
  ])
    expect([path, (await (await admin.get(path)).text()).includes(mark)]).toEqual([path, true]);
});

test('no page of a real election says so, nor any page that lists elections', async () => {
  const at = await anApp();
  const [admin, real, other] = [await at.admin(), await anElection(at.db), await anElectionIn(at.db, 'open')];
  const id = await rehearse(at.db, real);
  await voted(at.db, id);
  for (const path of [`/console/elections/${real}`, page(real), `/elections/${other.id}`, '/'])
    expect([path, (await (await admin.get(path)).text()).includes(mark)]).toEqual([path, false]);
  for (const path of ['/', '/console']) expect(await (await admin.get(path)).text()).not.toContain(id);
  for (const path of ['/', '/verify']) expect(await (await at.visitor().get(path)).text()).not.toContain(id);
  expect(location(await admin.get('/arm'))).not.toContain(id);
  expect((await at.visitor().get(`/elections/${id}`)).headers.get('x-robots-tag')).toBe('noindex');
});

test('made, voted in and wiped from one page', async () => {
  const at = await anApp();
  const [admin, real] = [await at.admin(), await anElection(at.db)];
  expect(await (await admin.get(page(real))).text()).toContain('Make a rehearsal');
  expect(location(await admin.post(page(real), { voters: '2', own: 'yes' }, french))).toBe(
    `${page(real)}?done=rehearsal-made`,
  );
  const { id } = (await findRehearsal(at.db.reader, real))!;
  expect(location(await admin.get(page(id)))).toBe(page(real));
  const before = textOf(await (await admin.get(page(real))).text());
  expect(before).toContain('TEST – Board 2026');
  expect(before).not.toContain('Électeur d’essai'); // nothing to vote on yet
  await voted(at.db, id);
  const open = await (await admin.get(page(real))).text();
  expect(open.match(/href="\/vote\/[0-9a-f-]{36}"/g)).toHaveLength(1);
  expect(textOf(open)).toMatch(/Has voted.*Vote *as Électeur d’essai 2/s);
  const observer = await (await (await at.as('observer')).get(page(real))).text();
  expect(observer).not.toMatch(/\/vote\/|Code/);
  expect(location(await admin.post(page(id, '/close')))).toBe(`${page(real)}?done=rehearsal-closed`);
  expect(location(await admin.post(page(id, '/wipe')))).toBe(`${page(real)}?done=rehearsal-wiped`);
  expect((await admin.get(`/console/elections/${id}`)).status).toBe(404);
});

test('what was typed is kept, and said what is wrong with it', async () => {
  const at = await anApp();
  const [admin, real] = [await at.admin(), await anElection(at.db)];
  const typed = { voters: '1', own: 'yes', emails: 'bob@example.org\nBOB@example.org' };
  const few = await admin.post(page(real), typed);
  const text = await few.text();
  expect(few.status).toBe(400);
  for (const part of ['Enter at least 2', 'bob@example.org', 'checked']) expect(text).toContain(part);
  const wrong = await (await admin.post(page(real), { voters: 'x', emails: 'bob' })).text();
  for (const part of ['from 1 to 20', 'not an e-mail address', 'value="x"']) expect(wrong).toContain(part);
  expect(await findRehearsal(at.db.reader, real)).toBe(undefined);
});

test('a rehearsal and an armed election have none; an incomplete ballot is told where to complete it', async () => {
  const at = await anApp();
  const [admin, armed] = [await at.admin(), await anElectionIn(at.db, 'armed')];
  const empty = await anElection(at.db, { candidates: [] });
  expect(await (await admin.get(page(armed.id))).text()).toContain('This election is armed');
  const blocked = await (await admin.get(page(empty))).text();
  expect(blocked).toContain(`href="/console/elections/${empty}/candidates"`);
  expect(blocked).not.toContain('Make the rehearsal');
  expect((await admin.post(page(empty), { voters: '3' })).status).toBe(409);
  const id = await rehearse(at.db, await anElection(at.db));
  expect((await admin.post(page(id), { voters: '3' })).status).toBe(409);
});
