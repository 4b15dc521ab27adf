// A passkey in a real browser, whose authenticator Chromium plays: added, then in place of password and second step, under the
// policy that every page has; and what the page says when its owner does not show themselves.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import { setUp } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-passkeys-'));
let votix: VotixProcess;

test.beforeAll(async () => {
  votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
});
test.afterAll(async () => {
  await votix.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A phone that checks its owner; the returned function says whether they show themselves. */
async function givePhone(page: Page): Promise<(isOwner: boolean) => Promise<unknown>> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return (isUserVerified) => client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
}

test('a passkey is added, logs in alone, stands for the second step, and confirms', async ({ page }) => {
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) blocked.push(message.text());
  });
  const setupUrl = votix.setupUrl ?? '';
  await setUp(page, setupUrl);
  const at = (path: string) => new URL(path, setupUrl).href;
  const show = await givePhone(page);
  const logOut = () => page.getByRole('button', { name: 'Log out' }).click();

  await page.goto(at('/console/account/second-step'));
  await page.getByLabel('Name of the passkey').fill('My phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.locator('#codes li')).toHaveCount(10);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  expect((await saved).suggestedFilename()).toBe('votix-recovery-codes.txt');
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('This device has a passkey for your account already.')).toBeVisible();

  await logOut();
  await show(false);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await expect(page.getByText('No passkey was used. Try again, or use another way.')).toBeVisible({ timeout: 30_000 });
  await show(true);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await expect(page).toHaveURL(/\/console$/);

  await logOut();
  await page.getByLabel('E-mail address').fill('claire@example.org');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page).toHaveURL(/\/login\/second/);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/console$/);

  await page.goto(at('/reauthenticate?next=/console/account/second-step'));
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/second-step$/);
  await expect(page.locator('.passkey-row')).toContainText('last used');
  expect(blocked).toEqual([]);
});
