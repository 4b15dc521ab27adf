// A volunteer who has read nothing, on a phone: from the set-up link to the minutes, by what stands on each screen and nothing
// else. Neither the navigation nor an address is used; a screen that did not say what to do next would end the walk here.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import { giveKey, hour, type Key, type PrintedSheet, vote, wallClock } from './steps.ts';

const phone = { width: 390, height: 844 };
const password = 'correct horse battery staple';
const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
const opensAt = Date.now() + hour;
const members = ['Dupont;Alice', 'Martin;Bob', 'Nguyễn;Chloé', 'El Amrani;Driss', 'Rousseau;Émile'];
let votix: VotixProcess;

test.beforeAll(async () => {
  votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
});

test.afterAll(async () => {
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

const says = (page: Page, words: string) => expect(page.locator('main')).toContainText(words);
const button = (page: Page, name: string) => page.locator('main').getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => page.locator('main').getByRole('link', { name, exact: true });

/** The one button of the next step. */
async function goOn(page: Page, hint: string, name: string): Promise<void> {
  await says(page, hint);
  const primary = page.locator('main .button--primary');
  await expect(primary).toHaveCount(1);
  await expect(primary).toHaveText(name);
  await primary.click();
}

async function setUp(page: Page): Promise<void> {
  await page.goto(votix.setupUrl!);
  await says(page, 'Seven answers, then your own account.');
  await button(page, 'Continue').click();
  await expect(page.locator('.error-summary li')).toHaveText([
    /name of your organisation/,
    /whom voters can ask/,
    /contact’s e-mail address/,
  ]);
  await page.getByLabel('Organisation').fill('Amicale des Jonquilles');
  await page.getByLabel('Who answers voters’ questions?').fill('Claire Martin');
  await page.getByLabel('Their e-mail address').fill('claire@example.org');
  await button(page, 'Continue').click();
  await says(page, 'You will be the first administrator');
  await page.getByLabel('Your name').fill('Claire Martin');
  await page.getByLabel('Your e-mail address').fill('claire@example.org');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('The same password again').fill(password);
  await button(page, 'Create my account').click();
  await says(page, 'Keep it on paper, away from this machine');
  await link(page, 'I have it on paper, continue').click();
}

async function prepare(page: Page): Promise<void> {
  await goOn(page, 'It takes about a quarter of an hour to prepare. You will need:', 'Create an election');
  await page.getByLabel('Name of the election').fill('Board 2026');
  await page.getByLabel('Opens').fill(wallClock(opensAt));
  await page.getByLabel('Closes').fill(wallClock(opensAt + hour));
  await button(page, 'Create the election').click();
  await goOn(page, 'Add everyone who can be chosen, in the order of the ballot.', 'Add the candidates');
  await says(page, 'No candidate yet');
  for (const name of ['Ada Lovelace', 'Blaise Pascal']) {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await button(page, 'Add the candidate').click();
    await says(page, name);
  }
  await link(page, 'Back to the steps of this election').click();
  await goOn(page, 'Import your spreadsheet, or add voters one by one.', 'Add the voters');
  await importMembers(page);
}

async function importMembers(page: Page): Promise<void> {
  const rows = members.map((name, index) => `${name};voter${index}@example.org`);
  const file = (lines: readonly string[]) => ({
    name: 'members.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['Nom;Prénom;E-mail', ...lines].join('\n')),
  });
  await says(page, 'No voter yet');
  await link(page, 'Import a spreadsheet').click();
  await page.getByLabel('Spreadsheet file (CSV)').setInputFiles(file([...rows, 'Bad;Address;not-an-address']));
  await button(page, 'Check the file').click();
  await says(page, 'Nothing was imported: one thing to correct');
  await says(page, 'The e-mail address is missing or not valid. (not-an-address)');
  await link(page, 'Choose the corrected file').click();
  await page.getByLabel('Spreadsheet file (CSV)').setInputFiles(file(rows));
  await button(page, 'Check the file').click();
  await says(page, 'Nothing has been imported yet. This is what the file would do:');
  await button(page, 'Import 5 lines').click();
  await says(page, '5 voters were added, nobody changed');
  await link(page, 'Back to the steps of this election').click();
}

async function arm(page: Page): Promise<Key> {
  await goOn(page, 'Make the key that will open the box. From then on the ballot is frozen.', 'Arm the election');
  await says(page, 'Without the file or without the passphrase, nobody can ever open the ballot box');
  await button(page, 'Make the key').click();
  await says(page, 'Save its file where you will find it again on the day of the result.');
  const download = page.waitForEvent('download');
  await button(page, 'Save the key file').click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const file = { name: 'votix-key.pem', mimeType: 'application/x-pem-file', buffer: Buffer.concat(chunks) };
  await button(page, 'Show the passphrase').click();
  await says(page, 'It is shown now and never again.');
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await button(page, 'I have it: go to the proof').click();
  await says(page, 'choose the file from your disk and type the passphrase from your paper.');
  await giveKey(page, { file, passphrase });
  await button(page, 'Prove it').click();
  await says(page, 'none of this can change');
  await page.getByLabel('Type the name of the election to confirm').fill('Board 2026');
  await button(page, 'Arm the election').click();
  await says(page, 'Never both in the same place, and never by e-mail.');
  await link(page, 'Continue with the next step').click();
  return { file, passphrase };
}

async function handOut(page: Page): Promise<PrintedSheet[]> {
  await goOn(page, 'Print one slip for each voter, with their link and code', 'Give the voters their links');
  await says(page, 'Whoever holds a slip can vote in that person’s place.');
  const sheets = await page.locator('.slip').evaluateAll((slips) =>
    slips.map((slip) => {
      const text = (selector: string) => slip.querySelector(selector)?.textContent?.trim() ?? '';
      return { link: text('.slip-link'), key: text('.slip-key'), code: text('.slip-digits') };
    }),
  );
  await button(page, 'The slips are handed out').click();
  await says(page, 'Voting opens by itself on');
  return sheets;
}

/** Hours later the console asks who it is, and leads on to where one was. */
async function comeBack(page: Page): Promise<void> {
  await page.reload();
  if (!page.url().includes('/login')) return;
  await page.getByLabel('E-mail address').fill('claire@example.org');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
}

async function confirm(page: Page): Promise<void> {
  if (!page.url().includes('/reauthenticate')) return;
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
}

async function count(page: Page, key: Key): Promise<void> {
  await goOn(page, 'The key holder opens the box with the key file and the passphrase.', 'Open the box and count');
  await confirm(page);
  await says(page, 'The key file and the passphrase never leave this browser.');
  await giveKey(page, key);
  await button(page, 'Open the ballot box').click();
  await says(page, 'Until you record it, only this page knows the result.');
  await button(page, 'Record the result').click();
  await says(page, 'Keep the key file and the passphrase until the election is archived.');
  await link(page, 'See the result').click();
  await says(page, 'Only administrators see it so far.');
  await button(page, 'Publish the result').click();
  await says(page, 'The result is published.');
  await link(page, 'Read the minutes').click();
  await says(page, 'The result is final and public.');
}

test('from the set-up link to the minutes, by the words of the screens alone', async ({ browser }) => {
  const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Paris', viewport: phone });
  await setUp(page);
  await prepare(page);
  const key = await arm(page);
  const sheets = await handOut(page);
  await votix.moveClock(hour + 60_000);
  for (const [index, sheet] of sheets.entries()) {
    const voter = await browser.newPage({ locale: 'en-GB', viewport: phone });
    await voter.goto(sheet.link);
    await vote(voter, sheet, index < 3 ? 'Ada' : 'Blaise', 'en');
    await voter.close();
  }
  await comeBack(page);
  await goOn(page, 'See how many have voted, and remind the others.', 'Watch the voting');
  await says(page, 'At least');
  await page.goBack();
  await votix.moveClock(2 * hour + 60_000);
  await comeBack(page);
  await count(page, key);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});
