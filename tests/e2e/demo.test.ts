// The demonstration as a visitor meets it: mails caught by real SMTP, shown in a browser that somebody is logged in with. One
// of them is hostile: nothing of it runs, whether it is framed or opened by itself.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createTransport } from 'nodemailer';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';

const program = join(import.meta.dirname, '../../packages/server/bin/demo.mjs');

async function startDemo() {
  const home = mkdtempSync(join(tmpdir(), 'votix-demo-test-'));
  const url = `http://localhost:${await freePort()}`;
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: home, NODE_NO_WARNINGS: '1', PORT: new URL(url).port };
  const child = spawn(process.execPath, [program], { cwd: home, env });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await expect.poll(() => out, { timeout: 90_000 }).toContain('/demo\n');
  const stop = async () => {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
    rmSync(home, { recursive: true, force: true });
  };
  return { url, stop };
}

/** What mails have been made to do: each would call home, or open a dialog, or take the reader somewhere. */
const hostile = (url: string) => `<!doctype html><html><head>
  <base href="http://evil.invalid/">
  <meta http-equiv="refresh" content="0;url=${url}/login">
  <link rel="stylesheet" href="${url}/hit.css"><style>@import url(${url}/hit-import); body { background: url(${url}/hit-bg) }</style>
  <script>alert(1); top.location = '${url}/hit-top'; fetch('${url}/hit-fetch')</script></head>
  <body onload="alert(2)"><img src="${url}/hit-img" onerror="alert(3)"><svg onload="alert(4)"><script>alert(5)</script></svg>
  <iframe srcdoc="<script>parent.alert(6)</script>"></iframe><iframe src="${url}/console"></iframe>
  <object data="${url}/hit-object"></object><embed src="${url}/hit-embed"><video src="${url}/hit-video"></video>
  <form action="${url}/logout" method="post"><button id="post">Vote</button></form>
  <a id="js" href="javascript:alert(7)">Click</a><a id="js2" target="_self" href="javascript:alert(8)">Click</a>
  <p id="end">the end</p></body></html>`;

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel(/e-mail/i).fill('demo@example.org');
  await page.getByLabel(/password/i).fill('votix-demonstration');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page).toHaveURL(/\/console/);
}

test('mails of the demonstration are read on its phones and lead to the booth; a hostile one does nothing', async ({
  page,
  context,
}) => {
  const { url, stop } = await startDemo();
  try {
    await logIn(page, url);
    await page.goto(`${url}/demo/mails`);
    await expect(page.getByRole('status')).toHaveText('400 mails');

    await page
      .getByRole('link', { name: /your personal link/ })
      .first()
      .click();
    const dark = page.frameLocator('iframe').nth(1);
    await expect(dark.locator('body')).toHaveCSS('background-color', 'rgb(22, 19, 14)');
    await expect(page.frameLocator('iframe').first().locator('body')).toHaveCSS(
      'background-color',
      'rgb(250, 246, 238)',
    );
    const [booth] = await Promise.all([
      context.waitForEvent('page'),
      page.frameLocator('iframe').first().getByRole('link', { name: 'Vote now' }).click(),
    ]);
    await expect(booth).toHaveURL(/\/vote\/[0-9a-f-]{36}$/);
    await expect(booth.getByRole('heading', { level: 1 })).toBeVisible();
    await booth.close();

    await page.goto(`${url}/demo/mails`);
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(await page.locator('main').innerText())!;
    const transport = createTransport({ host: '127.0.0.1', port: Number(port) });
    await transport.sendMail({ from: 'a@evil.invalid', to: 'b@example.org', subject: 'hostile', html: hostile(url) });
    transport.close();

    const dialogs: string[] = [];
    // What the policy stops is never answered.
    const answered: string[] = [];
    context.on('response', (response) => answered.push(new URL(response.url()).pathname));
    context.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.reload();
    await page.getByRole('link', { name: 'hostile' }).click();
    const framed = page.url();
    for (const where of [page.frameLocator('iframe').first(), page] as const) {
      if (where === page) await page.goto(`${framed}/light`);
      await expect(where.locator('#end')).toBeVisible();
      for (const id of ['#post', '#js', '#js2']) await where.locator(id).click({ noWaitAfter: true });
      await page.waitForTimeout(500);
    }
    expect(dialogs).toEqual([]);
    expect(answered).toContain(`${new URL(framed).pathname}/dark`);
    expect(answered.filter((path) => /hit|logout|login|console/.test(path))).toEqual([]);
    expect(page.url()).toBe(`${framed}/light`);
    const origin = await page.evaluate(() => self.origin);
    expect(origin).toBe('null');
    await page.goto(`${url}/console`);
    await expect(page).toHaveURL(/\/console/);
  } finally {
    await stop();
  }
});
