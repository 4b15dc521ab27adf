// The second step as somebody who has stolen a password sees it: no door opens without it, and nothing is kept from before.

import { expect, test } from 'vitest';
import { location } from '../../../../../tests/support/answers.ts';
import { anApp, oneDatabase, password, type TestApp } from '../../../../../tests/support/app.ts';
import { aPhone, aSecondStep } from '../../../../../tests/support/second-steps.ts';
import type { Visitor } from '../../../../../tests/support/visitors.ts';
import { issueAccountLink } from '../../domain/account-links.ts';

const bench = oneDatabase();
const own = '/console/account/second-step';

const session = (browser: Visitor) => browser.cookies.get('votix_session') ?? '';
const isIn = async (browser: Visitor) => (await browser.get('/console')).status === 200;
const pageOf = async (answer: Promise<Response>) => (await answer).text();

async function aProtectedUser(role: 'admin' | 'technician' | 'observer' = 'admin') {
  const at = await anApp({ bench: bench() });
  const browser = await at.as(role);
  return { at, browser, phone: await aSecondStep(at.db, browser.account.id, session(browser)) };
}

const begin = (at: TestApp, email: string, browser = at.visitor(), next = '/console/account') =>
  browser.post('/login', { email, password, next }).then((answer) => ({ answer, browser }));

test('the right password leads to the second step, with no session; the right code opens a new one', async () => {
  const { at, browser: owner, phone } = await aProtectedUser();
  const thief = at.visitor();
  thief.cookies.set('votix_session', 'planted-before-the-log-in');
  const { answer } = await begin(at, owner.account.email, thief);
  expect(location(answer)).toBe('/login/second?next=%2Fconsole%2Faccount');
  expect(answer.headers.getSetCookie().join()).toMatch(/votix_login=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly/);
  expect(session(thief)).toBe('planted-before-the-log-in');
  expect(await isIn(thief)).toBe(false);
  expect((await thief.post('/reauthenticate', { password })).headers.get('location')).toBe('/login');
  const begun = thief.cookies.get('votix_login') ?? '';
  const asSession = at.visitor();
  asSession.cookies.set('votix_session', begun);
  expect(await isIn(asSession)).toBe(false);
  const refused = await thief.post('/login/second', { code: '000 000', next: '/console/account' });
  expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('This code is not right')]);
  const code = phone.codeAt(await at.db.now());
  const entered = await thief.post('/login/second', { code, next: '/console/account' });
  expect([entered.status, location(entered)]).toEqual([303, '/console/account']);
  expect([session(thief) === begun, thief.cookies.has('votix_login')]).toEqual([false, false]);
  expect(session(thief)).toHaveLength(43);
  expect(await isIn(thief)).toBe(true);
});

test.each(['get', 'post'] as const)('%s of the second step without the first leads to the log-in', async (method) => {
  const { at } = await aProtectedUser();
  expect(location(await at.visitor()[method]('/login/second'))).toBe('/login');
});

test('nobody is led elsewhere after the second step', async () => {
  const { at, browser: owner, phone } = await aProtectedUser();
  const { answer, browser } = await begin(at, owner.account.email, at.visitor(), '//evil.example');
  expect(location(answer)).toBe('/login/second?next=%2Fconsole');
  const entered = await browser.post('/login/second', { code: phone.codes[0]!, next: 'https://evil.example' });
  expect(location(entered)).toBe('/console');
});

test('confirming asks for both, and a code is not used up behind a wrong password', async () => {
  const { at, browser, phone } = await aProtectedUser();
  expect(await pageOf(browser.get('/reauthenticate'))).toContain('name="code"');
  const code = phone.codeAt(await at.db.now());
  const before = session(browser);
  expect((await browser.post('/reauthenticate', { password: 'wrong', code })).status).toBe(401);
  expect((await browser.post('/reauthenticate', { password })).status).toBe(401);
  expect(session(browser)).toBe(before);
  expect((await browser.post('/reauthenticate', { password, code, next: own })).status).toBe(303);
  expect(session(browser)).not.toBe(before);
});

test('a new password, from a link or with the present one, gives no way around the second step', async () => {
  const { at, browser, phone } = await aProtectedUser();
  const fields = { current: password, password, passwordAgain: password };
  expect((await browser.post('/console/account/password', fields)).status).toBe(303);
  expect(await isIn(browser)).toBe(true);
  expect(location(await browser.get(own))).toContain('/reauthenticate');
  const { token } = await at.db.write(async (tx) => issueAccountLink(tx, browser.account.id, await at.db.now(tx)));
  const holder = at.visitor();
  const chosen = await holder.post(`/choose-password/${token}`, { password, passwordAgain: password });
  expect(location(chosen)).toBe('/login/second?next=%2Fconsole');
  expect(await isIn(holder)).toBe(false);
  await holder.post('/login/second', { code: phone.codes[1]! });
  expect(await isIn(holder)).toBe(true);
});

test.each(['admin', 'technician', 'observer'] as const)('as %s: set up, see the codes once, remove', async (role) => {
  const at = await anApp({ bench: bench() });
  const browser = await at.as(role);
  expect(await pageOf(browser.get(own))).toContain('Set up an app');
  expect(location(await browser.get(`${own}/app`))).toBe(own); // looking at it begins nothing
  expect(location(await browser.post(`${own}/app`))).toBe(`${own}/app`);
  const shown = await pageOf(browser.get(`${own}/app`));
  expect(shown).toMatch(/<svg[^>]*viewBox/);
  const secret = /<code class="secret">([A-Z2-7 ]+)<\/code>/.exec(shown)![1]!.replaceAll(' ', '');
  const phone = aPhone(`otpauth://totp/a?secret=${secret}`);
  const wrong = await browser.post(`${own}/app/confirm`, { code: '12345' });
  expect([wrong.status, (await wrong.text()).includes(secret.slice(0, 4))]).toEqual([401, true]);
  const on = await pageOf(browser.post(`${own}/app/confirm`, { code: phone.codeAt(await at.db.now()) }));
  const codes = [...on.matchAll(/<code class="secret">([0-9A-Z ]{19})<\/code>/g)].map(([, code]) => code!);
  expect(codes).toHaveLength(10);
  const after = (await pageOf(browser.get(own))) + (await pageOf(browser.get('/console/account')));
  for (const code of codes) expect(after).not.toContain(code);
  expect(after).toContain('10 codes are unused');
  expect((await browser.post(`${own}/app/confirm`, { code: phone.codeAt(await at.db.now()) })).status).toBe(303);
  const renewed = await pageOf(browser.post(`${own}/recovery-codes`));
  expect(renewed).not.toContain(codes[0]);
  expect(at.log()).not.toContain(secret);
  expect((await browser.post(`${own}/app/remove`)).headers.get('location')).toBe(`${own}?done=app-removed`);
  expect(location((await begin(at, browser.account.email)).answer)).toBe('/console/account');
});

test('administrators see who has a second step', async () => {
  const { browser } = await aProtectedUser();
  const list = await pageOf(browser.get('/console/users'));
  expect(list).toMatch(/<td data-label="Second step">\s*On\s*<\/td>/);
});
