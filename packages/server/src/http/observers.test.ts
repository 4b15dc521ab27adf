// Who only reads: an observer opens every page of the console, and no request of theirs changes an election, its roll or the
// settings. The table of routes (routes.test.ts) shows each refusal; here the exceptions are a closed list.

import { expect, test } from 'vitest';
import { anApp, oneDatabase } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { anElection } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { aWorld, type Role, type Row } from '../../../../tests/support/routes/world.ts';

const bench = oneDatabase();
const rows = Object.entries(allRoutes);
const isWrite = (route: string): boolean => !route.startsWith('GET ');

/** Their own account: name, password, sessions, second step, and giving the password again. */
const isOwn = (route: string): boolean =>
  /^POST (?:\/console\/account|\/reauthenticate|\/api\/passkeys)(?:\/|$)/.test(route);

/** A look that is asked for by a form: checks of what is stored, and a file. They write down that somebody looked. */
const looks = [
  'POST /console/audit/check',
  'POST /console/elections/:id/log/check',
  'POST /console/elections/:id/integrity/check',
  'POST /console/elections/:id/voters/export',
];

/** Personal links, and ways in and out: anybody's, whatever role they have. */
const isAnybodys = (route: string): boolean =>
  /^POST (?:\/login|\/logout|\/setup|\/vote|\/forgot-password|\/choose-password|\/elections|\/api\/(?:vote|trustees|registrars|passkeys\/(?:login|second)))(?:\/|$)/.test(
    route,
  );

test('what observers may send is their own account and a look, nothing else', () => {
  const allowed = rows.filter(([route, { roles }]) => isWrite(route) && (roles ?? ['admin']).includes('observer'));
  expect(allowed.map(([route]) => route).filter((route) => !isOwn(route) && !looks.includes(route))).toEqual([]);
  const open = rows.filter(([route, { door }]) => isWrite(route) && (door === 'public' || door === 'session'));
  expect(open.map(([route]) => route).filter((route) => !isAnybodys(route) && !isOwn(route))).toEqual([]);
});

test('every other write of the table is refused to them with 403, whatever they send, and changes nothing', async () => {
  const at = await anApp({ bench: bench() });
  const observer = await at.as('observer');
  const refused = rows.filter(
    ([route]) => isWrite(route) && !isOwn(route) && !isAnybodys(route) && !looks.includes(route),
  );
  expect(refused.length).toBeGreaterThan(60);
  for (const [route, row] of refused) {
    const world = await aWorld(at, row);
    const before = await contentsOf(at.db);
    expect([route, (await row.act(observer, world)).status]).toEqual([route, 403]);
    for (const [what, , act] of row.refused ?? [])
      expect([route, what, [403, 404].includes((await act(observer, world)).status)]).toEqual([route, what, true]);
    expect(await contentsOf(at.db)).toBe(before);
  }
});

test('a look leaves elections, roll and settings as they were', async () => {
  const at = await anApp({ bench: bench() });
  const observer = await at.as('observer');
  for (const route of looks) {
    const row = allRoutes[route]!;
    const world = await aWorld(at, row);
    const contents = () => contentsOf(at.db, ['integrity_checks', 'audit_log', 'audit_head']);
    const before = await contents();
    expect([route, (await row.act(observer, world)).status]).toEqual([route, row.status]);
    expect(await contents()).toBe(before);
  }
});

/** What observers do not open: forms that they could not send, links and codes and keys, and the instance itself. */
const forms =
  /\/(?:new|clone|delete|remove|import|directory|units|arm|prove|deliberate|box|icons|callback|people|extend|disarm|abandon|send|mail)(?:\/|$)|\/(?:buildings|candidates|contests)\/:\w+$/;
const secrets = /\/(?:sheets|recovery|credentials?|link|code|access|trustees)$/;
const instance = /^GET (?:\/console)?\/(?:users|system|approvals)(?:\/|$)/;

test('observers read everything but forms, secrets and the instance itself', () => {
  const shut = rows.filter(
    ([route, { door, roles }]) =>
      !isWrite(route) && door !== 'public' && door !== 'session' && !(roles ?? ['admin']).includes('observer'),
  );
  const unexpected = shut
    .map(([route]) => route)
    .filter((route) => ![forms, secrets, instance].some((of) => of.test(route)));
  expect(unexpected).toEqual([]);
});

/** The route of the table that an address is of. */
function routeOf(method: string, path: string): string | undefined {
  const fits = (route: string) =>
    new RegExp(`^${route.replaceAll(/:\w+(?:\{[^}]*\})?/g, '[^/]+').replaceAll('.', '\\.')}$`).test(
      `${method} ${path}`,
    );
  return Object.keys(allRoutes).find(fits);
}

const phases = ['armed', 'open', 'closed', 'deliberated', 'published'] as const;

const mayUse = (role: Role, { door, roles = ['admin'] }: Row): boolean =>
  door === 'public' || door === 'session' || roles.includes(role);

/** Where the forms of a page go. */
const targetsIn = (page: string): string[] =>
  [...page.matchAll(/<form [^>]*method="post"[^>]*>/g)].map(
    ([form]) => /action="(?:http:\/\/localhost:5000)?([^"?#]*)/.exec(form)?.[1] ?? '',
  );

test('no page offers a form that whoever reads it may not send', async () => {
  const at = await anApp({ bench: bench() });
  const ids = [await anElection(at.db)];
  for (const phase of phases) ids.push((await anElectionIn(at.db, phase)).id);
  const pages = rows.filter(([route]) => /^GET \/console\/(?:elections\/:id(?:\/[a-z-]+)?|[a-z-]+)$/.test(route));
  const wrong = new Set<string>();
  for (const role of ['observer', 'technician'] as const) {
    const reader = await at.as(role);
    const paths = pages.filter(([, row]) => mayUse(role, row)).map(([route]) => route.slice('GET '.length));
    for (const path of paths.flatMap((one) => (one.includes(':id') ? ids.map((id) => one.replace(':id', id)) : [one])))
      for (const target of targetsIn(await (await reader.get(path)).text())) {
        const route = routeOf('POST', target) ?? target;
        if (!mayUse(role, allRoutes[route]!)) wrong.add(`${role}: ${route}`);
      }
  }
  expect([...wrong]).toEqual([]);
});
