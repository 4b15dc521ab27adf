// A directory from the first button to the last, in a browser: connected, searched by keyboard on a phone, a voter registered,
// a unit chosen, ways back that do not fit refused, and the access taken back. Google is a stand-in on an origin of its own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import { aGoogle, type StandIn, standInClient } from '../support/google-stand-in.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import { createElection, enter, hour, setUp } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-google-'));
const phone = { width: 360, height: 640 };
let google: StandIn;
let votix: VotixProcess;

test.beforeAll(async () => {
  const port = await freePort();
  google = await aGoogle(`http://localhost:${port}/auth/google/callback`);
  votix = await startVotix({
    PORT: String(port),
    VOTING_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
    LOG_DIR: folder,
    BACKUP_EVERY: '0',
    GOOGLE_CLIENT_ID: standInClient.id,
    GOOGLE_CLIENT_SECRET: standInClient.secret,
    STAND_IN: JSON.stringify(google.endpoints),
  });
});

test.afterAll(async () => {
  await votix.stop();
  await google.close();
  rmSync(folder, { recursive: true, force: true });
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** To Google's page of consent. */
async function leave(page: Page, tab: string, button: string, units = false): Promise<void> {
  await enter(page, tab);
  if (units) await page.getByLabel('Also choose voters by organisational unit').check();
  await press(page, button);
  if (page.url().includes('/reauthenticate')) return leave(page, tab, button, units);
  await page.getByRole('link', { name: 'Go to Google' }).click();
  await expect(page).toHaveURL((url) => url.origin === google.endpoints.issuer);
}

async function search(page: Page): Promise<void> {
  const input = page.getByRole('combobox', { name: 'Search the directory' });
  const options = page.getByRole('listbox').getByRole('option');
  const status = page.locator('#directory-status');
  await input.pressSequentially('a');
  await page.waitForTimeout(400);
  expect(google.calls.filter(({ path }) => path.startsWith('/v1/people'))).toEqual([]); // one letter asks nobody
  google.fail({ path: '/v1/people', times: 1, delayMs: 1500 });
  await input.pressSequentially('ïc');
  await expect(status).toHaveText('Searching…');
  await input.fill('ali'); // what was asked for before comes too late
  await expect(options).toHaveCount(2);
  await expect(status).toHaveText('2 people found.');
  await page.waitForTimeout(1500);
  await expect(options).toHaveCount(2);
  await expect(input).toHaveAttribute('aria-expanded', 'true');
  await expectAccessible(page);
  await input.press('ArrowDown');
  await input.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  expect(await input.getAttribute('aria-activedescendant')).toBe(await options.nth(1).getAttribute('id'));
  await input.press('ArrowDown'); // round again
  await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true');
  await input.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await input.press('ArrowUp');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await input.press('Enter');
  await expect(page.locator('[name=lastName]')).toHaveValue('Dupond');
  await expect(page.locator('[name=firstName]')).toHaveValue('Alice');
  await expect(page.locator('[name=email]')).toHaveValue('alice.dupond@example.org');
  await expect(status).toHaveText('Alice Dupond is filled in below. Check it, then add.');
  await input.fill('reception');
  await expect(status).toHaveText('One person found.');
  google.fail({ path: '/v1/people', times: 1, status: 429 });
  await input.press('End');
  await input.pressSequentially('@');
  await expect(status).toContainText('Google asks for a pause');
  await expect(page.locator('[name=email]')).toHaveValue('alice.dupond@example.org'); // nothing typed is lost
}

test('connected, searched, registered, chosen by unit, refused where it does not fit, taken back', async ({
  page,
  browser,
}) => {
  await setUp(page, votix.setupUrl ?? '');
  const now = Date.now();
  const home = await createElection(page, { name: 'Board 2026', opensAt: now + hour, closesAt: now + 9 * hour });
  const tab = new URL('/console/configure/google', home).href;

  await test.step('a refusal at Google connects nothing', async () => {
    await leave(page, tab, 'Connect a Google Workspace account');
    await page.getByRole('link', { name: 'Refuse' }).click();
    await expect(page.getByText('The access was refused at Google')).toBeVisible();
  });

  await test.step('a way back in another browser, or with another state, is refused; then it connects, once', async () => {
    await leave(page, tab, 'Connect a Google Workspace account');
    const back = await google.consent(page.url());
    const other = await browser.newPage();
    await enter(other, tab);
    await other.goto(back.href);
    await expect(other.getByText('This way back from Google is no longer valid')).toBeVisible();
    await other.close();
    await page.goto(back.href.replace(/state=[^&]+/, 'state=of-somebody-else'));
    await expect(page.getByText('This way back from Google is no longer valid')).toBeVisible();
    await page.goto(back.href);
    await expect(page.getByText('The directory is connected.')).toBeVisible();
    await expect(page.getByText('claire@example.org').first()).toBeVisible();
    expect(new URL(page.url()).searchParams.has('code')).toBe(false);
    await page.goto(back.href);
    await expect(page.getByText('This way back from Google is no longer valid')).toBeVisible();
  });

  await test.step('a voter is found by keyboard on a phone, and registered', async () => {
    await page.setViewportSize(phone);
    await page.goto(new URL('/register-voter', home).href);
    await search(page);
    await press(page, 'Add the voter');
    await expect(page.getByRole('rowheader', { name: 'Dupond Alice' })).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('a unit is chosen page by page, looked at, and taken over', async () => {
    await leave(page, tab, 'Connect again, or with another account', true);
    await page.getByRole('link', { name: 'Allow' }).click();
    await expect(page.getByText('People can be searched, and chosen by unit.')).toBeVisible();
    await page.goto(`${home}/voters`);
    await page.getByRole('link', { name: 'Choose by unit' }).click();
    await page.getByLabel('Unit', { exact: true }).selectOption('/Students/2026');
    await press(page, 'Show the people');
    await expect(page.getByText('200 people on this page.')).toBeVisible();
    await expectAccessible(page);
    await press(page, 'Untick all');
    await page.getByLabel('Sacha Student003').check();
    await press(page, 'Next page');
    await expect(page.getByText('One chosen on other pages.')).toBeVisible();
    await page.getByLabel('Sacha Student240').uncheck();
    await press(page, 'Check these people');
    await press(page, 'Take over 51 people');
    await expect(page.getByText('51 voters were added')).toBeVisible();
  });

  await test.step('an access that was taken back says why, and is renewed', async () => {
    google.revokeAll();
    await page.goto(`${home}/voters`);
    await page.getByRole('combobox', { name: 'Search the directory' }).pressSequentially('ali');
    await expect(page.locator('#directory-status')).toContainText('Google no longer accepts the access');
    await leave(page, tab, 'Reconnect');
    await page.getByRole('link', { name: 'Allow' }).click();
    await expect(page.getByText('The directory is connected.')).toBeVisible();
  });

  await test.step('disconnecting ends it here and at Google', async () => {
    await press(page, 'Disconnect');
    await expect(page.getByText('The directory is disconnected, here and at Google.')).toBeVisible();
    expect(google.living()).toEqual({ refresh: [], access: [] });
    await page.goto(`${home}/voters`);
    await expect(page.getByRole('combobox', { name: 'Search the directory' })).toHaveCount(0);
  });
});
