// Requests from other places change nothing, and every answer carries the strict headers, whatever it is.

import { expect, test } from 'vitest';
import { vault } from '../../../../tests/support/elections.ts';
import { issueSetupToken } from '../domain/setup.ts';
import { problemOf } from '../../../../tests/support/answers.ts';
import { anApp, oneDatabase, organisation, type TestApp } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { consoleRoutes } from '../../../../tests/support/routes/console.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { aWorld, nobodys, type Row } from '../../../../tests/support/routes/world.ts';
import type { Visitor } from '../../../../tests/support/visitors.ts';

const bench = oneDatabase();
const rows: readonly (readonly [string, Row])[] = Object.entries(allRoutes).filter(([route]) =>
  route.startsWith('POST'),
);

const evil = 'https://evil.example';
const foreign: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'another site': { 'Sec-Fetch-Site': 'cross-site', Origin: evil },
  'another site that hides': { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
  'another site that lies in one header': { 'Sec-Fetch-Site': 'cross-site' },
  'a sibling of this site': { 'Sec-Fetch-Site': 'same-site', Origin: 'http://wiki.localhost:5000' },
  'no page at all': { 'Sec-Fetch-Site': 'none' },
  'two places at once': { 'Sec-Fetch-Site': 'same-origin, cross-site' },
  'an old browser on another site': { Origin: evil },
  'a sandboxed frame': { Origin: 'null' },
  'a client that says nothing': { Origin: '' },
  'another port': { Origin: 'http://localhost:5001' },
  'no port': { Origin: 'http://localhost' },
  'another scheme': { Origin: 'https://localhost:5000' },
  'a name that begins alike': { Origin: 'http://localhost:5000.evil.example' },
  'a page of ours, as a referrer only': { Origin: '', Referer: 'http://localhost:5000/console' },
};

let made: ReturnType<typeof makeSite> | undefined;
const site = () => (made ??= makeSite());

async function makeSite() {
  const at = await anApp({ bench: bench() });
  return { at, admin: await at.admin(), id: (await anElectionIn(at.db, 'closed')).id };
}

/** The same browser, whose requests say that they come from elsewhere. */
const from = (headers: Readonly<Record<string, string>>, browser: Visitor): Visitor => ({
  ...browser,
  post: (path, fields, more) => browser.post(path, fields, { ...headers, ...more }),
  upload: (path, text, more) => browser.upload(path, text, { ...headers, ...more }),
  json: (path, body, more) => browser.json(path, body, { ...headers, ...more }),
  cast: (voter, ballot, more) => browser.cast(voter, ballot, { ...headers, ...more }),
});

test.each(rows)('%s is refused from every other place and changes nothing', async (route, row) => {
  const { at, admin } = await site();
  const world = await aWorld(at, row);
  const before = await contentsOf(at.db);
  for (const [place, headers] of Object.entries(foreign)) {
    const answer = await row.act(from(headers, admin), world);
    expect([place, answer.status]).toEqual([place, 403]);
    if (route.includes('/api/')) expect(await problemOf(answer)).toMatchObject({ reason: 'foreign-request' });
    else expect(await answer.text()).toContain('This request came from another place');
  }
  expect(await contentsOf(at.db)).toBe(before);
});

test.each([
  ['the origin of the base URL', { Origin: 'http://localhost:5000' }],
  ['the same origin in the words of a browser', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:5000' }],
])('a request from %s is taken', async (_place, headers) => {
  const at = await anApp({ bench: bench() });
  expect((await at.visitor().post('/logout', {}, headers)).status).toBe(303);
});

test('before set-up the address in use counts, and other places are refused, also with the right link', async () => {
  const at = await anApp({ organisation: 'not set up' });
  const link = `/setup/${await issueSetupToken(at.db, vault)}`;
  const form = { ...organisation, retentionDays: '90' };
  const before = await contentsOf(at.db);
  for (const [place, headers] of Object.entries(foreign)) {
    const answer = await at.visitor().post(link, form, { ...headers, 'X-Forwarded-Host': 'evil.example' });
    expect([place, answer.status]).toEqual([place, 403]);
  }
  expect(await contentsOf(at.db)).toBe(before);
  expect((await at.visitor().post(link, form, { Origin: 'http://localhost:5000' })).status).toBe(303);
});

const strict = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
];

function expectStrict(what: string, { headers }: Response): void {
  for (const [name, value] of Object.entries(strict))
    expect([what, name, headers.get(name)]).toEqual([what, name, value]);
  const policy = (headers.get('content-security-policy') ?? '').split('; ');
  for (const directive of directives) expect([what, policy]).toEqual([what, expect.arrayContaining([directive])]);
  expect(policy.join()).not.toMatch(/unsafe|\*|data:|blob:|http/);
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin']) expect(headers.get(name)).toBeNull();
}

type Ask = (browser: Visitor, admin: Visitor, id: string) => Promise<Response>;
const answers: Readonly<Record<string, readonly [status: number, ask: Ask]>> = {
  'a page': [200, (b) => b.get('/')],
  'its head': [200, (b) => b.head('/')],
  'a page of the console': [200, (_, admin) => admin.get('/console')],
  'the booth’s door': [404, (b) => b.get(`/vote/${nobodys}`)],
  'a page that is not there': [404, (b) => b.get('/nowhere')],
  'a path of two slashes': [404, (b) => b.get('//')],
  'a path of three': [404, (b) => b.get('///x')],
  'a path that is no path': [404, (b) => b.get('//[')],
  'half a percent sign': [404, (b) => b.get('/%')],
  'no text': [404, (b) => b.get('/elections/%00')],
  'a redirect': [303, (b) => b.get('/console')],
  'a redirect of its head': [303, (b) => b.head('/console')],
  'a form from elsewhere': [403, (b) => b.post('/login', {}, { Origin: evil })],
  'a wrong password': [401, (b) => b.post('/login')],
  'a form that is too large': [413, (b) => b.post('/login', { email: 'x'.repeat(70_000) })],
  'a refused cast': [400, (b) => b.json('/api/vote/x', {})],
  'a problem document': [401, (b) => b.get(`/api/elections/${nobodys}/box`)],
  'a ballot box': [200, (_, admin, id) => admin.get(`/api/elections/${id}/box`)],
  'a record': [200, (b, _, id) => b.get(`/elections/${id}/record`)],
  'a method of its own': [404, (b) => b.send('PROPFIND', '/', { headers: { 'Sec-Fetch-Site': 'same-origin' } })],
  options: [404, (b) => b.send('OPTIONS', '/')],
  'a script': [200, (b) => b.get('/assets/booth.0a1b.js')],
  'a script that is not there': [404, (b) => b.get('/assets/booth.0000.js')],
  'the icon': [200, (b) => b.get('/icon.svg')],
  'the health': [200, (b) => b.get('/livez')],
};

test.each(Object.entries(answers))('%s carries the strict headers', async (what, [status, ask]) => {
  const { at, admin, id } = await site();
  const answer = await ask(at.visitor(), admin, id);
  expect(answer.status).toBe(status);
  expectStrict(what, answer);
  const isFile = ['a script', 'the icon'].includes(what);
  expect(answer.headers.get('cache-control')).toMatch(isFile ? /^public, max-age=\d+/ : /^no-store$/);
  expect(answer.headers.get('strict-transport-security')).toBeNull();
});

test('an instance that is not set up, and one on https, carry them too', async () => {
  const fresh = await anApp({ organisation: 'not set up' });
  for (const path of ['/', '/setup/x', '/livez', '/assets/booth.0a1b.js'])
    expectStrict(path, await fresh.visitor().get(path));
  const secure = await anApp({ baseUrl: 'https://vote.example.org' });
  for (const path of ['/', '/nowhere', '/console', '/livez', '/icon.svg']) {
    const answer = await secure.visitor().get(path);
    expectStrict(path, answer);
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8,}$/);
  }
});

const pages = ['', '/details', '/candidates', '/voters', '/voters/import', '/arm', '/sheets', '/deliberate', '/result'];

async function everyPage(at: TestApp): Promise<string[]> {
  const [admin, draft] = [await at.admin(), await aWorld(at, consoleRoutes['GET /console']!)];
  const [open, closed] = [await anElectionIn(at.db, 'open'), await anElectionIn(at.db, 'closed')];
  const consolePaths = [draft.id, open.id, closed.id].flatMap((id) =>
    pages.map((path) => `/console/elections/${id}${path}`),
  );
  const others = [
    '/',
    '/vote',
    `/vote/${open.voters[1]!.link}`,
    `/elections/${open.id}`,
    '/login',
    '/reauthenticate',
    '/console/recovery',
    '/nowhere',
  ];
  return Promise.all([...others, ...consolePaths].map(async (path) => (await admin.get(path)).text()));
}

test('no page has an inline script, style or handler, or loads anything from elsewhere', async () => {
  for (const page of await everyPage(await anApp({ bench: bench() }))) {
    for (const [tag] of page.matchAll(/<script[^>]*>/g))
      expect(tag).toMatch(/type="application\/json"|src="\/assets\/[\w.-]+" +integrity="sha384-/);
    const tags = page.replace(/<script type="application\/json".*?<\/script>/gs, '').match(/<[^>]*>/g) ?? [];
    for (const tag of tags)
      expect(tag).not.toMatch(/^<(style|iframe|object|embed|base)\b|\s(on\w+|style|srcdoc)=|javascript:/i);
    for (const tag of tags) expect(tag).not.toMatch(/(src|href|action)="(https?:)?\/\//);
  }
});
