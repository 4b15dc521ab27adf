// The administrator tries everything first: a rehearsal from its making to its wiping, then the real election, whose numbers
// the public page follows while people vote, and whose key is proven again in between.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { getDocumentProxy } from 'unpdf';
import { startVotix } from '../support/votix-process.ts';
import { arm, deliberate, enter, giveKey, hour, prepareElection, readSheets, setUp, vote } from './steps.ts';

const candidates = ['Ada Lovelace', 'Blaise Pascal', 'Émilie du Châtelet'];
const phone = { width: 360, height: 640 };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

async function enoughBallots(admin: Page, home: string, minimum: number): Promise<void> {
  await admin.goto(`${home}/contests`);
  await admin.locator('[name=minimumBallots]').fill(String(minimum));
  await admin.locator('form[action$="/rules"] button').click();
  await expect(admin.locator('[name=minimumBallots]')).toHaveValue(String(minimum));
}

/** How many large words TEST each sheet has when the page is printed. */
async function watermarks(page: Page): Promise<number[]> {
  const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' })), { verbosity: 0 });
  const counts: number[] = [];
  for (let number = 1; number <= printed.numPages; number++) {
    const { items } = await (await printed.getPage(number)).getTextContent();
    counts.push(items.filter((item) => 'str' in item && item.str === 'TEST' && item.height > 60).length);
  }
  return counts;
}

/** From the made rehearsal to its minutes. Two of its voters vote, one of them on a phone of the administrator's own choice. */
async function playThrough(admin: Page, home: string): Promise<string> {
  await admin.getByRole('link', { name: 'Arm the rehearsal' }).click();
  const rehearsal = admin.url().replace(/\/arm.*$/, '');
  await admin.goto(`${home}/rehearsal`);
  const name = (await admin.locator('#running').textContent())!;
  const key = await arm(admin, rehearsal, name);
  for (const [index, choice] of [candidates[0]!, null].entries()) {
    await admin.goto(`${home}/rehearsal`);
    const voter = admin.locator('.test-voters li').nth(index);
    const code = (await voter.locator('code').textContent())!;
    const [booth] = await Promise.all([admin.waitForEvent('popup'), voter.getByRole('link').click()]);
    await booth.setViewportSize(phone);
    await expect(booth.getByText('TEST: this is a rehearsal.')).toBeVisible();
    await vote(booth, { link: booth.url(), key: '', code }, choice, 'en');
    await booth.close();
  }
  await admin.reload();
  await expect(admin.getByText('Has voted')).toHaveCount(2);
  await expectAccessible(admin);
  await button(admin, 'Close the voting now').click();
  await expect(admin.getByText('The voting of the rehearsal is closed.')).toBeVisible();
  await expect(async () => {
    await admin.goto(`${home}/rehearsal`);
    await expect(admin.locator('#content').getByRole('link', { name: 'Open the box' })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await deliberate(admin, rehearsal, key);
  return rehearsal;
}

test('rehearsed, wiped, armed for real; the numbers follow the votes, and the key is proven while they come', async ({
  browser,
}) => {
  test.setTimeout(800_000); // for a machine with other work beside: alone it takes a minute
  const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
  const votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const admin = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })).newPage();
  await setUp(admin, votix.setupUrl!);
  const opensAt = Date.now() + hour;
  const plan = { name: 'Board 2026', opensAt, closesAt: opensAt + 2 * hour, candidates, voters: 12 };
  const home = await prepareElection(admin, plan);
  await enoughBallots(admin, home, 1);

  await admin.goto(`${home}/rehearsal`);
  await admin.locator('[name=voters]').fill('3');
  await button(admin, 'Make the rehearsal').click();
  await expect(admin.getByText('The rehearsal is ready.')).toBeVisible();
  const rehearsal = await playThrough(admin, home);
  for (const page of ['minutes', 'result', 'sheets']) {
    await enter(admin, `${rehearsal}/${page}`);
    const found = await watermarks(admin);
    expect([page, ...found]).toEqual([page, ...found.map(() => 1)]);
  }
  await admin.goto(`${home}/rehearsal`);
  await button(admin, 'Wipe the rehearsal').click();
  await expect(admin.getByText('The rehearsal is wiped, with everything in it.')).toBeVisible();
  expect((await admin.request.get(rehearsal.replace('/console', ''))).status()).toBe(404);
  await expect(admin.getByText('You have rehearsed this election')).toBeVisible();

  const key = await arm(admin, home, plan.name);
  const sheets = await readSheets(admin, home);
  expect(sheets).toHaveLength(12);
  await votix.moveClock(hour + 60_000);
  const visitor = await (await browser.newContext({ locale: 'en-GB', viewport: phone })).newPage();
  await visitor.goto(home.replace('/console', ''));
  const voted = visitor.locator('[data-live-text$="voted"]').first();
  await expect(voted).toHaveText('0');
  await visitor.evaluate(() => document.body.setAttribute('data-here', ''));
  const booth = await (await browser.newContext({ locale: 'en-GB', viewport: phone })).newPage();
  for (const [index, sheet] of sheets.slice(0, 2).entries()) {
    await booth.goto(sheet.link);
    await vote(booth, sheet, candidates[index]!, 'en');
    await expect(voted).toHaveText(String(index + 1), { timeout: 40_000 });
  }
  await expect(visitor.locator('body[data-here]')).toHaveCount(1); // never loaded anew

  await enter(admin, `${home}/prove`);
  await expectAccessible(admin);
  await giveKey(admin, { ...key, passphrase: key.passphrase.replace(/^./, (one) => (one === '2' ? '3' : '2')) });
  await button(admin, 'Prove it').click();
  await expect(admin.locator('#passphrase-problem')).toBeVisible();
  await giveKey(admin, key);
  await button(admin, 'Prove it').click();
  await expect(admin.getByRole('heading', { name: 'You have what opens the box' })).toBeVisible();
  await expectAccessible(admin);
  await admin.goto(`${home}/arm`);
  await expect(admin.getByText('Key last proven on')).toBeVisible();
  expect(votix.output()).not.toContain(key.passphrase);
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
