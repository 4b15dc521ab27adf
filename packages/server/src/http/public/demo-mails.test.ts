// The mails of a demonstration: caught by real SMTP, shown so that nothing of them runs; in a real instance there are none.

import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { anApp } from '../../../../../tests/support/app.ts';
import { catchMails } from '../../commands/demo/mail-catcher.ts';

const hostile = '<head></head><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>';
const known = { email: '', password: '', election: '', keyFile: '', passphrase: '', voters: [] };

async function aCatcher() {
  const mails = await catchMails();
  const transport = createTransport({ host: '127.0.0.1', port: mails.port });
  onTestFinished(async () => {
    transport.close();
    await mails.close();
  });
  const send = (to: string, subject: string, html: string) =>
    transport.sendMail({ from: '"A <b>" <a@example.org>', to, subject, text: subject, html });
  return { mails, send };
}

test('a real instance has no such pages', async () => {
  const visitor = (await anApp()).visitor();
  for (const path of ['/demo', '/demo/mails', '/demo/mails/1', '/demo/mails/1/light'])
    expect((await visitor.get(path)).status).toBe(404);
});

test('mails are listed, newest first, and found by address or subject', async () => {
  const { mails, send } = await aCatcher();
  const visitor = (await anApp({ demo: { ...known, mails } })).visitor();
  expect(await (await visitor.get('/demo/mails')).text()).toContain('No mail here.');
  await send('bob@example.org', 'First & <last>', '<p>one</p>');
  await send('chloe@example.org', 'Second', '<p>two</p>');
  const all = await (await visitor.get('/demo/mails')).text();
  expect([...all.matchAll(/\/demo\/mails\/(\d)"/g)].map(([, id]) => id)).toEqual(['2', '1']);
  expect(all).toContain('First &amp; &lt;last&gt;');
  const found = await (await visitor.get('/demo/mails?q=BOB@')).text();
  expect([...found.matchAll(/\/demo\/mails\/(\d)"/g)].map(([, id]) => id)).toEqual(['1']);
  for (const path of ['/demo/mails/3', '/demo/mails/1/pink', '/demo/mails/%3Cb%3E/light'])
    expect((await visitor.get(path)).status).toBe(404);
});

test('what a hostile mail holds is a document without origin, scripts, forms or anything from elsewhere', async () => {
  const { mails, send } = await aCatcher();
  const visitor = (await anApp({ demo: { ...known, mails } })).visitor();
  await send('bob@example.org', hostile, hostile);
  const page = await visitor.get('/demo/mails/1');
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'.*frame-src 'self'$/);
  const shown = await page.text();
  expect(shown).not.toMatch(/<script>|<img src=x/);
  expect(shown.match(/sandbox="[^"]*"/g)).toEqual(
    Array.from({ length: 2 }, () => 'sandbox="allow-popups allow-popups-to-escape-sandbox"'),
  );
  const frame = await visitor.get('/demo/mails/1/dark');
  const policy = frame.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; /);
  for (const never of ['allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-top-navigation', 'script-src'])
    expect(policy).not.toContain(never);
  expect(policy).toContain("frame-ancestors 'self'");
  expect(frame.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await frame.text()).toContain('<base target="_blank">');
});

test('a mail is shown for the screen that is asked for', async () => {
  const { mails, send } = await aCatcher();
  const visitor = (await anApp({ demo: { ...known, mails } })).visitor();
  const style = '<style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style>';
  await send('bob@example.org', 'x', `<meta name="color-scheme" content="light dark">${style}`);
  const [light, dark] = await Promise.all(
    ['light', 'dark'].map(async (scheme) => (await visitor.get(`/demo/mails/1/${scheme}`)).text()),
  );
  expect(light).toMatch(/content="light".*@media \(max-width: 0\)/);
  expect(dark).toMatch(/content="dark".*@media \(min-width: 0\)/);
});

test('a mail that is too large is refused, and the server goes on', async () => {
  const { mails, send } = await aCatcher();
  await expect(send('bob@example.org', 'x', 'a'.repeat(1_100_000))).rejects.toThrow(/552/);
  await send('bob@example.org', 'y', '<p>y</p>');
  expect(mails.list().map(({ subject }) => subject)).toEqual(['y']);
});
