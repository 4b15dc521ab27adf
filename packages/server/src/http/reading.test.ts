// Mail scanners open every link again and again, run scripts and press buttons: GET and HEAD change nothing, whoever asks.

import { expect, test } from 'vitest';
import { dataOf } from '../../../../tests/support/answers.ts';
import { anApp, oneDatabase, password, type TestApp } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { anElection, type ArmedElection, votersOf } from '../../../../tests/support/elections.ts';
import { anElectionIn, replaceLink } from '../../../../tests/support/phases.ts';
import { nobodys } from '../../../../tests/support/routes/world.ts';
import type { Visitor } from '../../../../tests/support/visitors.ts';

const bench = oneDatabase();
const minute = 60_000;
const laterPhases = ['armed', 'open', 'closed', 'deliberated', 'published'] as const;

interface Site {
  readonly at: TestApp;
  readonly ids: readonly string[];
  readonly candidates: readonly string[];
  readonly contests: readonly string[];
  readonly voters: readonly string[];
  readonly links: readonly string[];
  readonly open: ArmedElection;
}

/** An instance with an election in each phase, a code that failed, a log-in that failed and a link that was replaced. */
async function makeBusySite(): Promise<Site> {
  const at = await anApp({ bench: bench() });
  const draft = await anElection(at.db);
  const elections: ArmedElection[] = [];
  for (const phase of laterPhases) elections.push(await anElectionIn(at.db, phase));
  const open = elections[1]!;
  const [, failing, replaced] = open.voters;
  await at
    .visitor()
    .cast(
      { ...failing!, code: failing!.code.replace(/./, (c) => (c === '0' ? '1' : '0')) },
      (await open.seal([0])).ballot,
    );
  await at.visitor().post('/login', { email: 'nobody@example.org', password });
  await replaceLink(at.db, replaced!.id);
  const candidates = (await at.db.reader.selectFrom('candidates').select('id').execute()).map(({ id }) => id);
  const contests = (await at.db.reader.selectFrom('contests').select('id').execute()).map(({ id }) => id);
  const drafted = await votersOf(at.db, draft);
  const links = [...drafted.slice(0, 1), ...elections.flatMap(({ voters }) => voters)].map(({ link }) => link);
  const voters = [drafted[0]!.id, open.voters[1]!.id, nobodys];
  const ids = [draft, ...elections.map(({ id }) => id), nobodys];
  return { at, ids, candidates, contests, voters, links: [...links, nobodys], open };
}

let made: Promise<Site> | undefined;
const aBusySite = (): Promise<Site> => (made ??= makeBusySite());

/** Every address that a GET route of the app has on this site. */
function addresses({ at, ids, candidates, contests, voters, links }: Site): string[] {
  const values: Readonly<Record<string, readonly string[]>> = {
    ':id': ids,
    ':candidate': candidates.slice(0, 2),
    ':logo{[0-9a-f]{64}\\.webp}': [`${'0'.repeat(64)}.webp`],
    ':contest': contests.slice(0, 2),
    ':voter': voters,
    ':import': [nobodys],
    ':mailing': [nobodys],
    ':kind': ['links', 'none'],
    ':link': links,
    ':token': ['x'],
    ':file{[a-z-]+\\.[A-Za-z0-9_-]+\\.(?:js|css|svg)}': ['booth.0a1b.js', 'none.0a1b.css'],
  };
  const expanded = (path: string): string[] => {
    const name = path.split('/').find((part) => part.startsWith(':'));
    return name === undefined
      ? [path]
      : (values[name] ?? [nobodys]).flatMap((value) => expanded(path.replace(name, value)));
  };
  return at.app.routes.filter(({ method }) => method === 'GET').flatMap(({ path }) => expanded(path));
}

async function openAgainAndAgain(browser: Visitor, paths: readonly string[], times = 3): Promise<void> {
  for (const path of paths)
    for (let n = 0; n < times; n++) {
      const [page, head] = [await browser.get(path), await browser.head(path)];
      expect([path, head.status, await head.text()]).toEqual([path, page.status, '']);
      await page.text();
    }
}

const printed = (sheets: string): string[] =>
  [...sheets.matchAll(/http:\/\/localhost:5000(\/vote[^<\s"]*)/g)].map(([, path]) => path!);
const rewritten = (path: string): string[] => [
  path,
  path.replace(/[0-9a-f-]{36}/, (link) => link.toUpperCase()),
  `${path}%23`,
  `${path}%23Sent%20by%20a%20scanner`,
  `${path}?utm_source=mail&utm_campaign=vote&fbclid=x`,
  `${path}?lang=fr`,
  `${path}%23?gclid=1#top`,
];

test('every address opened three times by anyone leaves the database as it was', { timeout: 120_000 }, async () => {
  const site = await aBusySite();
  const { at } = site;
  const [nobody, admin] = [at.visitor(), await at.admin()];
  const others = [await at.as('observer'), await at.unconfirmedAdmin()];
  const paths = addresses(site);
  expect(paths.length).toBeGreaterThan(100);
  at.bench.clockOffsetMs += 2 * minute; // sessions are seen again
  const before = await contentsOf(at.db);
  expect(before).toContain('code_failures: {');
  for (const browser of [nobody, admin]) await openAgainAndAgain(browser, paths);
  for (const browser of others) await openAgainAndAgain(browser, paths, 1);
  expect(await contentsOf(at.db)).toBe(before);
  expect(at.failures()).toEqual([]);
});

test('every printed address, as scanners rewrite it, opens the same booth and changes nothing', async () => {
  const site = await aBusySite();
  const { at, open } = site;
  const sheets = await (await at.as('admin')).get(`/console/elections/${open.id}/sheets`);
  const paths = printed(await sheets.text());
  expect(paths.filter((path) => path.length > '/vote/'.length)).toHaveLength(open.voters.length);
  const before = await contentsOf(at.db);
  for (const path of paths.flatMap(rewritten)) await openAgainAndAgain(at.visitor(), [path]);
  const own = `/vote/${open.voters[1]!.link}`;
  for (const path of rewritten(own)) {
    const page = await at.visitor().get(path);
    expect([path, page.status]).toEqual([path, 200]);
    expect(dataOf(await page.text(), 'booth')['castUrl']).toBe(`/api${own}`);
  }
  expect(await contentsOf(at.db)).toBe(before);
});

test('methods that pretend to be harmless do nothing either', async () => {
  const site = await aBusySite();
  const { at, open } = site;
  const admin = await at.admin();
  const before = await contentsOf(at.db);
  for (const path of [`/console/elections/${open.id}/publish`, '/logout', `/api/vote/${open.voters[1]!.link}`]) {
    const overrides = { 'X-HTTP-Method-Override': 'POST', 'X-Method-Override': 'POST' };
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect((await admin.send(method, `${path}?_method=POST`, { headers: overrides })).status).toBe(404);
  }
  expect(await contentsOf(at.db)).toBe(before);
});

test('the typed key leads to the link and changes nothing', async () => {
  const { at, open } = await aBusySite();
  const { key, link } = open.voters[1]!;
  const before = await contentsOf(at.db);
  for (const typed of [key, key.toLowerCase(), key.replace(/(.{4})(?=.)/g, '$1-'), ` ${key.replace(/(.{4})/g, '$1 ')}`])
    expect((await at.visitor().post('/vote', { key: typed })).headers.get('location')).toBe(`/vote/${link}`);
  expect(await contentsOf(at.db)).toBe(before);
});
