// The set-up link: who has not got it gets nothing, who has it makes exactly one administrator.

import { expect, test } from 'vitest';
import { issueSetupToken } from '../../domain/setup.ts';
import { location, problemOf, textOf } from '../../../../../tests/support/answers.ts';
import { anAccount, anApp, organisation, password, secret, type TestApp } from '../../../../../tests/support/app.ts';
import { vault } from '../../../../../tests/support/elections.ts';
import { contentsOf } from '../../../../../tests/support/contents.ts';
import { anEmptyDatabase, bothKinds } from '../../../../../tests/support/databases.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import { type Database, openDatabase } from '../../storage/database.ts';

const administrator = { name: 'Claire Martin', email: 'claire@example.org', password, passwordAgain: password };
const organisationForm = { ...organisation, retentionDays: '90' };

async function anEmptyInstance(): Promise<{ at: TestApp; link: string }> {
  const at = await anApp({ organisation: 'not set up' });
  return { at, link: `/setup/${await issueSetupToken(at.db, vault)}` };
}

const accounts = (at: TestApp) => at.db.reader.selectFrom('accounts').selectAll().execute();

test('the link leads through two pages to the recovery sheet, and then it is spent', async () => {
  const { at, link } = await anEmptyInstance();
  const browser = at.visitor();
  expect((await browser.get(link)).status).toBe(200);
  expect(location(await browser.post(link, organisationForm))).toBe(`${link}/administrator`);
  expect((await browser.get(`${link}/administrator`)).status).toBe(200);
  expect(location(await browser.post(`${link}/administrator`, administrator))).toBe('/console/recovery');
  const sheet = await (await browser.get('/console/recovery')).text();
  expect(textOf(sheet).replaceAll(' ', '')).toContain(secret);
  for (const path of [link, `${link}/administrator`]) {
    for (const answer of [
      await browser.get(path),
      await browser.post(path, { ...organisationForm, ...administrator }),
    ]) {
      expect(answer.status).toBe(403);
      expect(textOf(await answer.text())).toContain('This set-up link is not valid');
    }
  }
  expect(await accounts(at)).toHaveLength(1);
  expect(at.log()).not.toContain(link.slice('/setup/'.length));
});

test('a wrong link and none open nothing and store nothing', async () => {
  const { at, link } = await anEmptyInstance();
  const before = await contentsOf(at.db);
  for (const path of [
    '/setup/x',
    `/setup/${'A'.repeat(32)}`,
    `${link}x`,
    link.slice(0, -1),
    '/setup/undefined',
    '/setup/%20',
  ]) {
    for (const page of [path, `${path}/administrator`]) {
      expect((await at.visitor().get(page)).status).toBe(403);
      expect((await at.visitor().post(page, { ...organisationForm, ...administrator })).status).toBe(403);
    }
  }
  expect((await at.visitor().get('/setup')).status).toBe(503);
  expect(await contentsOf(at.db)).toBe(before);
  await at.db.write((tx) => tx.deleteFrom('settings').execute());
  for (const token of ['', 'undefined', 'null', 'x'])
    expect((await at.visitor().get(`/setup/${token}`)).status).toBeGreaterThan(400);
});

test('the first session follows the address that set-up has just saved', async () => {
  const { at, link } = await anEmptyInstance();
  const browser = at.visitor();
  await browser.post(link, { ...organisationForm, baseUrl: 'https://vote.example.org/votes' });
  const answer = await browser.post(`${link}/administrator`, administrator);
  expect(answer.headers.get('Set-Cookie')).toMatch(/^votix_session=[\w-]{43}; Path=\/votes; HttpOnly; Secure/);
});

test('the second page without the first makes no administrator', async () => {
  const { at, link } = await anEmptyInstance();
  expect(location(await at.visitor().get(`${link}/administrator`))).toBe(link);
  expect((await at.visitor().post(`${link}/administrator`, administrator)).status).toBe(403);
  expect(await accounts(at)).toEqual([]);
  expect((await at.visitor().get(link)).status).toBe(200);
});

/** Writing waits until this many have come to it: then they are really at once. */
function meeting(expected: number): (db: Database) => Database {
  let [come, open] = [0, () => {}];
  const together = new Promise<void>((resolve) => (open = resolve));
  return (db) => ({
    ...db,
    write: async (work) => {
      if (++come === expected) open();
      await together;
      return db.write(work);
    },
  });
}

test.each(bothKinds)('of four who finish at once one becomes the administrator (%s)', async (kind) => {
  const { address, drop } = await anEmptyDatabase(kind);
  const db = await openDatabase(address);
  try {
    const bench = { db, clockOffsetMs: 0 };
    const at = await anApp({ bench, organisation: 'not set up' });
    const crowd = await anApp({ bench, organisation: 'not set up', breaking: meeting(4) });
    const link = `/setup/${await issueSetupToken(db, vault)}`;
    await at.visitor().post(link, organisationForm);
    const finish = (n: number) =>
      crowd.visitor().post(`${link}/administrator`, { ...administrator, email: `claire${n}@example.org` });
    const answers = await Promise.all([1, 2, 3, 4].map(finish));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 403, 403, 403]);
    expect(await accounts(at)).toHaveLength(1);
  } finally {
    await db.close();
    await drop();
  }
});

test.each([
  ['en', {}, 'one-time link in the terminal'],
  ['fr', french, 'lien à usage unique dans le terminal'],
] as const)('before set-up every other page says so in words (%s)', async (language, headers, words) => {
  const { at } = await anEmptyInstance();
  const before = await contentsOf(at.db);
  for (const path of [
    '/',
    '/login',
    '/vote',
    '/vote/x',
    '/console',
    '/console/recovery',
    '/elections/x',
    '/arm',
    '/nowhere',
  ]) {
    const answer = await at.visitor().get(path, headers);
    expect([path, answer.status]).toEqual([path, 503]);
    expect(await answer.text()).toContain(words);
  }
  for (const path of ['/login', '/logout', '/vote', '/reauthenticate', '/console/elections/new'])
    expect((await at.visitor().post(path, {}, headers)).status).toBe(503);
  const cast = await at.visitor().cast({ link: 'x', code: '0000' }, 'x', headers);
  expect(await problemOf(cast, language)).toMatchObject({ status: 503, reason: 'not-set-up' });
  for (const path of ['/livez', '/readyz', '/icon.svg', '/assets/styles.0a1b.js'])
    expect((await at.visitor().get(path)).status).toBe(200);
  expect(await contentsOf(at.db)).toBe(before);
});

const wrongOrganisation: readonly (readonly [keyof typeof organisationForm, string])[] = [
  ['organisation', ''],
  ['organisation', 'x'.repeat(121)],
  ['contactName', ' \t '],
  ['contactEmail', 'claire'],
  ['contactEmail', 'claire@example.org\r\nBcc: all@example.org'],
  ['retentionDays', '91'],
  ['retentionDays', ''],
  ['language', 'de'],
  ['zone', 'Europe/Atlantis'],
  ...[
    '',
    'vote.example.org',
    'ftp://vote.example.org',
    'javascript:alert(1)',
    'http://',
    '/votes',
    'https://vote.example.org/a;b',
  ].map((url) => ['baseUrl', url] as const),
];

test.each(wrongOrganisation)('a wrong %s (%j) keeps what was typed and has one sentence', async (field, value) => {
  const { at, link } = await anEmptyInstance();
  const before = await contentsOf(at.db);
  const answer = await at
    .visitor()
    .post(link, { ...organisationForm, organisation: 'Les <Jonquilles>', [field]: value });
  const page = await answer.text();
  expect(answer.status).toBe(400);
  expect(page.match(/class="problem" id="(\w+)-problem"/g)).toEqual([`class="problem" id="${field}-problem"`]);
  if (field !== 'organisation') expect(page).toContain('value="Les &lt;Jonquilles&gt;"');
  expect(page).toContain(`<a href="#${field}">`);
  expect(await contentsOf(at.db)).toBe(before);
});

test('everything wrong is said at once, in both languages', async () => {
  const { at, link } = await anEmptyInstance();
  for (const headers of [{}, french]) {
    const page = await (await at.visitor().post(link, {}, headers)).text();
    expect(page.match(/class="problem" id=/g)).toHaveLength(Object.keys(organisationForm).length);
  }
});

test.each([
  ['name', { name: '' }],
  ['email', { email: 'claire@' }],
  ['password', { password: 'eleven char', passwordAgain: 'eleven char' }],
  ['password', { password: 'x'.repeat(257), passwordAgain: 'x'.repeat(257) }],
  ['passwordAgain', { passwordAgain: `${password} ` }],
])('an administrator with a wrong %s is not made, and no password comes back', async (field, change) => {
  const { at, link } = await anEmptyInstance();
  await at.visitor().post(link, organisationForm);
  const answer = await at.visitor().post(`${link}/administrator`, { ...administrator, ...change });
  const page = await answer.text();
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
  expect(page.match(/class="problem" id="(\w+)-problem"/g)).toEqual([`class="problem" id="${field}-problem"`]);
  if (field !== 'name') expect(page).toContain('value="Claire Martin"');
  expect(page).not.toMatch(/correct horse|eleven char|x{20}/);
  expect(await accounts(at)).toEqual([]);
});

test('where the command line has made an administrator, set-up asks only for the organisation', async () => {
  const { at, link } = await anEmptyInstance();
  const { email } = await anAccount(at.db, 'admin', 'Ada');
  const browser = at.visitor();
  expect(textOf(await (await browser.get(link)).text())).toContain('An administrator exists already');
  expect(location(await browser.get(`${link}/administrator`))).toBe(link);
  expect(location(await browser.post(`${link}/administrator`, administrator))).toBe(link);
  expect((await browser.post(link, { ...organisationForm, zone: 'x' })).status).toBe(400);
  expect(location(await browser.post(link, organisationForm))).toBe('/login?next=%2Fconsole%2Frecovery');
  expect((await browser.get(link)).status).toBe(403);
  expect(await accounts(at)).toHaveLength(1);
  const next = '/console/recovery';
  expect(location(await browser.post('/login', { email, password, next }))).toBe(next);
  expect((await browser.get(next)).status).toBe(200);
});

test('a technician from the command line, or an administrator without a password, is no administrator', async () => {
  const { at, link } = await anEmptyInstance();
  await anAccount(at.db, 'technician', 'Tess');
  const invited = await anAccount(at.db, 'admin', 'Ivy');
  await at.db.write((tx) =>
    tx.updateTable('accounts').set({ password_hash: '' }).where('id', '=', invited.id).execute(),
  );
  expect(location(await at.visitor().post(link, organisationForm))).toBe(`${link}/administrator`);
});

test('an address that a technician has already is said at its field, and another one is taken', async () => {
  const { at, link } = await anEmptyInstance();
  const { email } = await anAccount(at.db, 'technician', 'Tess');
  const browser = at.visitor();
  await browser.post(link, organisationForm);
  const answer = await browser.post(`${link}/administrator`, { ...administrator, email });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
  expect(textOf(await answer.text())).toContain('Somebody with this address has an account already.');
  expect(location(await browser.post(`${link}/administrator`, administrator))).toBe('/console/recovery');
});

test('whoever gives an address with a path goes on under that path', async () => {
  const { at, link } = await anEmptyInstance();
  const browser = at.visitor();
  await browser.post(link, { ...organisationForm, baseUrl: 'https://example.org/votes' });
  expect(location(await browser.post(`${link}/administrator`, administrator))).toBe('/votes/console/recovery');
});
