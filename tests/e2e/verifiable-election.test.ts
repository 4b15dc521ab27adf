import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { verifyArchive } from '@votix/protocol/verifiable';
import { startVotix } from '../support/votix-process.ts';
import { findNewerTool } from '../conformance/belenios-tool.ts';
import {
  boothWords,
  enter,
  hour,
  type Key,
  prepareElection,
  type PrintedSheet,
  readSheets,
  setUp,
  vote,
} from './steps.ts';

const candidates = ['Ada Lovelace', 'Blaise Pascal', 'Émilie du Châtelet'];
const phone = { width: 360, height: 640 };
const voters = Number(process.env['VOTIX_E2E_VOTERS'] ?? 30);
const atOnce = 4;

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** The first file of a trustee, saved, its passphrase noted, both proven. */
async function makePart(page: Page): Promise<Key> {
  await button(page, 'Make my part').click();
  const file = await saveFile(page);
  await button(page, 'I have saved it').click();
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await button(page, 'I have written it down').click();
  await giveKey(page, { file, passphrase });
  await expectAccessible(page);
  await button(page, 'Prove and hand in').click();
  return { file, passphrase };
}

async function saveFile(page: Page): Promise<Key['file']> {
  const download = page.waitForEvent('download');
  await button(page, 'Save the file').click();
  const saved = await download;
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  return { name: saved.suggestedFilename(), mimeType: 'text/plain', buffer: Buffer.concat(chunks) };
}

async function giveKey(page: Page, { file, passphrase }: Key): Promise<void> {
  await page.getByLabel('Your key file', { exact: true }).setInputFiles(file);
  await page.getByLabel('Your passphrase', { exact: true }).fill(passphrase);
}

/** With the page left open the second step needs nothing; the third wants the file saved once more. */
async function finishPart(page: Page, key: Key): Promise<Key> {
  await expect(page.getByRole('heading', { name: 'Save your key file again' })).toBeVisible({ timeout: 60_000 });
  const file = await saveFile(page);
  await button(page, 'I have saved it, go on').click();
  return { ...key, file };
}

async function trusteePage(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: phone });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(link);
  return page;
}

/** From the election's page, as anyone would, with a receipt at the end. The visitor reads French. */
async function checkInBrowser(visitor: Page, receipt: string): Promise<void> {
  await visitor.getByRole('link', { name: 'Vérifier dans ce navigateur' }).click();
  await visitor.getByRole('button', { name: 'Vérifier cette élection' }).click();
  const verdict = visitor.getByRole('heading', { name: 'Tout ce qui a été contrôlé est conforme' });
  await expect(verdict).toBeVisible({ timeout: 60_000 });
  await expect(visitor.getByText('strict.json')).toHaveCount(0); // it came along, and holds
  await expect(visitor.getByText('le serveur de l’élection')).toBeVisible(); // has made the voter codes
  await expectAccessible(visitor);
  await visitor.locator('#receipt').fill(receipt);
  await visitor.getByRole('button', { name: 'Chercher' }).click();
  await expect(visitor.getByText('inchangé, et il compte')).toBeVisible();
}

/** Several at a time, as on the day. */
async function everyOne<Thing>(things: readonly Thing[], act: (thing: Thing, index: number) => Promise<void>) {
  const waiting = [...things.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await act(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** English and French in turn; the second's mail program spoils the link, the third's cuts it. Gives the receipt. */
async function voteOnPhone(browser: Browser, sheet: PrintedSheet, index: number, choice: string | null) {
  const language = index % 2 === 0 ? 'en' : 'fr';
  const locale = language === 'en' ? 'en-GB' : 'fr-FR';
  const context = await browser.newContext({ locale, viewport: phone, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const [address = '', credential = ''] = sheet.link.split('#');
  let receipt: string;
  if (index === 2) {
    await page.goto(address);
    receipt = await voteByThumb(page, sheet, { choice: choice ?? boothWords.en.blank, credential });
  } else {
    await page.goto(index === 1 ? sheet.link.replace('#', '%23') : sheet.link);
    receipt = await vote(page, sheet, choice, language);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  await context.close();
  return receipt;
}

/** Touching what a thumb touches, with a wrong code at first. The page asks for the voter code that the link has lost. */
async function voteByThumb(
  page: Page,
  { code }: PrintedSheet,
  { choice, credential }: { readonly choice: string; readonly credential: string },
): Promise<string> {
  await page.locator('label', { hasText: choice }).tap();
  await expect(page.getByRole('radio', { name: choice })).toBeChecked();
  await page.getByRole('button', { name: 'Check my vote' }).tap();
  await page.locator('#code').fill(code === '0000' ? '0001' : '0000');
  const record = page.getByRole('button', { name: 'Record my vote' });
  await record.tap();
  await expect(page.locator('#credential-problem')).toBeVisible();
  await expectAccessible(page);
  await page.locator('#credential').fill(credential);
  await record.tap();
  await expect(page.locator('#code-problem')).toBeVisible(); // sealed, and refused: going back, another ballot is sealed
  await page.getByRole('button', { name: 'Change my choice' }).tap();
  await page.getByRole('button', { name: 'Check my vote' }).tap();
  await page.locator('#code').fill(code);
  await record.tap();
  await expect(page.getByRole('heading', { name: 'Your vote is recorded' })).toBeVisible();
  return (await page.locator('.receipt').first().textContent())!.trim();
}

/** By a tool of other people, where one that knows the group is on this machine. */
function expectOthersAccept(archive: Uint8Array, uuid: string): void {
  const tool = findNewerTool();
  if (tool === undefined)
    test.info().annotations.push({ type: 'not judged', description: 'BELENIOS_TOOL_NEWER names no belenios-tool.' });
  else expect(tool.verify(uuid, archive)).toMatchObject({ accepts: true });
}

test('three trustees of whom two open, voters on phones, one trustee absent: everyone can check the result', async ({
  browser,
}) => {
  test.setTimeout(900_000); // for a machine with other work beside: alone it takes a minute and a half
  const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
  const votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const desk = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const admin = await desk.newPage();
  await setUp(admin, votix.setupUrl!);
  const opensAt = Date.now() + hour;
  const plan = { name: 'Board 2026', opensAt, closesAt: opensAt + 2 * hour, candidates, voters, verifiable: true };
  const home = await prepareElection(admin, plan);

  await admin.goto(`${home}/trustees`);
  for (const name of ['Ada', 'Blaise', 'Chloé']) {
    await admin.locator('[name=name]').fill(name);
    await button(admin, 'Add').click();
  }
  await admin.locator('[name=threshold]').selectOption('2');
  await button(admin, 'Save').click();
  await expectAccessible(admin);
  const links = await admin.locator('td code').allTextContents();
  expect(links).toHaveLength(3);
  const pages: Page[] = [];
  for (const link of links) pages.push(await trusteePage(browser, link));
  const keys: Key[] = [];
  for (const page of pages) keys.push(await makePart(page));
  for (const [index, page] of pages.entries()) keys[index] = await finishPart(page, keys[index]!);
  for (const page of pages)
    await expect(page.getByRole('heading', { name: 'Your part of the key is made' })).toBeVisible();
  await expectAccessible(pages[0]!);

  await enter(admin, `${home}/arm`);
  await expectAccessible(admin);
  await button(admin, 'Arm the election').click();
  await expect(admin.getByText('The election is armed.').or(admin.getByText('This election is armed'))).toBeVisible({
    timeout: 60_000, // at once, or after a page that says how far it is
  });
  const sheets = await readSheets(admin, home);
  for (const { link } of sheets) expect(link).toMatch(/#[\w-]{25}$/);

  await votix.moveClock(hour + 60_000);
  const choices = sheets.map((_, index) => [candidates[0]!, candidates[1]!, null][index % 3]!);
  const receipts: string[] = sheets.map(() => '');
  await everyOne(sheets, async (sheet, index) => {
    receipts[index] = await voteOnPhone(browser, sheet, index, choices[index]!);
  });

  const electionUrl = home.replace('/console', '');
  const visitor = await (await browser.newContext({ locale: 'fr-FR', viewport: phone })).newPage();
  await visitor.goto(`${electionUrl}/board`);
  await expect(visitor.locator('tbody tr')).toHaveCount(voters + 1);
  const listed = (await visitor.locator('tbody').textContent()) ?? '';
  for (const receipt of receipts) expect(listed).toContain(receipt.replaceAll(/\s/g, ''));
  await expectAccessible(visitor);
  const bytes = async () => new Uint8Array(await (await visitor.request.get(`${electionUrl}/archive.bel`)).body());
  expect(verifyArchive(await bytes())).toMatchObject({ ok: true, ballots: voters });

  await votix.moveClock(3 * hour + 60_000);
  for (const index of [0, 2]) {
    const page = await trusteePage(browser, links[index]!);
    await expect(page.getByRole('heading', { name: 'Give your share of the result' })).toBeVisible({ timeout: 60_000 });
    if (index === 0) {
      await giveKey(page, keys[2]!); // the right passphrase for another trustee's file
      await button(page, 'Check everything and make my share').click();
      await saveFile(page);
      await button(page, 'I have saved it, go on').click();
      await expect(page.getByText('This share is another trustee’s')).toBeVisible();
      await page.reload();
    }
    await giveKey(page, keys[index]!);
    await button(page, 'Check everything and make my share').click();
    await expect(page.getByRole('heading', { name: 'Save your key file again' })).toBeVisible({ timeout: 60_000 });
    await saveFile(page);
    await button(page, 'I have saved it, go on').click();
    const title = index === 0 ? 'Your share is there' : 'The box is open';
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expectAccessible(page);
  }

  await enter(admin, `${home}/result`);
  await button(admin, 'Publish the result').click();
  await visitor.goto(electionUrl);
  await expectAccessible(visitor);
  const table = await visitor.locator('table').first().locator('tbody tr').allTextContents();
  for (const candidate of candidates) {
    const expected = choices.filter((choice) => choice === candidate).length;
    expect(table.find((row) => row.includes(candidate))?.replace(candidate, '')).toMatch(
      new RegExp(`^\\s*${expected}\\b`),
    );
  }
  for (const receipt of receipts.slice(0, 3)) {
    await visitor.locator('[name=receipt]').fill(receipt);
    await visitor.locator('form[action$="/receipt"] button').click();
    await expect(visitor.locator('#receipt-check .notice--good')).toBeVisible();
  }
  await checkInBrowser(visitor, receipts[0]!);
  const strict = await (await visitor.request.get(`${electionUrl}/strict.json`)).text();
  const report = verifyArchive(await bytes(), { strict });
  expect(report).toMatchObject({ ok: true, strict: true, ballots: voters });
  expectOthersAccept(await bytes(), report.facts!.uuid);
  const minutes = (await (await visitor.request.get(`${electionUrl}/result.json`)).json()) as unknown;
  expect(minutes).toMatchObject({
    board: { head: report.facts!.head, trustees: ['Ada', 'Blaise', 'Chloé'], needed: 2 },
  });
  for (const { passphrase } of keys) expect(votix.output()).not.toContain(passphrase);
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
