import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRecord, verifyRecord } from '@votix/protocol';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, type Request, test } from '@playwright/test';
import { startVotix } from '../support/votix-process.ts';
import { arm, deliberate, enter, hour, prepareElection, readSheets, setUp, vote } from './steps.ts';

const candidates = ['Ada Lovelace', 'Blaise Pascal', 'Émilie du Châtelet'];
const phone = { width: 360, height: 640 };

/** Twelve voters, blank votes among them. */
const choices = [0, 1, null, 0, 2, 0, null, 1, 0, 2, 1, 0].map((index) => (index === null ? null : candidates[index]!));

/** Everything that the browsers sent, as text. */
function listen(page: Page, sent: string[]): void {
  page.on('request', (request: Request) => {
    sent.push([request.url(), request.postData() ?? '', JSON.stringify(request.headers())].join('\n'));
  });
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
      throw new Error(message.text());
  });
}

/** WCAG 2.2 AA as far as axe can judge it: no violation on the page as it stands. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

const consolePages = [
  '',
  '/details',
  '/candidates',
  '/voters',
  '/voters/import',
  '/arm',
  '/sheets',
  '/deliberate',
  '/result',
];

async function voterPage(context: BrowserContext, sent: string[]): Promise<Page> {
  const page = await context.newPage();
  listen(page, sent);
  return page;
}

test('an empty machine, twelve voters on phones in two languages, a published result that equals what was voted', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
  const votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const [adminSent, votersSent]: [string[], string[]] = [[], []];
  const desk = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const admin = await desk.newPage();
  listen(admin, adminSent);

  await setUp(admin, votix.setupUrl!);
  const opensAt = Date.now() + hour;
  const name = 'Board 2026';
  const plan = { name, opensAt, closesAt: opensAt + 2 * hour, candidates, voters: choices.length };
  const home = await prepareElection(admin, plan);
  const key = await arm(admin, home, name);
  const sheets = await readSheets(admin, home);
  expect(sheets).toHaveLength(choices.length);
  expect(new Set(sheets.map((sheet) => sheet.link)).size).toBe(choices.length);

  const phones = {
    en: await browser.newContext({ locale: 'en-GB', viewport: phone, hasTouch: true }),
    fr: await browser.newContext({ locale: 'fr-FR', viewport: phone, hasTouch: true }),
  };
  const pocket = {
    storageState: await desk.storageState(),
    viewport: phone,
    locale: 'fr-FR',
    colorScheme: 'dark',
  } as const;
  const audited = await (await browser.newContext(pocket)).newPage();
  for (const url of [...consolePages.map((path) => home + path), `${votix.url}/console`, `${votix.url}/`]) {
    await audited.goto(url);
    await expectAccessible(audited);
  }

  const early = await voterPage(phones.fr, votersSent);
  await early.goto(sheets[0]!.link);
  await expect(early.getByRole('heading', { level: 1 })).toContainText('pas encore');
  await early.close();

  await votix.moveClock(hour + 60_000);
  const receipts: string[] = [];
  for (const [index, sheet] of sheets.entries()) {
    const language = index % 2 === 0 ? 'en' : 'fr';
    const page = await voterPage(phones[language], votersSent);
    if (index % 3 === 2) {
      // without a camera: the short address, then the key
      await page.goto(`${votix.url}/vote`);
      await page.locator('[name=key]').fill(sheet.key.toLowerCase());
      await page.locator('main form button').click();
    } else await page.goto(sheet.link);
    const audit = index < 2 ? () => expectAccessible(page) : undefined;
    receipts.push(await vote(page, sheet, choices[index]!, language, audit));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    await page.close();
  }

  const again = await voterPage(phones.en, votersSent);
  await again.goto(sheets[0]!.link);
  await expect(again.getByRole('heading', { level: 1 })).toContainText('You have voted');
  await again.close();

  await enter(admin, `${home}/deliberate`);
  await expect(admin.locator('#deliberation-data')).toHaveCount(0);
  await votix.moveClock(3 * hour + 60_000);
  await expect(async () => {
    await enter(admin, `${home}/deliberate`);
    await expect(admin.locator('#deliberation')).toBeVisible({ timeout: 500 });
  }).toPass();
  await deliberate(admin, home, key);

  const electionUrl = home.replace('/console', '');
  const visitor = await voterPage(phones.fr, votersSent);
  await visitor.goto(electionUrl);
  await expectAccessible(visitor);
  const table = await visitor.locator('table').first().locator('tbody tr').allTextContents();
  for (const candidate of candidates) {
    const expected = choices.filter((choice) => choice === candidate).length;
    expect(table.find((row) => row.includes(candidate))?.replace(candidate, '')).toMatch(
      new RegExp(`^\\s*${expected}\\b`),
    );
  }
  const blanks = choices.filter((choice) => choice === null).length;
  expect(table.find((row) => row.includes('blanc'))).toMatch(new RegExp(`\\s${blanks}\\b`));
  for (const receipt of receipts) {
    await visitor.locator('[name=receipt]').fill(receipt);
    await visitor.locator('form[action$="/receipt"] button').click();
    await expect(visitor.locator('#receipt-check .notice--good')).toBeVisible();
  }

  const record = parseRecord(await (await visitor.request.get(`${electionUrl}/record`)).text());
  expect(record.ok && verifyRecord(record.record).ok).toBe(true);

  const privateKey = key.file.buffer.toString().split('\n').slice(1, 3).join('');
  for (const text of [...adminSent, ...votersSent]) {
    expect(text).not.toContain(key.passphrase);
    expect(text).not.toContain(key.passphrase.replaceAll('-', ''));
    expect(text.replaceAll(/\\n|\s/g, '')).not.toContain(privateKey);
    expect(text).not.toContain('PRIVATE KEY');
  }
  const posted = votersSent.filter((text) => text.includes('/api/vote/'));
  expect(posted.length).toBeGreaterThanOrEqual(choices.length);
  for (const text of posted) for (const candidate of candidates) expect(text).not.toContain(candidate);

  const log = votix.output() + readFileSync(join(folder, 'logs', 'app.log'), 'utf8');
  for (const sheet of sheets)
    for (const secret of [sheet.link.slice(-36), sheet.key]) expect(log).not.toContain(secret);
  for (const receipt of receipts) expect(log).not.toContain(receipt.replaceAll(' ', ''));
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
