// One public address: everything that leaves the app lies under it, and nothing that a request claims can change it.

import { expect, test } from 'vitest';
import { location } from '../../../../tests/support/answers.ts';
import { anApp, oneDatabase, password, type TestApp } from '../../../../tests/support/app.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { aWorld, type Row } from '../../../../tests/support/routes/world.ts';
import { aVisitor, type Visitor } from '../../../../tests/support/visitors.ts';
import { baseUrlSchema } from '../domain/setting-kinds.ts';
import { basePathOf, withoutBasePath } from './base-url.ts';

const baseUrl = 'https://x.example/votes';
const bench = oneDatabase();
const routes: readonly (readonly [string, Row])[] = Object.entries(allRoutes);

test.each([
  ['/votes/console', '/votes', '/console'],
  ['/votes/', '/votes', '/'],
  ['/votes', '/votes', '/'],
  ['/console', '/votes', '/console'],
  ['/votesx/console', '/votes', '/votesx/console'],
  ['/VOTES/console', '/votes', '/VOTES/console'],
  ['/console', '', '/console'],
  ['//evil.example', '', '//evil.example'],
])('the path %s under the base path "%s" is %s', (path, basePath, expected) => {
  expect(withoutBasePath(path, basePath)).toBe(expected);
});

test.each([
  ['https://x.example', ''],
  ['https://x.example/', ''],
  ['https://x.example/a/b', '/a/b'],
])('the base path of %s is "%s"', (url, path) => expect(basePathOf(url)).toBe(path));

const inside = /^(\/votes(\/|$|\?)|https:\/\/x\.example\/votes(\/|$)|#|mailto:)/;

/** Every address in an answer: redirect, cookies, attributes of the page, data of its program, members of a problem. */
async function expectInside(route: string, answer: Response): Promise<void> {
  if (answer.headers.has('location')) expect([route, location(answer)]).toEqual([route, expect.stringMatching(inside)]);
  for (const cookie of answer.headers.getSetCookie())
    expect([route, cookie]).toEqual([route, expect.stringMatching(/; Path=\/votes(;|$).*; Secure/)]);
  if (answer.headers.get('content-type') === 'application/pdf') return; // its fonts name their makers
  const text = await answer.text();
  for (const [, , address] of text.matchAll(/\s(href|src|action)="([^"]*)"/g))
    expect([route, address]).toEqual([route, expect.stringMatching(inside)]);
  for (const [, address] of text.matchAll(/"[a-z]+Url":"([^"]*)"/gi))
    expect([route, address]).toEqual([route, expect.stringMatching(inside)]);
  for (const [, address] of text.matchAll(/(https?:\/\/\w[^\s"<&]*)/g))
    if (!/www\.w3\.org|localhost/.test(address!))
      // names in sentences and in SVG
      expect([route, address]).toEqual([route, expect.stringMatching(inside)]);
}

let made: ReturnType<typeof makeSite> | undefined;
const site = () => (made ??= makeSite());

async function makeSite() {
  const at: TestApp = await anApp({ bench: bench(), baseUrl });
  return { at, token: await tokenOf(at) };
}

const tokenOf = async (at: TestApp): Promise<string> => (await at.admin()).cookies.get('votix_session') ?? '';

/** Where to lead is decided without looking at the prefix: behind the second proxy the pages are enough. */
const proxies = [
  ['keeps', baseUrl, routes],
  [
    'takes away',
    'https://x.example',
    routes.filter(([route, { door }]) => route.startsWith('GET') || door === 'public'),
  ],
] as const;

for (const [what, seen, rows] of proxies)
  test.each(rows)(`behind a proxy that ${what} the prefix %s leads nowhere else`, async (route, row) => {
    const { at, token } = await site();
    const world = await aWorld(at, row);
    const [admin, nobody] = [aVisitor(at.app, seen), aVisitor(at.app, seen)];
    const endsSessions = row.door === 'public' || row.door === 'session' || route.includes('/console/account');
    admin.cookies.set('votix_session', endsSessions ? await tokenOf(at) : token);
    await expectInside(route, await row.act(nobody, world));
    for (const [, , act] of row.refused ?? []) await expectInside(route, await act(admin, world));
    const answer = await row.act(admin, world);
    // nobody has used the link to choose a password already
    const gone = route === 'POST /choose-password/:token' ? 404 : 409;
    expect([200, 303, 403, gone, row.status]).toContain(answer.status);
    await expectInside(route, answer);
  });

const forged = {
  Host: 'evil.example',
  'X-Forwarded-Host': 'evil.example',
  Forwarded: 'host=evil.example',
  'X-Original-URL': '//evil.example',
};

test.each(routes)('a host that is claimed reaches no answer of %s', async (_route, row) => {
  const { at } = await site();
  const world = await aWorld(at, row);
  // the address of the request and all its headers say so
  const lying = aVisitor(at.app, 'https://evil.example/votes');
  const origin = new URL(baseUrl).origin;
  lying.cookies.set('votix_session', await tokenOf(at));
  const browser: Visitor = {
    ...lying,
    get: (path, more) => lying.get(path, { ...forged, ...more }),
    post: (path, fields, more) => lying.post(path, fields, { ...forged, Origin: origin, ...more }),
    upload: (path, text, more) => lying.upload(path, text, { ...forged, Origin: origin, ...more }),
    json: (path, body, more) => lying.json(path, body, { ...forged, Origin: origin, ...more }),
  };
  const answer = await row.act(browser, world);
  const told = [...answer.headers].join() + (await answer.text());
  expect(told).not.toContain('evil.example');
});

test('a site that takes our address for its own name posts nothing', async () => {
  const { at } = await site();
  const rebound = aVisitor(at.app, 'https://evil.example');
  rebound.cookies.set('votix_session', await tokenOf(at));
  expect((await rebound.post('/console/elections/new', {}, { Host: 'evil.example' })).status).toBe(403);
});

test('printed links, the language and the way back to a page keep the prefix', async () => {
  const { at } = await site();
  const { id, voters } = await anElectionIn(at.db, 'armed');
  const sheets = await (await (await at.admin()).get(`/console/elections/${id}/sheets`)).text();
  for (const { link } of voters) expect(sheets).toContain(`${baseUrl}/vote/${link}`);
  const door = await at.visitor().get(`/vote/${voters[0]!.link}?x=1`, { 'Accept-Language': 'fr' });
  expect(await door.text()).toContain(`href="/votes/vote/${voters[0]!.link}?x=1&amp;lang=en"`);
  expect(location(await at.visitor().get('/console'))).toBe('/votes/login?next=%2Fconsole');
});

const cookies = [
  ['http://localhost:5000', /^votix_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
  ['https://vote.example.org', /^votix_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
  [baseUrl, /^votix_session=[\w-]{43}; Path=\/votes; HttpOnly; Secure; SameSite=Lax$/],
] as const;

test.each(cookies)('the session cookie of %s is as strict as its address allows', async (url, expected) => {
  const at = await anApp({ baseUrl: url });
  const { account } = await at.as('admin');
  const answer = await at.visitor().post('/login', { email: account.email, password });
  expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(expected)]);
  const gone = await at.visitor().post('/logout');
  const path = basePathOf(url) || '/';
  expect(gone.headers.getSetCookie()).toEqual([
    expect.stringMatching(`^votix_session=; Max-Age=0; Path=${path};.*HttpOnly`),
  ]);
  const [language] = (await at.visitor().get('/?lang=fr')).headers.getSetCookie();
  expect(language).toMatch(new RegExp(`^votix_language=fr; Max-Age=31536000; Path=${path};.*SameSite=Lax$`));
  expect((await at.visitor().get('/?lang=xx')).headers.getSetCookie()).toEqual([]);
});

const lies = {
  Host: 'evil.example',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'evil',
  'X-Forwarded-Prefix': '/evil',
  'X-Forwarded-For': '203.0.113.66',
  'X-Original-URL': '/evil',
  'X-Rewrite-URL': '/evil',
  Forwarded: 'host=evil.example;proto=https',
} as const;

const lie = /evil\.example|\/evil/;
const paths = ['/', '/login', '/console', '/vote', '/nowhere', '/console/recovery', '/console/elections/new'];

test('no page and no redirect follows what a request says about the host', async () => {
  const at = await anApp();
  const { id, voters } = await anElectionIn(at.db, 'open');
  const elsewhere = aVisitor(at.app, 'http://evil.example:8080');
  elsewhere.cookies.set('votix_session', await tokenOf(at));
  const about = ['', '/sheets', '/arm'].map((path) => `/console/elections/${id}${path}`);
  for (const path of [...paths, ...about, `/elections/${id}`, `/vote/${voters[1]!.link}`]) {
    const answer = await elsewhere.get(path, lies);
    expect([path, `${location(answer)} ${await answer.text()}`]).toEqual([path, expect.not.stringMatching(lie)]);
  }
  expect((await elsewhere.post('/logout', {}, lies)).status).toBe(403);
});

test('set-up, too, offers the configured address and not the one in use', async () => {
  const at = await anApp({ organisation: 'not set up' });
  const elsewhere: Visitor = aVisitor(at.app, 'http://evil.example:8080');
  expect(await (await elsewhere.get('/setup/x', lies)).text()).not.toMatch(lie);
  expect(await (await elsewhere.get('/', lies)).text()).not.toMatch(lie);
});

test('no base path can be the beginning of one of our own paths', () => {
  for (const route of Object.keys(allRoutes)) {
    const [, first = ''] = / (\/[^/]*)/.exec(route) ?? [];
    const allowed = first === '/' || baseUrlSchema.safeParse(`https://x.example${first}/club`).success;
    expect([route, allowed]).toEqual([route, first === '/']);
  }
});
