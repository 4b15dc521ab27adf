// Connecting a directory from the settings, the way back, and disconnecting, against a stand-in of Google's.

import { expect, test } from 'vitest';
import { location, textOf } from '../../../../../tests/support/answers.ts';
import { anApp, oneDatabase } from '../../../../../tests/support/app.ts';
import { contentsOf } from '../../../../../tests/support/contents.ts';
import {
  aConnectedApp,
  anAppWithGoogle,
  callback,
  connect,
  directoryTab,
  given,
  leaveFor,
  pathOf,
} from '../../../../../tests/support/directories.ts';
import { standInClient } from '../../../../../tests/support/google-stand-in.ts';
import { vault } from '../../../../../tests/support/elections.ts';
import { readDirectory } from '../../domain/directory-connections.ts';
import { openVault } from '../../domain/vault.ts';

const tabOf = async (browser: { get(path: string): Promise<Response> }) =>
  textOf(await (await browser.get(directoryTab)).text());

test('an administrator connects: the page says whose account it is, what it may read, and when it was used', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  const answer = await connect(at, admin);
  expect([answer.status, location(answer)]).toEqual([303, `${directoryTab}?done=directory-connected#directory`]);
  const page = await tabOf(admin);
  for (const text of ['claire@example.org', 'example.org', 'Last used Not yet', 'search people by name', 'Disconnect'])
    expect(page).toContain(text);
  expect(page).not.toContain('list people by organisational unit');
  const entries = await at.db.reader.selectFrom('audit_log').select(['action', 'details']).execute();
  expect(entries.map(({ action }) => action)).toEqual(['directory-connected']);
  expect(JSON.stringify(entries)).not.toMatch(/claire|refresh|access/);
});

test('the client may stand in the environment or be saved; one that is saved wins', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  await admin.post(directoryTab, { GOOGLE_CLIENT_ID: 'saved-id', 'was-GOOGLE_CLIENT_ID': standInClient.id });
  expect(new URL(await leaveFor(admin)).searchParams.get('client_id')).toBe('saved-id');
  await admin.post(directoryTab, { 'again-GOOGLE_CLIENT_ID': 'yes', GOOGLE_CLIENT_SECRET: standInClient.secret });
  expect((await connect(at, admin)).status).toBe(303); // the sealed one is opened for Google
});

test('what Google is asked for: offline, PKCE, state, nonce, and no more scopes than are needed', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  const [little, more] = [await leaveFor(admin), await leaveFor(admin, { units: 'yes' })].map(
    (address) => new URL(address).searchParams,
  );
  expect(little!.get('scope')).toBe('openid email https://www.googleapis.com/auth/directory.readonly');
  expect(more!.get('scope')).toMatch(/directory\.readonly .*admin\.directory\.user\.readonly .*orgunit\.readonly$/);
  expect(little!.get('state')).not.toBe(more!.get('state'));
  await expect(at.google.consent(`${at.google.endpoints.authorization}?${little!.toString()}`)).resolves.toBeDefined();
  expect(little!.toString()).not.toContain(standInClient.secret);
});

test('scopes are added later: the account stays, and units can be chosen then', async () => {
  const at = await aConnectedApp();
  const answer = await connect(at, at.owner, { units: true });
  expect(location(answer)).toContain('directory-connected-units');
  expect(await tabOf(at.owner)).toContain('list people by organisational unit');
  expect(at.google.living().refresh).toHaveLength(2); // the former one is of the same grant: taking it back would end both
});

test('with another account the former access is taken back at Google', async () => {
  const at = await aConnectedApp();
  await connect(at, at.owner, { account: 'other@example.org' });
  expect(await tabOf(at.owner)).toContain('other@example.org');
  expect(at.google.living().refresh).toHaveLength(1);
});

test('no script and no form leads to Google: a page of ours with a link does', async () => {
  const at = await anAppWithGoogle();
  const answer = await (await at.admin()).post(`${directoryTab}/connect`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(await answer.text()).toMatch(/<a class="button button--primary" href="http:\/\/127/);
});

const refusals = [
  ['refused at Google', 403, 'The access was refused at Google', { deny: true }],
  ['the answer of another server', 400, 'does not fit the question', { iss: 'https://evil.example' }],
  ['an identity made for another request', 400, 'does not fit the question', { nonce: 'n'.repeat(43) }],
  ['a private account', 409, 'This is a private Google account', { hd: '' }],
  ['a box left empty', 409, 'Google has not allowed everything', { untick: ['directory.readonly'] }],
] as const;

test.each(refusals)('%s is refused in words and connects nothing', async (_what, status, words, how) => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  const answer = await connect(at, admin, how);
  expect(answer.status).toBe(status);
  expect(textOf(await answer.text())).toContain(words);
  expect(await readDirectory(at.db.reader, 'google')).toBeUndefined();
  if (status === 409) expect(at.google.living()).toEqual({ refresh: [], access: [] }); // what was given is taken back
});

test('a box left empty for units connects without them', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  expect(location(await connect(at, admin, { units: true, untick: ['orgunit.readonly'] }))).toMatch(
    /directory-connected#/,
  );
});

test('a way back works once, in the browser that left, with its own state, for ten minutes', async () => {
  const at = await anAppWithGoogle();
  const [admin, other] = [await at.admin(), await at.admin()];
  const back = await at.google.consent(await leaveFor(admin));
  const expectRefused = async (answer: Response) =>
    expect([answer.status, textOf(await answer.text())]).toEqual([400, expect.stringContaining('no longer valid')]);
  await expectRefused(await other.get(pathOf(back)));
  await expectRefused(await admin.get(pathOf(back).replace(/state=[^&]+/, 'state=another')));
  expect((await admin.head(pathOf(back))).status).toBe(400); // whoever only looks uses nothing up
  expect((await admin.get(pathOf(back))).status).toBe(303);
  await expectRefused(await admin.get(pathOf(back)));

  const late = await at.google.consent(await leaveFor(admin));
  at.bench.clockOffsetMs += 11 * 60_000;
  await expectRefused(await admin.get(pathOf(late)));
  at.bench.clockOffsetMs = 0;

  const [first, second] = [await leaveFor(admin), await leaveFor(admin)];
  await expectRefused(await admin.get(pathOf(await at.google.consent(first))));
  expect((await admin.get(pathOf(await at.google.consent(second)))).status).toBe(303);
});

test('of two who come back with the same answer at once, one connects', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  const back = pathOf(await at.google.consent(await leaveFor(admin)));
  const answers = await Promise.all([admin.get(back), admin.get(back)]);
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
});

test('a code of somebody else’s, put behind our state, buys nothing: the verifier does not fit', async () => {
  const at = await anAppWithGoogle();
  const [admin, attacker] = [await at.admin(), await at.admin()];
  const theirs = (await at.google.consent(await leaveFor(attacker), { account: 'mallory@example.org' })).searchParams;
  const ours = await at.google.consent(await leaveFor(admin));
  ours.searchParams.set('code', theirs.get('code') ?? '');
  const answer = await admin.get(pathOf(ours));
  expect(textOf(await answer.text())).toContain('does not fit the question');
  expect(await readDirectory(at.db.reader, 'google')).toBeUndefined();
});

test('doubled and foreign parameters are no answer', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  const back = await at.google.consent(await leaveFor(admin));
  const answer = await admin.get(`${pathOf(back)}&code=another`);
  expect([answer.status, textOf(await answer.text())]).toEqual([400, expect.stringContaining('does not fit')]);
});

test('what Google says is shown as text, one short line of it', async () => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  const description = `<script>alert(1)</script>\u202e${'x'.repeat(500)}`;
  at.google.fail({
    path: '/token',
    times: 1,
    status: 400,
    body: { error: 'invalid_grant', error_description: description },
  });
  const page = await (await connect(at, admin)).text();
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toMatch(/<script>alert|\u202e|x{250}/);
});

const troubles = [
  ['a wrong secret', { status: 401, body: { error: 'invalid_client' } }, 409, 'does not accept the client ID'],
  ['too many requests', { status: 429 }, 503, 'Google asks for a pause'],
  [
    'a server that fails',
    { status: 503, type: 'text/html', body: '<h1>Error</h1>' },
    502,
    'cannot answer at the moment',
  ],
  ['a connection that breaks', { cut: true }, 502, 'cannot be reached'],
  ['a redirect to elsewhere', { status: 307 }, 400, 'does not fit the question'],
] as const;

test.each(troubles)('at the exchange of the code, %s is told in words', async (_what, trouble, status, words) => {
  const at = await anAppWithGoogle();
  const admin = await at.admin();
  at.google.fail({ path: '/token', times: 1, ...trouble });
  const answer = await connect(at, admin);
  expect([answer.status, textOf(await answer.text())]).toEqual([status, expect.stringContaining(words)]);
  expect(at.failures()).toEqual([]);
});

test('disconnecting takes the access back at Google and deletes it here', async () => {
  const at = await aConnectedApp();
  expect(location(await at.owner.post(`${directoryTab}/disconnect`))).toContain('done=directory-disconnected');
  expect(at.google.living()).toEqual({ refresh: [], access: [] });
  expect(await readDirectory(at.db.reader, 'google')).toBeUndefined();
  expect((await at.owner.post(`${directoryTab}/disconnect`)).status).toBe(409);
  const entry = await at.db.reader
    .selectFrom('audit_log')
    .select(['action', 'details'])
    .orderBy('position', 'desc')
    .executeTakeFirst();
  expect(entry).toEqual({ action: 'directory-disconnected', details: '{"provider":"google","revoked":true}' });
});

test('where Google cannot be reached it is deleted here all the same, and the page says what to do there', async () => {
  const at = await aConnectedApp();
  at.google.fail({ path: '/revoke', times: 1, cut: true });
  const answer = await at.owner.post(`${directoryTab}/disconnect`);
  const page = textOf(await answer.text());
  expect(page).toContain('Disconnected here, but Google has not confirmed it');
  expect(page).toContain('myaccount.google.com/connections');
  expect(await readDirectory(at.db.reader, 'google')).toBeUndefined();
});

test('an access that Google has forgotten already counts as taken back', async () => {
  const at = await aConnectedApp();
  at.google.revokeAll();
  expect(location(await at.owner.post(`${directoryTab}/disconnect`))).toContain('done=directory-disconnected');
});

test('observers read whose account it is, and find no button; before the client is saved nobody does', async () => {
  const at = await aConnectedApp();
  const seen = await (await (await at.as('observer')).get(directoryTab)).text();
  expect(seen).toContain('claire@example.org');
  expect(seen).not.toMatch(/google\/(dis)?connect"/);
  const bare = await anApp();
  const page = await (await (await bare.admin()).get(directoryTab)).text();
  expect(page).toContain('Save the client ID and the client secret above first');
  expect(page).not.toContain('google/connect"');
  expect((await (await bare.admin()).post(`${directoryTab}/connect`)).status).toBe(409);
});

test('the redirect address is shown for copying; under plain http nothing is begun', async () => {
  const secure = await anApp({ given, baseUrl: 'https://vote.example.org/club' });
  const page = await (await (await secure.admin()).get(directoryTab)).text();
  expect(page).toContain(`<code id="redirect-uri">https://vote.example.org/club${callback}</code>`);
  const plain = await anApp({ given, baseUrl: 'http://vote.example.org' });
  const admin = await plain.admin();
  expect(await tabOf(admin)).toContain('Google sends people back to https:// only');
  expect((await admin.post(`${directoryTab}/connect`)).status).toBe(409);
});

const bench = oneDatabase();

test('the database is worth nothing without the secret: no token, account or client secret stands in it', async () => {
  const at = await aConnectedApp({}, bench());
  await connect(at, at.owner, { account: 'drive@example.org' });
  await at.owner.post(directoryTab, { GOOGLE_CLIENT_SECRET: 'GOCSPX-typed-by-hand' });
  await leaveFor(at.owner);
  const contents = await contentsOf(at.db);
  for (const secret of [...at.google.given, standInClient.secret, 'GOCSPX-typed-by-hand', 'drive@example.org'])
    if (!secret.startsWith('code')) expect([secret, contents.includes(secret)]).toEqual([secret, false]);
  const row = (await readDirectory(at.db.reader, 'google'))!;
  await expect(openVault('x'.repeat(40)).open('directory', `grant ${row.id}`, row.sealed)).rejects.toThrow();
  await expect(vault.open('directory', 'grant of-another-row', row.sealed)).rejects.toThrow();
  await expect(vault.open('directory', `access ${row.id}`, row.sealed)).rejects.toThrow();
  expect(await vault.open('directory', `grant ${row.id}`, row.sealed)).toContain('refresh');
});
