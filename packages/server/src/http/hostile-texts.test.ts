// Texts that people type are shown as they are typed: no markup, no script, no template, on any page.

import { expect, test } from 'vitest';
import { encodeDefinition } from '@votix/protocol';
import { definitionOf } from '../domain/arming.ts';
import { readElection } from '../domain/elections.ts';
import { listVoters } from '../storage/voters.ts';
import { dataOf, location, textOf } from '../../../../tests/support/answers.ts';
import { anApp, oneDatabase } from '../../../../tests/support/app.ts';
import {
  aHostileSite,
  expectHarmless,
  hostile,
  hostileMail,
  liveThrough,
  shortHostile,
  type Site,
} from '../../../../tests/support/hostile-site.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';

const bench = oneDatabase();

/** Set-up is over, nobody comes back from Google, metrics hold no texts, the others belong to another kind of election or to no running one. */
const elsewhere = [
  '/setup/',
  '/trustee',
  '/registrar',
  '/credential',
  '/reserve.json',
  '/elections/:id/board',
  '/api/live/',
  '/archive.bel',
  '/strict.json',
  '/logos/',
  '/assets/',
  '/auth/',
  '/metrics',
  '/api/directory/',
];
const routes = Object.keys(allRoutes).filter((route) => !elsewhere.some((part) => route.includes(part)));
const pages = routes.flatMap((route) => /^GET (.+)$/.exec(route)?.[1] ?? []);

/** Every address that the route stands for on this site. */
const pathOf = (route: string, { places, userPage }: Site): string =>
  route.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) => {
    const token = /choose-password\/([\w-]+)/.exec(userPage)?.[1];
    const place = {
      ...places,
      election: places['id'],
      token,
      tab: 'general',
      act: 'test',
      deed: 'connect',
      passkey: 'x',
      approval: 'x',
    }[name];
    if (place === undefined) throw new Error(`Where is ${name} of ${route}?`);
    return place;
  });

const isPage = (answer: Response) => answer.headers.get('content-type')?.startsWith('text/html') === true;

test('every page of every phase shows every hostile text as text', { timeout: 120_000 }, async () => {
  const site = await aHostileSite(bench());
  expectHarmless('a new user', site.userPage);
  const shown = [textOf(site.userPage)];
  const seen = new Set<string>();
  await liveThrough(site, async () => {
    for (const route of pages) {
      const answer = await site.admin.get(pathOf(route, site));
      if (answer.ok || answer.status === 303) seen.add(route);
      if (!isPage(answer)) continue;
      const page = await answer.text();
      expectHarmless(route, page);
      shown.push(textOf(page));
    }
  });
  expect(pages.filter((route) => !seen.has(route))).toEqual([]);
  const read = shown.join('\n');
  for (const mark of ['E', 'Q', 'Q2', 'D', 'D2', 'N', 'N2', 'T', 'A', 'U', 'O', 'C', 'L', 'F', 'B', 'RE', 'RC'])
    expect([mark, read.includes(hostile(mark))]).toEqual([mark, true]);
  for (const mark of ['P', 'L2', 'F2', 'P2', 'B2'])
    expect([mark, read.includes(shortHostile(mark))]).toEqual([mark, true]);
  for (const mark of ['MS', 'MB']) expect([mark, read.includes(hostileMail(mark))]).toEqual([mark, true]);
});

/** Names of all fields that a page of this site has, and what pages read from their address. */
async function fieldsOf(site: Site): Promise<string[]> {
  const names = new Set(['q', 'next', 'done', 'lang', 'page', 'sort', 'status', 'locale', 'paper', 'key', 'receipt']);
  for (const route of pages) {
    const page = await (await site.admin.get(pathOf(route, site))).text();
    for (const [, name] of page.matchAll(/<(?:input|textarea|select)[^>]*\sname="([^"]+)"/g)) names.add(name!);
  }
  return [...names];
}

const typedInto = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, hostile('X').repeat(3)])); // too long for a name

test('what an address asks is shown as text, on every page', { timeout: 60_000 }, async () => {
  const site = await aHostileSite(bench());
  const query = new URLSearchParams(typedInto(await fieldsOf(site))).toString();
  for (const route of pages) {
    const answer = await site.admin.get(`${pathOf(route, site)}?${query}`);
    expect([route, site.at.failures()]).toEqual([route, []]);
    if (isPage(answer)) expectHarmless(route, await answer.text());
  }
});

test('what was typed into any form is shown again as text', { timeout: 60_000 }, async () => {
  const site = await aHostileSite(bench());
  const typed = typedInto(await fieldsOf(site));
  const forms = routes.filter((route) => route.startsWith('POST') && !/logout|\/api\//.test(route));
  const again: string[] = [];
  for (const route of forms) {
    const answer = await site.admin.post(pathOf(route.slice('POST '.length), site), typed);
    expect([route, site.at.failures()]).toEqual([route, []]);
    if (!isPage(answer)) continue;
    const page = await answer.text();
    expectHarmless(route, page);
    if (page.includes('X&quot;')) again.push(route);
  }
  const steps = ['/details', '/candidates', '/voters', '/contests/new', '/rules', '/mails/texts/:kind'];
  for (const path of steps) expect(again).toContain(`POST /console/elections/:id${path}`);
  for (const path of ['/console/users/new', '/console/users/:account', '/console/buildings/new', '/login', '/vote'])
    expect(again).toContain(`POST ${path}`);
});

test('the programs are given exactly the texts that were typed, in JSON that cannot be left', async () => {
  const { at, admin, id } = await aHostileSite(bench());
  const page = await (await admin.get(`/console/elections/${id}/arm`)).text();
  const data = dataOf(page, 'keys');
  const election = (await readElection(at.db.reader, id))!;
  expect(data).toMatchObject({ electionName: hostile('E'), definition: encodeDefinition(definitionOf(election)) });
  expect(data['fileName']).toMatch(/^votix-key-[a-z0-9-]{1,40}\.pem$/);
  const [voter] = await listVoters(at.db.reader, id, { limit: 1, offset: 0 });
  expect(JSON.stringify(voter)).toContain('<img');
});

test('what was typed wrongly is shown again as text, and so is what an address says', async () => {
  const { at, admin, id } = await aHostileSite(bench());
  const text = hostile('X');
  const forms: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['/login', { email: text, password: text, next: text }],
    ['/reauthenticate', { password: text, next: text }],
    ['/vote', { key: text }],
    [
      `/console/elections/${id}/details`,
      { name: text, zone: text, opensAt: text, closesAt: text, minimumBallots: text, contestTitle: text },
    ],
    [`/console/elections/${id}/candidates`, { name: text.repeat(3), text }],
    [
      `/console/elections/${id}/voters`,
      { lastName: text, firstName: text, email: text, promotion: text, building: text },
    ],
  ];
  for (const [path, fields] of forms) {
    const answer = await admin.post(path, fields);
    expect([path, answer.status]).toEqual([path, path === '/login' || path === '/reauthenticate' ? 401 : 400]);
    expectHarmless(path, await answer.text());
  }
  const upload = await admin.upload(`/console/elections/${id}/voters/import`, `${text}\n${text},${text}`);
  expectHarmless('import', await (await admin.get(location(upload))).text());
  const typed = encodeURIComponent(text);
  for (const path of [
    `/login?next=${typed}`,
    `/${typed}`,
    `/?lang=${typed}`,
    `/vote/${typed}`,
    `/elections/${typed}?x=${typed}`,
    `/console?done=${typed}`,
    `/?"><script>alert(1)</script>`,
    `/'-alert(1)-'?'"><b>`,
  ])
    expectHarmless(path, await (await at.visitor().get(path)).text());
  expectHarmless('receipt', await (await admin.post(`/elections/${id}/receipt`, { receipt: text })).text());
});

test.each(['=HYPERLINK("https://evil.example")', '𝕬𝖓𝖓 e\u0301'])('the name %j is kept as it is', async (lastName) => {
  const { at, admin, id } = await aHostileSite(bench());
  const email = `${crypto.randomUUID()}@example.org`;
  const form = { lastName, firstName: 'x', email, promotion: '', building: '' };
  expect((await admin.post(`/console/elections/${id}/voters`, form)).status).toBe(303);
  const rows = await listVoters(at.db.reader, id, { limit: 10, offset: 0 });
  expect(rows.find((row) => row.email === email)?.last_name).toBe(lastName);
  expectHarmless('voters', await (await admin.get(`/console/elections/${id}/voters`)).text());
});

test.each([
  '..%2f..%2fpackage.json',
  '../package.json',
  '%2e%2e/manifest.json',
  'manifest.json',
  'licences.txt',
  '..%5cbooth.0a1b.js',
  'booth.0a1b.js%00.css',
  'booth.0a1b.js/',
  '/etc/passwd',
  'booth.0a1b.JS',
  '.booth.0a1b.js',
  '....//booth.0a1b.js',
  '%252e%252e%252fx.a.js',
  'C:%5cx.a.js',
])('no file is read at /assets/%s', async (file) => {
  const at = await anApp({ bench: bench() });
  const answer = await at.visitor().get(`/assets/${file}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
});
