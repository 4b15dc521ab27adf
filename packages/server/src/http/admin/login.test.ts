// Logging in, as someone who guesses sees it: what tells accounts apart, how often one may try, what a session is worth.

import { expect, test } from 'vitest';
import { location } from '../../../../../tests/support/answers.ts';
import {
  anAccount,
  anApp,
  oneDatabase,
  organisation,
  password,
  type TestApp,
} from '../../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { vault } from '../../../../../tests/support/elections.ts';
import { aVisitor, french, type Visitor } from '../../../../../tests/support/visitors.ts';

const bench = oneDatabase();
const minute = 60_000;
const hour = 60 * minute;
const wrong = 'not the password';

const token = (browser: Visitor): string => browser.cookies.get('votix_session') ?? '';
/** Somebody else who has got hold of this token. */
function thief(at: TestApp, stolen: string): Visitor {
  const browser = at.visitor();
  browser.cookies.set('votix_session', stolen);
  return browser;
}
const isIn = async (browser: Visitor): Promise<boolean> => (await browser.get('/console')).status === 200;
const guess = (at: TestApp, email: string, typed = wrong, browser = at.visitor()) =>
  browser.post('/login', { email, password: typed, next: '/console' });
const text = async (answer: Response, email: string) => (await answer.text()).replaceAll(email, 'EMAIL');

test.each([
  ['en', {}, 'password is wrong'],
  ['fr', french, 'mot de passe est incorrect'],
] as const)(
  'a wrong password and an unknown account get the same answer, and neither is shown again (%s)',
  async (_language, headers, words) => {
    const at = await anApp({ bench: bench() });
    const { email } = await anAccount(at.db, 'admin', 'Ada');
    const nobody = `${crypto.randomUUID()}@example.org`;
    const answers = [email, nobody].map((name) =>
      at
        .visitor()
        .post('/login', { email: name, password: wrong }, headers)
        .then(async (answer) => [answer.status, await text(answer, name)]),
    );
    const [known, unknown] = await Promise.all(answers);
    expect(known).toEqual(unknown);
    expect(known).toEqual([401, expect.stringContaining(words)]);
    expect(known?.[1]).not.toContain(wrong);
    expect(known?.[1]).toContain('value="EMAIL"');
  },
);

test('a log-in gives a new token, and the one before is worth nothing', async () => {
  const at = await anApp({ bench: bench() });
  const browser = await at.as('admin');
  const planted = token(browser);
  expect(await isIn(thief(at, planted))).toBe(true);
  expect(location(await guess(at, browser.account.email.toUpperCase(), password, browser))).toBe('/console');
  expect(token(browser)).not.toBe(planted);
  expect(await isIn(browser)).toBe(true);
  expect(await isIn(thief(at, planted))).toBe(false);
  const fixed = thief(at, 'a-token-that-an-attacker-has-chosen');
  await guess(at, browser.account.email, password, fixed);
  expect(token(fixed)).not.toContain('chosen');
});

test('confirming the password gives a new token, too, and does not make the session longer', async () => {
  const at = await anApp({ bench: bench() });
  const browser = await at.unconfirmedAdmin();
  const before = token(browser);
  const created = async () =>
    (await at.db.reader.selectFrom('sessions').select('created_at').orderBy('created_at').execute()).map(
      (row) => row.created_at,
    );
  const known = await created();
  expect((await browser.post('/reauthenticate', { password: wrong })).status).toBe(401);
  expect(token(browser)).toBe(before);
  expect(location(await browser.post('/reauthenticate', { password, next: '/console/recovery' }))).toBe(
    '/console/recovery',
  );
  expect((await browser.get('/console/recovery')).status).toBe(200);
  expect(await isIn(thief(at, before))).toBe(false);
  expect(await created()).toEqual(known);
});

test('logging out ends the session on the server, whatever the browser keeps', async () => {
  const at = await anApp({ bench: bench() });
  const browser = await at.admin();
  const kept = token(browser);
  const answer = await browser.post('/logout');
  expect([answer.status, location(answer), token(browser)]).toEqual([303, '/login', '']);
  expect(await isIn(thief(at, kept))).toBe(false);
});

test('a session ends after an hour without a request, and after twelve with them', async () => {
  const at = await anApp();
  const [idle, busy] = [await at.admin(), await at.admin()];
  at.bench.clockOffsetMs = hour - minute;
  expect(await isIn(busy)).toBe(true);
  at.bench.clockOffsetMs = hour + minute;
  expect(await isIn(idle)).toBe(false);
  for (let passed = 1; passed < 12; passed++) {
    at.bench.clockOffsetMs = passed * hour + 30 * minute - 1;
    expect(await isIn(busy)).toBe(true);
    at.bench.clockOffsetMs += 29 * minute;
    expect(await isIn(busy)).toBe(true);
  }
  at.bench.clockOffsetMs = 12 * hour + minute;
  expect(await isIn(busy)).toBe(false);
});

test('a role that is taken away is gone with the next request', async () => {
  const at = await anApp({ bench: bench() });
  const browser = await at.as('admin');
  await at.db.write((tx) =>
    tx.updateTable('accounts').set({ role: 'observer' }).where('id', '=', browser.account.id).execute(),
  );
  expect((await browser.get('/console/elections/new')).status).toBe(403);
  await at.db.write((tx) => tx.deleteFrom('accounts').where('id', '=', browser.account.id).execute());
  expect(location(await browser.get('/console'))).toBe('/login?next=%2Fconsole');
});

test.each(['', 'x', 'A'.repeat(43), '%00', `"'--`, 'x'.repeat(5000)])('the token %j is nobody', async (invented) => {
  const at = await anApp({ bench: bench() });
  expect(location(await thief(at, invented).get('/console'))).toBe('/login?next=%2Fconsole');
});

test('the password is asked again before every act that matters, sixteen minutes after it was given', async () => {
  const at = await anApp();
  const browser = await at.admin();
  at.bench.clockOffsetMs = 16 * minute;
  const id = crypto.randomUUID();
  expect(await isIn(browser)).toBe(true);
  for (const path of [
    '/console/recovery',
    ...['arm', 'sheets', 'deliberate'].map((step) => `/console/elections/${id}/${step}`),
  ])
    expect(location(await browser.get(path))).toBe(`/reauthenticate?next=${encodeURIComponent(path)}`);
  expect(location(await browser.post(`/console/elections/${id}/publish`))).toContain('/reauthenticate?next=');
  expect(location(await browser.post(`/console/elections/${id}/sheets`))).toContain('/reauthenticate?next=');
  for (const answer of [
    await browser.json(`/api/elections/${id}/arm`, {}),
    await browser.json(`/api/elections/${id}/result`, {}),
    await browser.get(`/api/elections/${id}/box`),
  ])
    expect(await answer.json()).toMatchObject({
      status: 401,
      reason: 'reauthentication-required',
      reauthenticateUrl: '/reauthenticate',
    });
});

const elsewhere = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  '/console#x',
  '/console\r\nSet-Cookie: a=b',
  ' /console',
  '/%0a',
  '/\u0000',
  '/\u2028/evil.example',
  '/é',
  '',
];

test.each(elsewhere)('after the log-in nobody is led to %j', async (next) => {
  const at = await anApp({ bench: bench() });
  const { email } = await anAccount(at.db, 'admin', 'Ada');
  const browser = at.visitor();
  const form = await (await browser.get(`/login?next=${encodeURIComponent(next)}`)).text();
  expect(/name="next" value="([^"]*)"/.exec(form)?.[1]).toMatch(/^\/(console|%0a)$/);
  for (const [path, fields] of [
    ['/login', { email }],
    ['/reauthenticate', {}],
  ] as const) {
    const place = new URL(location(await browser.post(path, { ...fields, password, next })), 'http://localhost:5000');
    expect(place.origin).toBe('http://localhost:5000');
    expect(place.pathname).toMatch(/^\/(console|%0a)$/);
  }
});

test('a page asked for before the log-in is opened after it, without what was asked of it', async () => {
  const at = await anApp({ bench: bench() });
  const { email } = await anAccount(at.db, 'admin', 'Ada');
  const browser = at.visitor();
  const door = location(await browser.get('/console/elections/new?x=//evil.example'));
  expect(door).toBe('/login?next=%2Fconsole%2Felections%2Fnew');
  const next = new URL(door, 'http://localhost').searchParams.get('next') ?? '';
  expect(location(await browser.post('/login', { email, password, next }))).toBe('/console/elections/new');
});

onBothDatabases((both) => {
  test.each(['a known', 'an unknown'])(
    'twenty guesses at once at %s account are five; then even the right password waits',
    async (kind) => {
      const at = await anApp({ bench: both() });
      const account = await anAccount(at.db, 'admin', 'Ada');
      const email = kind === 'a known' ? account.email : `${crypto.randomUUID()}@example.org`;
      const answers = await Promise.all(Array.from({ length: 20 }, () => guess(at, email)));
      const refused = answers.filter(({ status }) => status === 401);
      const slowed = answers.filter(({ status }) => status === 429);
      expect([refused.length, slowed.length]).toEqual([5, 15]);
      const paused = await guess(at, email, password);
      expect([paused.status, await paused.text()]).toEqual([429, expect.stringContaining('Too many attempts')]);
      const waitMs = Date.parse(paused.headers.get('retry-after') ?? '') - (await at.db.now());
      expect(Math.round(waitMs / minute)).toBe(1);
      at.bench.clockOffsetMs += minute + 1000;
      expect((await guess(at, email, password)).status).toBe(kind === 'a known' ? 303 : 401);
    },
  );

  test('confirming the password is slowed, but strangers at the log-in keep no administrator from confirming', async () => {
    const at = await anApp({ bench: both() });
    const browser = await at.as('admin');
    for (let n = 0; n < 6; n++) await guess(at, browser.account.email, wrong);
    expect((await guess(at, browser.account.email, password)).status).toBe(429);
    for (let n = 0; n < 5; n++) expect((await browser.post('/reauthenticate', { password: wrong })).status).toBe(401);
    expect((await browser.post('/reauthenticate', { password })).status).toBe(429);
  });
});

test('one address that tries many accounts is slowed, another is not, and forged headers do not help', async () => {
  const at = await anApp({ trustedProxies: ['10.0.0.0/8'] });
  const from = (peer: string) => aVisitor(at.app, organisation.baseUrl, peer);
  const attempt = (peer: string, forwarded: string, n = 0) =>
    from(peer).post('/login', { email: `${n}@example.org` }, { 'X-Forwarded-For': forwarded });
  const name = vault.hash('throttle', 'address 203.0.113.1');
  await at.db.write((tx) =>
    tx.insertInto('throttles').values({ name, attempts: 47, pauses: 0, paused_until: 0, seen_at: 0 }).execute(),
  );
  const tries = Array.from({ length: 8 }, (_, n) => attempt('203.0.113.1', `198.51.100.${n}`, n));
  const slowed = (await Promise.all(tries)).filter(({ status }) => status === 429);
  expect(slowed).toHaveLength(5); // the fiftieth attempt was the last
  expect((await attempt('10.0.0.1', '198.51.100.7, 203.0.113.1')).status).toBe(429);
  expect((await attempt('10.0.0.1', '203.0.113.1, 198.51.100.7')).status).toBe(401);
  expect((await attempt('203.0.113.2', '203.0.113.1')).status).toBe(401);
});
