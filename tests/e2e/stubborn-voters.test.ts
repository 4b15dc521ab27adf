import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import { arm, boothWords, hour, prepareElection, type PrintedSheet, readSheets, setUp, vote } from './steps.ts';

const phone = { width: 360, height: 640 };
const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
let votix: VotixProcess;
let sheets: PrintedSheet[];
let home: string;

test.beforeAll(async ({ browser }) => {
  votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const admin = await browser.newPage({ locale: 'en-GB' });
  await setUp(admin, votix.setupUrl!);
  const opensAt = Date.now() + hour;
  const plan = { name: 'Board', opensAt, closesAt: opensAt + hour, candidates: ['Ada', 'Blaise'], voters: 12 };
  home = await prepareElection(admin, plan);
  await arm(admin, home, plan.name);
  sheets = await readSheets(admin, home);
  await votix.moveClock(hour + 60_000);
});

test.afterAll(async () => {
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

const voter = (browser: Browser, javaScriptEnabled = true): Promise<Page> =>
  browser.newPage({ locale: 'en-GB', viewport: phone, javaScriptEnabled });

const words = boothWords.en;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

async function choose(page: Page, sheet: PrintedSheet, code = sheet.code): Promise<void> {
  await page.goto(sheet.link);
  await page.getByRole('radio', { name: 'Ada' }).check();
  await page.getByRole('button', { name: words.next }).click();
  await page.locator('#code').fill(code);
  await page.getByRole('button', { name: words.record }).click();
}

test('a lost answer, then a reload: the same receipt, once; after Finish the date only', async ({ browser }) => {
  const page = await voter(browser);
  let reached = 0;
  const receipts: string[] = [];
  await page.route('**/api/vote/**', async (route) => {
    if (reached++ === 0) {
      const answer = (await (await route.fetch()).json()) as { receipt: string };
      receipts.push(answer.receipt);
    }
    await route.abort('connectionreset');
  });
  await choose(page, sheets[0]!);
  await expect(page.getByText('Not recorded yet. Retrying…')).toBeVisible();
  await page.unroute('**/api/vote/**');
  await page.reload();
  await expect(heading(page)).toHaveText('Let us make sure your vote is recorded');
  await page.locator('#code').fill(sheets[0]!.code);
  await page.locator('#booth form button').last().click();
  await expect(heading(page)).toHaveText(words.recorded);
  const shown = (await page.locator('.receipt').first().textContent()) ?? '';
  expect(shown.replaceAll(/\s/g, '')).toBe(receipts[0]);
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.reload();
  await expect(heading(page)).toHaveText('You have voted');
  await expect(page.locator('.receipt')).toHaveCount(0);
});

test('offline while the vote is sent: nothing typed is lost, the page says what to do, and records it once when back', async ({
  browser,
}) => {
  const page = await voter(browser);
  await page.goto(sheets[7]!.link);
  await page.getByRole('radio', { name: 'Blaise' }).check();
  await page.getByRole('button', { name: words.next }).click();
  await page.locator('#code').fill(sheets[7]!.code);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: words.record }).click();
  await expect(page.getByText('Not recorded yet. Retrying…')).toBeVisible();
  await expect(page.getByText('Please leave this page open.')).toBeVisible();
  await expect(page.locator('.choices')).toContainText('Blaise');
  await expect(page.locator('#code')).toHaveValue(sheets[7]!.code);
  await expect(heading(page)).not.toHaveText(words.recorded);
  await page.context().setOffline(false); // it does not wait for its next try
  await expect(heading(page)).toHaveText(words.recorded);
  await expect(page.locator('.receipt').first()).toBeVisible();
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.goto(sheets[7]!.link);
  await expect(heading(page)).toHaveText('You have voted');
});

test('five wrong codes: the tries left are said, then a door until when, and the vote is not lost', async ({
  browser,
}) => {
  const page = await voter(browser);
  const sheet = sheets[1]!;
  const wrong = String((Number(sheet.code) + 1) % 10_000).padStart(4, '0');
  await choose(page, sheet, wrong);
  for (const left of ['4 tries', '3 tries', '2 tries', 'one try']) {
    await expect(page.locator('#code-problem')).toContainText(left);
    await page.locator('#code').fill(wrong);
    await page.getByRole('button', { name: words.record }).click();
  }
  await expect(heading(page)).toHaveText('Too many wrong codes');
  await page.goto(sheet.link);
  await expect(page.locator('main')).toContainText('claire@example.org');
  await votix.moveClock(hour + 17 * 60_000);
  await page.goto(sheet.link);
  await vote(page, sheet, 'Blaise', 'en');
});

test('two tabs of one voter: the second reads the day, never an error or a choice', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: phone });
  const [first, second] = [await context.newPage(), await context.newPage()];
  await second.goto(sheets[2]!.link);
  await first.goto(sheets[2]!.link);
  await vote(first, sheets[2]!, 'Ada', 'en');
  await second.getByRole('radio', { name: 'Blaise' }).check();
  await second.getByRole('button', { name: words.next }).click();
  await second.locator('#code').fill(sheets[2]!.code);
  await second.getByRole('button', { name: words.record }).click();
  await expect(heading(second)).toHaveText('You have already voted');
  await expect(second.locator('main')).not.toContainText('Ada');
});

test('browsers in Réunion and Montréal read when voting closes in the time of the election, and which time that is', async ({
  browser,
}) => {
  const read: string[] = [];
  for (const timezoneId of ['Indian/Reunion', 'America/Montreal', 'Europe/Paris']) {
    const page = await browser.newPage({ locale: 'fr-FR', viewport: phone, timezoneId });
    await page.goto(sheets[5]!.link);
    await expect(page.getByRole('radio').first()).toBeVisible();
    read.push((await page.getByText(/Vous pouvez voter jusqu/).textContent()) ?? '');
    await page.close();
  }
  expect(new Set(read).size).toBe(1);
  expect(read[0]).toMatch(/à\s\d+\sh\s\d\d\s\(heure .*Europe centrale\)/);
});

test('a larger text chosen with a vote half made keeps the choice, and holds for the visit', async ({ browser }) => {
  const page = await voter(browser);
  await page.goto(sheets[6]!.link);
  await page.getByRole('radio', { name: 'Ada' }).check();
  await page.locator('.display summary').click();
  await page.getByRole('link', { name: 'Very large' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-text', 'larger');
  await expect(page.getByRole('radio', { name: 'Ada' })).toBeChecked();
  await expect(page.getByRole('link', { name: 'Very large' })).toHaveAttribute('aria-current', 'true');
  await expect.poll(async () => (await page.context().cookies()).map(({ name }) => name)).toContain('votix_display');
  await page.goto(sheets[6]!.link);
  await expect(page.locator('html')).toHaveAttribute('data-text', 'larger');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('24px');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});

test('without scripts the page says why it needs them and whom to ask', async ({ browser }) => {
  const page = await voter(browser, false);
  await page.goto(sheets[3]!.link);
  await expect(page.getByText('claire@example.org').first()).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(0);
});

test('a scanner that opens the link, runs the scripts and presses every button casts nothing', async ({ browser }) => {
  const page = await voter(browser);
  const turnout = async () => {
    await page.goto(home.replace('/console', ''));
    return page.locator('.turnout-figure strong').textContent();
  };
  const before = await turnout();
  for (let round = 0; round < 3; round++) {
    await page.goto(sheets[4]!.link.replace(/[^/]+$/, (uuid) => `${uuid.toUpperCase()}?source=scan`));
    await expect(page.getByRole('radio').first()).toBeVisible();
    for (const button of await page.getByRole('button').all())
      await button.click({ timeout: 2000 }).catch(() => undefined);
  }
  expect(await turnout()).toBe(before);
});
