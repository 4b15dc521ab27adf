// Passkeys, as somebody sees them who would like to log in with what was signed for another site, another purpose or before.

import { expect, test } from 'vitest';
import { location, problemOf } from '../../../../../tests/support/answers.ts';
import { anApp, password, type TestApp } from '../../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { aPasskeyPhone, type Misbehaviour, type Phone } from '../../../../../tests/support/passkeys.ts';
import type { Visitor } from '../../../../../tests/support/visitors.ts';
import { challengeMs, siteOf } from '../../domain/passkeys.ts';

const own = '/console/account/second-step';
const name = 'My phone';
type User = Awaited<ReturnType<TestApp['as']>>;

const challenge = async (browser: Visitor, purpose: string): Promise<unknown> =>
  (await browser.json(`/api/passkeys/${purpose}`, {})).json();
const isIn = async (browser: Visitor) => (await browser.get('/console/account')).status === 200;

async function register(browser: Visitor, phone: Phone, wrong?: Misbehaviour): Promise<Response> {
  return browser.post(`${own}/passkeys`, { name, answer: phone.make(await challenge(browser, 'register'), wrong) });
}

const begin = async (at: TestApp, { account }: User) => {
  const browser = at.visitor();
  await browser.post('/login', { email: account.email, password });
  return browser;
};

test.each([
  ['https://vote.example.org/votes', { id: 'vote.example.org', origin: 'https://vote.example.org' }],
  ['http://localhost:5000', { id: 'localhost', origin: 'http://localhost:5000' }],
  ['http://vote.example.org', undefined],
  ['http://127.0.0.1:5000', undefined],
  ['https://192.0.2.7', undefined],
  ['https://[2001:db8::1]', undefined],
])('at %s passkeys are made for %j', (baseUrl, site) => {
  expect(siteOf(baseUrl)).toEqual(site);
});

onBothDatabases((bench) => {
  async function aUser() {
    const at = await anApp({ bench: bench() });
    return { at, browser: await at.as('admin'), phone: aPasskeyPhone(at.baseUrl) };
  }

  test('a passkey logs in alone, as the second step, and confirms; each answer works once', async () => {
    const { at, browser, phone } = await aUser();
    const elsewhere = at.visitor();
    await elsewhere.post('/login', { email: browser.account.email, password });
    const made = await register(browser, phone);
    const codes = [...(await made.text()).matchAll(/<code class="secret">([0-9A-Z ]{19})<\/code>/g)];
    expect([made.status, codes.length]).toEqual([200, 10]);
    expect(await isIn(elsewhere)).toBe(false);
    const alone = at.visitor();
    const answer = phone.use(await challenge(alone, 'login'));
    const entered = await alone.post('/login/passkey', { answer, next: own });
    expect([entered.status, location(entered)]).toEqual([303, own]);
    expect((await alone.get(own)).status).toBe(200); // that it is them is confirmed, too
    const again = at.visitor();
    expect((await again.post('/login/passkey', { answer })).status).toBe(401);
    expect(await isIn(again)).toBe(false);
    const second = await begin(at, browser);
    expect(await isIn(second)).toBe(false);
    const signed = phone.use(await challenge(second, 'second'));
    expect(location(await second.post('/login/second/passkey', { answer: signed, next: own }))).toBe(own);
    expect(await isIn(second)).toBe(true);
    const stale = await at.unconfirmedAdmin();
    const other = aPasskeyPhone(at.baseUrl);
    expect(location(await stale.get(own))).toContain('/reauthenticate');
    await at.db.write((tx) => tx.updateTable('sessions').set({ authenticated_at: 0 }).execute());
    const confirmed = phone.use(await challenge(second, 'confirm'));
    expect(location(await second.post('/reauthenticate/passkey', { answer: confirmed, next: own }))).toBe(own);
    expect((await second.get(own)).status).toBe(200);
    expect((await register(second, other)).status).toBe(303); // recovery codes are there: none are shown again
  });

  test('what was signed elsewhere, for another purpose, for somebody else, too late, or without its owner opens nothing', async () => {
    const { at, browser, phone } = await aUser();
    await register(browser, phone);
    const [mallory, malloryPhone] = [await at.as('admin'), aPasskeyPhone(at.baseUrl)];
    await register(mallory, malloryPhone);
    const stranger = at.visitor();
    const tries: readonly [string, () => Promise<string>][] = [
      ['another site', async () => phone.use(await challenge(stranger, 'login'), { origin: 'https://evil.example' })],
      ['another host', async () => phone.use(await challenge(stranger, 'login'), { host: 'evil.example' })],
      ['an invented challenge', async () => phone.use({}, { challenge: 'AAAA' })],
      ['a challenge of the registration', async () => phone.use(await challenge(browser, 'register'))],
      ['a challenge to confirm', async () => phone.use(await challenge(browser, 'confirm'))],
      [
        'a registration in place of a log-in',
        async () => phone.use(await challenge(stranger, 'login'), { type: 'webauthn.create' }),
      ],
      ['no finger, face or PIN', async () => phone.use(await challenge(stranger, 'login'), { unverified: true })],
      ['another key', async () => phone.use(await challenge(stranger, 'login'), { broken: true })],
      [
        'a phone that nobody has registered',
        async () => aPasskeyPhone(at.baseUrl).use(await challenge(stranger, 'login')),
      ],
      ['nothing', () => Promise.resolve('')],
      ['no JSON', () => Promise.resolve('{')],
      ['more than was asked for', async () => phone.use(await challenge(stranger, 'login')).replace('{', '{"more":1,')],
    ];
    for (const [what, sign] of tries) {
      const answer = await stranger.post('/login/passkey', { answer: await sign() });
      expect([what, answer.status, await isIn(stranger)]).toEqual([what, 401, false]);
    }
    const pending = await begin(at, browser);
    const foreign = malloryPhone.use(await challenge(pending, 'second'));
    expect((await pending.post('/login/second/passkey', { answer: foreign })).status).toBe(401);
    const ownLogin = malloryPhone.use(await challenge(mallory, 'login'));
    expect((await pending.post('/login/second/passkey', { answer: ownLogin })).status).toBe(401);
    expect(await isIn(pending)).toBe(false);
    const late = await challenge(stranger, 'login');
    at.bench.clockOffsetMs += challengeMs + 1000;
    expect((await stranger.post('/login/passkey', { answer: phone.use(late) })).status).toBe(401);
    expect(at.failures()).toEqual([]);
  });

  test('a counter that does not grow is refused; of four at once with one answer, one gets in', async () => {
    const { at, browser, phone } = await aUser();
    await register(browser, phone);
    const tryWith = async (wrong: Misbehaviour) => {
      const visitor = at.visitor();
      const answer = phone.use(await challenge(visitor, 'login'), wrong);
      return (await visitor.post('/login/passkey', { answer })).status;
    };
    expect(await tryWith({ counter: 9 })).toBe(303);
    for (const counter of [9, 3, 0]) expect([counter, await tryWith({ counter })]).toEqual([counter, 401]);
    const visitor = at.visitor();
    const answer = phone.use(await challenge(visitor, 'login'), { counter: 20 });
    const answers = await Promise.all([1, 2, 3, 4].map(() => at.visitor().post('/login/passkey', { answer })));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
  });

  test('a phone is not taken twice, nor with a maker’s certificate, nor without its owner; names are one’s own', async () => {
    const { at, browser, phone } = await aUser();
    for (const wrong of [
      { certificate: true },
      { unverified: true },
      { origin: 'https://evil.example' },
      { type: 'webauthn.get' },
    ])
      expect([wrong, (await register(browser, phone, wrong)).status]).toEqual([wrong, 401]);
    const options = await challenge(browser, 'register');
    expect((await browser.post(`${own}/passkeys`, { name: ' ', answer: phone.make(options) })).status).toBe(400);
    expect((await register(browser, phone)).status).toBe(200);
    expect((await register(browser, phone)).status).toBe(401);
    const other = await at.as('observer');
    for (const path of [`/${phone.id}`, `/${phone.id}/delete`])
      expect((await other.post(`${own}/passkeys${path}`, { name: 'Mine' })).status).toBe(404);
    expect((await browser.post(`${own}/passkeys/${phone.id}`, { name: 'x'.repeat(61) })).status).toBe(400);
    expect((await browser.post(`${own}/passkeys/${phone.id}`, { name: '<b>Work</b>' })).status).toBe(303);
    expect(await (await browser.get(own)).text()).toContain('value="&lt;b&gt;Work&lt;/b&gt;"');
    expect((await browser.post(`${own}/passkeys/${phone.id}/delete`)).status).toBe(303);
    expect(await isIn(await begin(at, browser))).toBe(true); // the password is enough again
    const log = at.db.reader.selectFrom('audit_log').select('action').where('actor', '=', browser.account.id);
    const actions = (await log.orderBy('position').execute()).map(({ action }) => action);
    expect(actions).toEqual(['passkey-added', 'passkey-renamed', 'passkey-removed']);
  });

  test('with a passkey alone the password asks for it or a recovery code, and the page says which', async () => {
    const { at, browser, phone } = await aUser();
    const shown = await (await register(browser, phone)).text();
    const code = /<code class="secret">([0-9A-Z ]{19})<\/code>/.exec(shown)![1]!;
    const pending = await begin(at, browser);
    const page = await (await pending.get('/login/second')).text();
    expect(page).toContain('data-passkey="/api/passkeys/second"');
    expect(page).not.toContain('authenticator app');
    expect((await pending.post('/login/second', { code: '123456' })).status).toBe(401);
    expect((await pending.post('/login/second', { code })).status).toBe(303);
    expect(await isIn(pending)).toBe(true);
  });
});

test('on plain http there are no passkeys, and the page says why', async () => {
  const at = await anApp({ baseUrl: 'http://vote.example.org' });
  const browser = await at.as('admin');
  expect(await (await browser.get('/login')).text()).not.toContain('data-passkey');
  const page = await (await browser.get(own)).text();
  expect(page).toContain('Browsers offer passkeys only at an address that starts with https://');
  expect(page).not.toContain('data-passkey');
  for (const purpose of ['login', 'confirm', 'register'])
    expect(await problemOf(await browser.json(`/api/passkeys/${purpose}`, {}))).toMatchObject({
      reason: 'no-passkeys-here',
    });
});
