// A registrar on the real server: named in the console, makes the codes on their own page, and a voter types the one of their
// letter beside the secret code; a lost letter is replaced from the reserve.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { startVotix } from '../support/votix-process.ts';
import { enter, hour, type Key, prepareElection, readSheets, setUp } from './steps.ts';

const phone = { width: 360, height: 640 };
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openLink(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: phone })).newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(link);
  return page;
}

async function saved(page: Page, label: string): Promise<Key['file']> {
  const download = page.waitForEvent('download');
  await button(page, label).click();
  const file = await download;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), mimeType: 'text/plain', buffer: Buffer.concat(chunks) };
}

/** A file that is made, saved, noted and proven, with the button that begins it and the name of its field. */
async function makeAndProve(page: Page, make: string, noted: string, field: string): Promise<Key> {
  await button(page, make).click();
  const file = await saved(page, 'Save the file');
  await button(page, 'I have saved it').click();
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await button(page, noted).click();
  await page.getByLabel(field, { exact: true }).setInputFiles(file);
  await page.getByLabel('Your passphrase', { exact: true }).fill(passphrase);
  await button(page, 'Prove and hand in').click();
  return { file, passphrase };
}

test('a registrar makes the voter codes; a replaced letter records nothing, its successor does', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
  const votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const admin = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await setUp(admin, votix.setupUrl!);
  const opensAt = Date.now() + hour;
  const plan = { name: 'Board 2026', opensAt, closesAt: opensAt + 2 * hour, candidates: ['Ada', 'Blaise'], voters: 5 };
  const home = await prepareElection(admin, { ...plan, verifiable: true });

  await admin.goto(`${home}/trustees`);
  await admin.locator('[name=name]').fill('Tia');
  await button(admin, 'Add').click();
  const trustee = await openLink(browser, (await admin.locator('td code').textContent())!);
  await makeAndProve(trustee, 'Make my part', 'I have written it down', 'Your key file');
  await expect(trustee.getByRole('heading', { name: 'Your part of the key is made' })).toBeVisible();

  await admin.goto(`${home}/credentials`);
  await admin.locator('[name=name]').fill('Rosa Keller');
  await admin.locator('[name=reserve]').fill('2');
  await button(admin, 'Name the registrar').click();
  const link = (await admin.locator('#registrar-link').textContent())!;
  await enter(admin, `${home}/arm`);
  await expect(admin.getByText('The registrar has not made the voter codes yet.')).toBeVisible();
  const registrar = await openLink(browser, link);
  const kept = await makeAndProve(registrar, 'Make the codes', 'I have noted it', 'The file with the codes');
  await expect(registrar.getByRole('heading', { name: 'Print the letters' })).toBeVisible();
  const list = (await saved(registrar, 'Save the list (CSV)')).buffer.toString();
  const codeOf = (text: string, name: string) => new RegExp(`"${name}".*"([^"]+)"\\s`).exec(text)![1]!;

  await enter(admin, `${home}/arm`);
  await button(admin, 'Arm the election').click();
  await expect(admin.getByText('The election is armed.').or(admin.getByText('This election is armed'))).toBeVisible({
    timeout: 60_000, // at once, or after a page that says how far it is
  });
  const [alice] = await readSheets(admin, home);
  expect(alice!.link).not.toContain('#');

  await admin.goto(`${home}/voters`);
  await admin.getByRole('link', { name: /Alice/ }).first().click();
  await admin.getByRole('link', { name: 'Replace' }).last().click();
  await admin.locator('[name=reason]').fill('The letter was lost.');
  await button(admin, 'Replace the voter code').click();
  await expect(admin.getByText('The voter code was replaced.')).toBeVisible();
  await registrar.reload();
  await registrar.getByLabel('The file with the codes', { exact: true }).setInputFiles(kept.file);
  await registrar.getByLabel('Your passphrase', { exact: true }).fill(kept.passphrase);
  await button(registrar, 'Open the file').click();
  await button(registrar, 'Choose this letter').click();
  await registrar.evaluate(() => void dispatchEvent(new Event('beforeprint'))); // the letters are drawn for the paper only
  const replaced = (await registrar.locator('.letters .slip-key').textContent())!;

  await votix.moveClock(hour + 60_000);
  for (const [credential, screen] of [
    [codeOf(list, 'Alice'), 'refused'],
    [replaced, 'recorded'],
  ] as const) {
    const page = await openLink(browser, alice!.link);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Check my vote' }).click();
    await expect(page.getByText('It stands in the letter from Rosa Keller')).toBeVisible();
    await page.locator('#code').fill(alice!.code);
    await page.locator('#credential').fill(credential);
    await page.getByRole('button', { name: 'Record my vote' }).click();
    await expect(page.locator(`[data-screen=${screen}]`)).toBeVisible();
    if (screen === 'refused') continue;
    await page.getByText('Compare the public board').click();
    await expect(page.getByText('Public board after your vote: event 1').last()).toBeVisible();
  }
  const visitor = await openLink(browser, home.replace('/console', ''));
  await expect(visitor.getByText('Made by Rosa Keller')).toBeVisible();
  expect(votix.output()).not.toContain(replaced);
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
