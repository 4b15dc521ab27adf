// A whole election by somebody who has a keyboard and nothing else: every control is reached with Tab, in the page's own
// order, shows that it has the focus, and does its work at a key. No mouse, no focus set from outside.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { startVotix } from '../support/votix-process.ts';
import { hour, readSheets, wallClock } from './steps.ts';

const password = 'correct horse battery staple';

/** Tab until it has the focus, which must be seen. */
async function reach(page: Page, control: Locator): Promise<void> {
  const hasFocus = () => control.evaluate((element) => element === document.activeElement);
  await control.waitFor();
  for (let n = 0; n < 90 && !(await hasFocus()); n++) await page.keyboard.press('Tab');
  expect(await hasFocus(), `reached ${control.toString()}`).toBe(true);
  const ring = await control.evaluate((element) => {
    const drawn = [element, element.closest('.option'), element.parentElement].map((part) =>
      part === null ? 'none' : getComputedStyle(part).outlineStyle,
    );
    return drawn.some((style) => style !== 'none');
  });
  expect(ring, `the focus on ${control.toString()} is seen`).toBe(true);
}

async function type(page: Page, selector: string, text: string): Promise<void> {
  await reach(page, page.locator(selector).first());
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function press(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await reach(page, control);
  await page.keyboard.press(key);
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name }).first();
const send = (page: Page): Promise<void> => press(page, page.locator('main form button').last());

/** Part by part, as the date field of an American Chromium takes it: mm dd yyyy, then the time of twelve hours. */
async function typeMoment(page: Page, name: string, instant: number): Promise<void> {
  const [, year, month, day, hours, minutes] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(wallClock(instant)) ?? [];
  const field = page.locator(`[name=${name}]`);
  await reach(page, field);
  await page.keyboard.type(`${month}${day}${year}`);
  await page.keyboard.press('ArrowRight');
  const hour12 = String(Number(hours) % 12 || 12).padStart(2, '0');
  await page.keyboard.type(`${hour12}${minutes}${Number(hours) < 12 ? 'AM' : 'PM'}`);
  expect(await field.inputValue()).toBe(wallClock(instant));
}

async function chooseFile(page: Page, control: Locator, file: { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser');
  await press(page, control);
  await (await chooser).setFiles(file);
}

async function setUp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await type(page, '[name=organisation]', 'Amicale');
  await type(page, '[name=contactName]', 'Claire Martin');
  await type(page, '[name=contactEmail]', 'claire@example.org');
  await send(page);
  await type(page, '[name=name]', 'Claire Martin');
  await type(page, '[name=email]', 'claire@example.org');
  await type(page, '[name=password]', password);
  await type(page, '[name=passwordAgain]', password);
  await send(page);
  await expect(page).toHaveURL(/\/console\/recovery$/);
  await press(page, page.locator('main a.button').last());
}

/** By the navigation at the side; the password is given where it is asked for. */
async function go(page: Page, step: string): Promise<void> {
  const loaded = page.waitForEvent('load', { timeout: 60_000 }); // the way there is one key after the other
  await press(page, page.locator('nav').getByRole('link', { name: step, exact: true }));
  await loaded;
  if (!page.url().includes('/reauthenticate')) return;
  await type(page, '[name=password]', password);
  await page.keyboard.press('Enter');
}

async function prepare(page: Page, name: string, opensAt: number): Promise<void> {
  await press(page, link(page, 'Create an election'));
  await type(page, '[name=name]', name);
  await typeMoment(page, 'opensAt', opensAt);
  await typeMoment(page, 'closesAt', opensAt + hour);
  await type(page, '[name=minimumBallots]', '1');
  await send(page);
  await go(page, 'Candidates');
  for (const candidate of ['Ada', 'Blaise']) {
    await type(page, '[name=name]', candidate);
    await send(page);
    await expect(page.getByText(candidate).first()).toBeVisible();
  }
  await go(page, 'Voters');
  await type(page, '[name=lastName]', 'Dupont');
  await type(page, '[name=firstName]', 'Alice');
  await type(page, '[name=email]', 'alice@example.org');
  await send(page);
}

/** The key file comes back as the holder keeps it. */
async function arm(page: Page, name: string) {
  await go(page, 'Arm');
  await press(page, button(page, 'Make the key'));
  const download = page.waitForEvent('download');
  await press(page, button(page, 'Save the key file'));
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const file = { name: 'votix-key.pem', mimeType: 'application/x-pem-file', buffer: Buffer.concat(chunks) };
  await press(page, button(page, 'Show the passphrase'));
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await press(page, button(page, 'I have it: go to the proof'));
  await giveKey(page, file, passphrase);
  await press(page, button(page, 'Prove it'));
  await reach(page, page.getByLabel('Type the name of the election to confirm'));
  await page.keyboard.type(name);
  await press(page, button(page, 'Arm the election'));
  await expect(page.getByRole('heading', { name: 'The election is armed' })).toBeVisible();
  return { file, passphrase };
}

async function giveKey(page: Page, file: Parameters<typeof chooseFile>[2], passphrase: string): Promise<void> {
  await chooseFile(page, page.getByLabel('The key file', { exact: true }), file);
  await reach(page, page.getByLabel('The passphrase', { exact: true }));
  await page.keyboard.type(passphrase);
}

/** As the voter comes from their mail. */
async function vote(page: Page, sheet: { readonly link: string; readonly code: string }): Promise<void> {
  await page.goto(sheet.link);
  await press(page, page.getByRole('radio', { name: 'Ada' }), ' ');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Blaise' })).toBeChecked();
  await press(page, button(page, 'Check my vote'));
  await reach(page, page.locator('#code'));
  await page.keyboard.type(sheet.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your vote is recorded' })).toBeVisible();
  await press(page, button(page, 'Finish'));
}

test('from the set-up link to the published result with the keyboard alone, the vote among it', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
  const votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Paris' });
  await setUp(page, votix.setupUrl!);
  const [name, opensAt] = ['Board', Date.now() + hour];
  await prepare(page, name, opensAt);
  const { file, passphrase } = await arm(page, name);
  const home = `${votix.url}/console/elections/${/elections\/([^/?]+)/.exec(page.url())![1]!}`;
  const [sheet] = await readSheets(page, home);
  await votix.moveClock(hour + 60_000);
  const voter = await browser.newPage({ locale: 'en-GB', viewport: { width: 360, height: 640 } });
  await vote(voter, sheet!);
  await votix.moveClock(3 * hour);
  await page.goto(home); // a day's work later: logged out
  await type(page, '[name=email]', 'claire@example.org');
  await type(page, '[name=password]', password);
  await page.keyboard.press('Enter');
  await go(page, 'Open the box');
  await giveKey(page, file, passphrase);
  await press(page, button(page, 'Open the ballot box'));
  await press(page, button(page, 'Record the result'));
  await press(page, link(page, 'See the result'));
  await press(page, button(page, 'Publish the result'));
  await expect(page.getByText('Public since')).toBeVisible();
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
