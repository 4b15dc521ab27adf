// The settings page as its readers and its administrator meet it. Who may and who may not is in http/routes.test.ts.

import { onTestFinished, expect, test } from 'vitest';
import { anApp, type TestApp } from '../../../../../tests/support/app.ts';
import { location } from '../../../../../tests/support/answers.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { aMailSink, type SinkWish } from '../../../../../tests/support/mail-sink.ts';
import type { Visitor } from '../../../../../tests/support/visitors.ts';

const tab = (name: string) => `/console/configure/${name}`;
const textOf = async (answer: Response | Promise<Response>) => (await answer).text();

/** The page's own fields, as a browser would send them back. */
async function filled(browser: Visitor, name: string, typed: Readonly<Record<string, string>>) {
  const page = await textOf(browser.get(tab(name)));
  const was = [...page.matchAll(/<input type="hidden" name="was-(\w+)" value="([^"]*)"/g)];
  const fields = was.flatMap(([, field = '', value = '']) => [
    [field, value],
    [`was-${field}`, value],
  ]);
  return { ...(Object.fromEntries(fields) as Record<string, string>), ...typed };
}

async function save(browser: Visitor, name: string, typed: Readonly<Record<string, string>>): Promise<Response> {
  return browser.post(tab(name), await filled(browser, name, typed));
}

async function sink(wish: SinkWish = {}) {
  const made = await aMailSink(wish);
  onTestFinished(() => made.close());
  return made;
}

const smtp = (port: number) => ({ SMTP_SERVER: '127.0.0.1', SMTP_PORT: String(port), SMTP_FROM: 'votes@example.org' });

test('a name that is saved stands at the top of the next page, of another process too', async () => {
  const at = await anApp();
  const other = await anApp({ bench: at.bench });
  const admin = await at.admin();
  expect(location(await save(admin, 'general', { ASSOCIATION_NAME: 'Club des Bleuets' }))).toBe(
    '/console/configure/general?done=saved',
  );
  expect(await textOf(other.visitor().get('/'))).toContain('Club des Bleuets');
});

test('the page says what .env says, and one box leads back to it', async () => {
  const at = await anApp({ given: { VALID_EMAIL_DOMAINS: 'a.example', SMTP_USERNAME: 'u', SMTP_PASSWORD: 'hunter2' } });
  const admin = await at.admin();
  expect(await textOf(admin.get(tab('voting')))).toContain('This value comes from .env');
  await save(admin, 'voting', { VALID_EMAIL_DOMAINS: 'b.example' });
  const page = await textOf(admin.get(tab('voting')));
  expect(page).toContain('.env says “a.example”');
  expect(page).toContain('Use it again');
  await save(admin, 'voting', { 'again-VALID_EMAIL_DOMAINS': 'yes' });
  expect(await textOf(admin.get(tab('voting')))).not.toContain('b.example');
});

test('a secret is in no page, neither saved nor given, nor when the form comes back', async () => {
  const at = await anApp({ given: { SMTP_USERNAME: 'u', SMTP_PASSWORD: 'hunter2', GOOGLE_CLIENT_SECRET: 'hunter3' } });
  const admin = await at.admin();
  const wrong = await save(admin, 'smtp', { SMTP_PASSWORD: 'hunter4', SMTP_PORT: 'eighty' });
  const pages = [wrong.status, await wrong.text()];
  expect(pages).toEqual([400, expect.stringContaining('value="eighty"')]);
  expect(pages[1]).toContain('Type it again');
  await save(admin, 'smtp', { SMTP_PASSWORD: 'hunter4' });
  const shown = [pages[1], await textOf(admin.get(tab('smtp'))), await textOf(admin.get(tab('google')))].join('');
  expect(shown).not.toMatch(/hunter\d/);
  expect(at.log()).not.toMatch(/hunter\d/);
  expect(shown).toContain('.env has one too.');
});

test('observers read what is no secret and find nothing to change', async () => {
  const at = await anApp({ given: { SMTP_SERVER: 'smtp.example.org', SMTP_USERNAME: 'u', SMTP_PASSWORD: 'hunter2' } });
  const observer = await at.as('observer');
  const page = await textOf(observer.get(tab('smtp')));
  expect(page).toContain('smtp.example.org');
  expect(page).not.toMatch(/hunter2|name="SMTP_|smtp\/test/);
  expect((await observer.get('/configure')).status).toBe(303);
});

test('what the environment alone decides is read there, without secrets', async () => {
  const at = await anApp();
  const page = await textOf((await at.admin()).get(tab('general')));
  for (const told of ['127.0.0.1', '/srv/votix/logs', 'Made by Votix', 'db.sqlite']) expect(page).toContain(told);
  expect(page).not.toContain('name="PORT"');
  expect(page).not.toContain('a-secret-only-for-tests');
});

test('two administrators with the same page open do not undo each other’s changes', async () => {
  const at = await anApp();
  const [ada, ben] = [await at.admin(), await at.admin()];
  const [one, two] = [
    await filled(ada, 'general', { CONTACT_NAME: 'Ada' }),
    await filled(ben, 'general', { ASSOCIATION_NAME: 'Club des Bleuets' }),
  ];
  await ada.post(tab('general'), one);
  await ben.post(tab('general'), two);
  const page = await textOf(ada.get(tab('general')));
  expect(page).toContain('value="Ada"');
  expect(page).toContain('value="Club des Bleuets"');
});

test('without the password given lately the page asks for it before anything is typed', async () => {
  const at = await anApp();
  const page = await textOf((await at.unconfirmedAdmin()).get(tab('smtp')));
  expect(page).toContain('href="/reauthenticate?next=%2Fconsole%2Fconfigure%2Fsmtp"');
  expect(await textOf((await at.admin()).get(tab('smtp')))).not.toContain('/reauthenticate');
});

test('another public address takes links, cookie and redirection along, and nobody is shut out', async () => {
  const at = await anApp();
  const admin = await at.admin();
  const saved = await save(admin, 'general', { VOTING_URL: 'http://localhost:5000/club/vote' });
  expect(location(saved)).toBe('/club/console/configure/general?done=saved');
  expect(saved.headers.get('set-cookie')).toMatch(/votix_session=.*Path=\/club/);
  expect((await admin.get('/club/console/configure/general')).status).toBe(200);
  expect((await admin.get('/console/configure/general')).status).toBe(200);
});

test.each(['javascript:alert(1)', 'https://example.org/console'])('%s is no public address', async (VOTING_URL) => {
  const at = await anApp();
  const answer = await save(await at.admin(), 'general', { VOTING_URL });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Enter the address')]);
});

test('a colour that is typed or picked dresses every page, the booth too; empty is our own again', async () => {
  const at = await anApp({ given: { ACCENT_COLOUR: '123456' } });
  const admin = await at.admin();
  const sheetOf = async () => /\/assets\/accent\.(\w+)\.css/.exec(await textOf(at.visitor().get('/vote')))?.[1];
  expect(await sheetOf()).toBe('123456');
  const offered = { 'offered-ACCENT_COLOUR': '#123456', 'pick-ACCENT_COLOUR': '#123456' };
  await save(admin, 'appearance', { ...offered, ACCENT_COLOUR: '#ABCDEF' });
  expect(await sheetOf()).toBe('abcdef');
  await save(admin, 'appearance', { ...offered, 'pick-ACCENT_COLOUR': '#fedcba' });
  expect(await sheetOf()).toBe('fedcba');
  const sheet = await at.visitor().get('/assets/accent.fedcba.css');
  expect(sheet.headers.get('content-type')).toContain('text/css');
  await save(admin, 'appearance', { ACCENT_COLOUR: '' });
  expect(await sheetOf()).toBeUndefined();
  const wrong = await save(admin, 'appearance', { ACCENT_COLOUR: 'red;}*{display:none' });
  expect([wrong.status, await sheetOf()]).toEqual([400, undefined]);
  expect((await at.visitor().get('/assets/accent.red.css')).status).toBe(404);
});

onBothDatabases((bench) => {
  test('the mail server is used as it is saved, by every process, without a restart', async () => {
    const [first, second] = [await sink(), await sink({ login: { user: 'votes', pass: 'hunter2' } })];
    const at: TestApp = await anApp({ bench: bench() });
    const [admin, other] = [await at.as('admin'), await anApp({ bench: bench() })];
    const elsewhere = other.visitor();
    elsewhere.cookies.set('votix_session', admin.cookies.get('votix_session')!);
    expect(await textOf(admin.get(tab('smtp')))).toContain('Save the mail server and the sender first');
    expect((await admin.post(tab('smtp/try'))).status).toBe(409);
    await save(admin, 'smtp', smtp(first.port));
    expect(await textOf(elsewhere.post(tab('smtp/try')))).toContain('The connection works');
    expect(await textOf(elsewhere.post(tab('smtp/test')))).toContain('The test mail is handed over');
    const [mail] = await first.mailsTo(admin.account.email);
    expect(mail?.from?.value[0]).toMatchObject({ address: 'votes@example.org' });
    await save(admin, 'smtp', { ...smtp(second.port), SMTP_USERNAME: 'votes', SMTP_PASSWORD: 'hunter1' });
    const refused = await textOf(elsewhere.post(tab('smtp/try')));
    expect(refused).toContain('The mail server refuses the user name or the password.');
    expect(refused).toContain('5.7.8 bad credentials');
    await save(admin, 'smtp', { SMTP_PASSWORD: 'hunter2' });
    expect(await textOf(elsewhere.post(tab('smtp/try')))).toContain('The connection works');
    expect([first.taken.length, second.taken.length]).toEqual([1, 0]);
  });

  test('after ten tries there is a pause, for this administrator alone', async () => {
    const server = await sink();
    const at = await anApp({ bench: bench() });
    const [admin, another] = [await at.as('admin'), await at.as('admin')];
    await save(admin, 'smtp', smtp(server.port));
    for (let n = 0; n < 10; n++) expect((await admin.post(tab('smtp/test'))).status).toBe(200);
    const paused = await admin.post(tab('smtp/test'));
    expect([paused.status, paused.headers.get('retry-after')]).toEqual([429, expect.any(String)]);
    expect(server.taken).toHaveLength(10);
    expect((await another.post(tab('smtp/try'))).status).toBe(200);
    bench().clockOffsetMs += 3 * 60_000;
    expect((await admin.post(tab('smtp/try'))).status).toBe(200);
  });
});

test('what the server refuses is told in words that say what to do', async () => {
  const at = await anApp();
  const admin = await at.as('admin');
  const nobody = await sink();
  await nobody.close();
  await save(admin, 'smtp', smtp(nobody.port));
  expect(await textOf(admin.post(tab('smtp/try')))).toContain('Check its name and its port');
  const full = await sink({ manner: () => 'mailbox-full' });
  await save(admin, 'smtp', smtp(full.port));
  expect(await textOf(admin.post(tab('smtp/test')))).toContain('Your mailbox is full.');
});
