// Makes the pictures of the README again, from the demonstration as it is: `npm run pictures`. Each stays below 120 kB, the
// recording of a vote below 400 kB.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { freePort } from '../packages/server/src/commands/rehearsal/server.ts';
import { launchChromium } from '../tests/support/chromium.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
const program = join(import.meta.dirname, '../packages/server/bin/demo.mjs');
const mostBytes = 120_000;
const widest = 1200;
const phone = { width: 360, height: 720 };
const desk = { width: 1200, height: 860 };

mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
try {
  await withDemo('fr_FR.UTF-8', async (url) => {
    await picture('booth-phone-fr', await booth(browser, url));
  });
  await withDemo('en_GB.UTF-8', async (url) => {
    const page = await openPage(browser, { viewport: desk, locale: 'en-GB' });
    await logIn(page, url);
    await recordVote(url);
    await page.getByRole('link', { name: 'Board election 2027' }).first().click();
    await picture('checklist', page);
    await page.goto(url);
    await page.getByRole('link', { name: 'Name of the new hall' }).click();
    await page.getByRole('heading', { name: /What shall the hall be called/ }).evaluate((h) => h.scrollIntoView());
    await picture('result', page);
    await page.goto(`${url}/demo/mails`);
    await page
      .getByRole('link', { name: /personal link/ })
      .first()
      .click();
    await page.locator('.mail-sights').scrollIntoViewIfNeeded();
    await page.frameLocator('iframe').last().getByText('A question?').waitFor();
    await picture('mails', page, '.mail-sights');
  });
} finally {
  await browser.close();
}

/** Runs the demonstration, its names in the language of this environment, and stops it. */
async function withDemo(LANG: string, work: (url: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'votix-pictures-'));
  const url = `http://localhost:${await freePort()}`;
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: home, NODE_NO_WARNINGS: '1', PORT: new URL(url).port, LANG };
  const child = spawn(process.execPath, [program], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let out = '';
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) if ((out += chunk).includes('/demo\n')) break;
    await work(url);
  } finally {
    const exit = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await exit;
    rmSync(home, { recursive: true, force: true });
  }
}

async function openPage(opener: Browser, how: { viewport: typeof desk; locale: string }): Promise<Page> {
  const context = await opener.newContext({ ...how, deviceScaleFactor: 1.5, colorScheme: 'light' });
  return context.newPage();
}

async function booth(opener: Browser, url: string): Promise<Page> {
  const page = await openPage(opener, { viewport: phone, locale: 'fr-FR' });
  await page.goto(`${url}/demo`);
  await page
    .getByRole('link', { name: /^Voter comme/ })
    .first()
    .click();
  await page.getByRole('radio', { name: /Eva Lindqvist/ }).check();
  return page;
}

interface Frame {
  readonly png: Buffer;
  readonly ms: number;
}

/** A vote from the open letter to the receipt, as fast as a person reads and types. */
async function recordVote(url: string): Promise<void> {
  const page = await openPage(browser, { viewport: phone, locale: 'en-GB' });
  const frames: Frame[] = [];
  const show = async (ms: number) => void frames.push({ png: await page.screenshot(), ms });
  await page.goto(`${url}/demo`);
  const voter = page
    .locator('li, tr')
    .filter({ has: page.getByRole('link', { name: /^Vote as/ }) })
    .first();
  const code = /\b\d{4}\b/.exec(await voter.innerText())?.[0] ?? '';
  await voter.getByRole('link').click();
  await page.waitForLoadState('networkidle');
  await show(5_000);
  await page.locator('.option summary').first().click();
  await show(6_000);
  await page.locator('.option summary').first().click();
  await page.getByRole('radio', { name: /Eva Lindqvist/ }).check();
  await show(3_000);
  const second = page.locator('.contest').nth(1);
  await second.scrollIntoViewIfNeeded();
  await show(3_000);
  await second.locator('input').first().check();
  await page.getByRole('button', { name: 'Check my vote' }).scrollIntoViewIfNeeded();
  await show(3_000);
  await page.getByRole('button', { name: 'Check my vote' }).click();
  await show(5_000);
  await page.locator('#code').scrollIntoViewIfNeeded();
  for (const digit of code) {
    await page.locator('#code').pressSequentially(digit);
    await show(600);
  }
  await page.getByRole('button', { name: 'Record my vote' }).scrollIntoViewIfNeeded();
  await show(2_000);
  await page.getByRole('button', { name: 'Record my vote' }).click();
  await page.getByRole('heading', { name: 'Your vote is recorded' }).waitFor();
  await show(8_000);
  await page.getByText('Show the QR code').scrollIntoViewIfNeeded();
  await show(6_000);
  await page.getByRole('button', { name: 'Finish' }).click();
  await show(5_000);
  await page.context().close();
  const small = await Promise.all(frames.map(({ png }) => sharp(png).resize({ width: 360 }).png().toBuffer()));
  const webp = await sharp(small, { join: { animated: true } })
    .webp({ quality: 60, effort: 6, loop: 0, delay: frames.map(({ ms }) => ms) })
    .toBuffer();
  save('vote', webp, 400_000);
}

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('E-mail').fill('demo@example.org');
  await page.getByLabel('Password').fill('votix-demonstration');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL(/\/console/);
}

async function picture(name: string, page: Page, part?: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const png = part === undefined ? await page.screenshot() : await page.locator(part).screenshot();
  const webp = await sharp(png).resize({ width: widest, withoutEnlargement: true }).webp({ quality: 80 }).toBuffer();
  save(name, webp, mostBytes);
}

function save(name: string, webp: Buffer, most: number): void {
  if (webp.length > most) throw new Error(`${name}.webp has ${webp.length} bytes; at most ${most} are wanted.`);
  writeFileSync(join(folder, `${name}.webp`), webp);
  console.log(`${name}.webp ${Math.round(webp.length / 1000)} kB`);
}
