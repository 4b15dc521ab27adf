// Every route of the app with every kind of visitor: who is turned away and where to, what is refused without a change,
// then success. A route that is missing in the table fails the first test.

import { expect, test } from 'vitest';
import { location, problemOf } from '../../../../tests/support/answers.ts';
import { anApp, type Clocked } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { aWorld, type Row } from '../../../../tests/support/routes/world.ts';

const routes = allRoutes;

const shared = Object.entries(routes).flatMap(([route, row]) =>
  (['observer', 'technician'] as const)
    .filter((role) => row.roles?.includes(role))
    .map((role) => [route, row, role] as const),
);

/** The status and the place for somebody without a session. */
async function isSentToLogin(row: Row, answer: Response): Promise<void> {
  if (row.door === 'session' || row.door === 'page' || row.door === 'confirmed page') {
    expect([answer.status, location(answer)]).toEqual([303, expect.stringMatching(/^\/login(\?next=%2F[\w%.-]+)?$/)]);
  } else if (row.door === 'confirmed api' || row.door === 'api') {
    expect(await problemOf(answer)).toMatchObject({
      status: 401,
      reason: 'login-required',
      reauthenticateUrl: '/login',
    });
  } else {
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('You are not logged in')]);
  }
}

async function isAskedForPassword(row: Row, answer: Response): Promise<void> {
  if (row.door === 'confirmed page' || row.door === 'confirmed form back') {
    const place = expect.stringMatching(/^\/reauthenticate\?next=%2F[\w%-]+$/);
    expect([answer.status, location(answer)]).toEqual([303, place]);
  } else if (row.door === 'confirmed form') {
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('Confirm your password first')]);
  } else {
    const reason = 'reauthentication-required';
    expect(await problemOf(answer)).toMatchObject({ status: 401, reason, reauthenticateUrl: '/reauthenticate' });
  }
}

const smtp = {
  host: '127.0.0.1',
  port: 25,
  username: '',
  password: '',
  from: 'no-reply@example.org',
  replyTo: '',
  verifyTls: true,
  perMinute: 60,
  connections: 1,
  dkimSelector: '',
  returnAddress: '',
};

async function crew(bench: Clocked) {
  const at = await anApp({ bench, smtp });
  const others = { observer: await at.as('observer'), technician: await at.as('technician') };
  return { at, others, admin: await at.admin(), unconfirmed: await at.unconfirmedAdmin() };
}

onBothDatabases((bench) => {
  let made: ReturnType<typeof crew> | undefined;
  const team = () => (made ??= crew(bench()));

  test('every route of the app stands in the table', async () => {
    const { at } = await team();
    const registered = at.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(routes).toSorted()).toEqual([...new Set(registered)].toSorted());
  });

  test.each(shared)('%s serves every role it is for', async (_route, row, role) => {
    const { at, others } = await team();
    const other = row.door.startsWith('confirmed') ? await at.as(role) : others[role];
    expect((await row.act(other, await aWorld(at, row))).status).toBe(row.status);
  });

  test.each(Object.entries(routes))('%s refuses first, then does what it is for', async (_route, row) => {
    const { at, others, admin, ...shared } = await team();
    const [world, nobody] = [await aWorld(at, row), at.visitor()];
    const unconfirmed = row.door === 'session' || row.counts ? await at.unconfirmedAdmin() : shared.unconfirmed;
    const [isOpen, isConfirmed] = [row.door === 'public' || row.door === 'session', row.door.startsWith('confirmed')];
    const before = await contentsOf(at.db);
    if (row.door !== 'public') await isSentToLogin(row, await row.act(nobody, world));
    const shut = (['observer', 'technician'] as const).filter((role) => !(row.roles ?? ['admin']).includes(role));
    if (!isOpen)
      for (const role of shut) expect([role, (await row.act(others[role], world)).status]).toEqual([role, 403]);
    if (isConfirmed) await isAskedForPassword(row, await row.act(unconfirmed, world));
    const asker = row.door === 'public' ? nobody : admin;
    for (const [what, status, act] of row.refused ?? [])
      expect([what, (await act(asker, world)).status]).toEqual([what, status]);
    if (row.counts !== true) expect(await contentsOf(at.db)).toBe(before);
    expect((await row.act(row.door === 'public' || isConfirmed ? asker : unconfirmed, world)).status).toBe(row.status);
    expect(at.failures()).toEqual([]);
  });
});
