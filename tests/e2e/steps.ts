// The steps of a whole election as people take them, for the end-to-end tests. English console, as set up.

import { expect, type Locator, type Page } from '@playwright/test';

export const hour = 3_600_000;
const zone = 'Europe/Paris';
const password = 'correct horse battery staple';

export const submit = (page: Page): Promise<void> => page.locator('main form button').last().click();

/** What a datetime-local field of the election's zone holds at this instant. */
export const wallClock = (instant: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(instant)
    .replace(' ', 'T');

/** From the one-time link to the recovery sheet, then into the console. */
export async function setUp(page: Page, setupUrl: string): Promise<void> {
  await page.goto(setupUrl);
  await page.locator('[name=organisation]').fill('Amicale des Jonquilles');
  await page.locator('[name=contactName]').fill('Claire Martin');
  await page.locator('[name=contactEmail]').fill('claire@example.org');
  await page.locator('[name=zone]').selectOption(zone);
  await submit(page);
  await page.locator('[name=name]').fill('Claire Martin');
  await page.locator('[name=email]').fill('claire@example.org');
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=passwordAgain]').fill(password);
  await submit(page);
  await expect(page).toHaveURL(/\/console\/recovery$/);
  await page.goto(new URL('/console', setupUrl).href);
}

export interface Plan {
  readonly name: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly candidates: readonly string[];
  readonly voters: number;
  /** So that everyone can check the result; one key where it is left out. */
  readonly verifiable?: boolean;
}

/** The console address of a new election. */
export async function createElection(
  page: Page,
  plan: Pick<Plan, 'name' | 'opensAt' | 'closesAt' | 'verifiable'>,
): Promise<string> {
  await page.getByRole('link', { name: 'Create an election' }).click();
  await page.locator('[name=name]').fill(plan.name);
  await page.locator('[name=opensAt]').fill(wallClock(plan.opensAt));
  await page.locator('[name=closesAt]').fill(wallClock(plan.closesAt));
  if (plan.verifiable === true) await page.locator('[name=sealing][value=verifiable]').check();
  await submit(page);
  return page.url().replace(/\?.*$/, '');
}

/** The election's console address. The first voter is added by hand, the others by a spreadsheet. */
export async function prepareElection(page: Page, plan: Plan): Promise<string> {
  const home = await createElection(page, plan);
  await page.goto(`${home}/candidates`);
  for (const name of plan.candidates) {
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=text]').fill(`What ${name} would do first.`);
    await submit(page);
  }
  await page.goto(`${home}/voters`);
  await page.locator('[name=lastName]').fill('Dupont');
  await page.locator('[name=firstName]').fill('Alice');
  await page.locator('[name=email]').fill('alice@example.org');
  await submit(page);
  const rows = Array.from({ length: plan.voters - 1 }, (_, n) => `Martin${n},Bob,bob${n}@example.org,E${n % 3},`);
  const csv = ['last_name,first_name,email,promotion,building', ...rows].join('\n');
  await page.goto(`${home}/voters/import`);
  await page.locator('[name=file]').setInputFiles({ name: 'roll.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await submit(page);
  await submit(page); // what the dry run says is confirmed
  await expect(page.getByText(`${plan.voters - 1} voters were added`)).toBeVisible();
  return home;
}

/** Opens a page of the console; logs in or confirms the password where it asks. */
export async function enter(page: Page, url: string): Promise<void> {
  await page.goto(url);
  if (page.url().includes('/login')) await page.locator('[name=email]').fill('claire@example.org');
  else if (!page.url().includes('/reauthenticate')) return;
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=password]').press('Enter'); // beside the passkey's button
  await expect(page).not.toHaveURL(/\/(?:login|reauthenticate)\b/);
}

export interface Key {
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  readonly passphrase: string;
}

const primary = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The wizard from the first explanation to "armed"; what the holder keeps comes back. */
export async function arm(page: Page, home: string, electionName: string): Promise<Key> {
  await enter(page, `${home}/arm`);
  await primary(page, 'Make the key').click();
  const download = page.waitForEvent('download');
  await primary(page, 'Save the key file').click();
  const saved = await download;
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  const file = { name: saved.suggestedFilename(), mimeType: 'application/x-pem-file', buffer: Buffer.concat(chunks) };
  await primary(page, 'Show the passphrase').click();
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await primary(page, 'I have it: go to the proof').click();
  await giveKey(page, { file, passphrase });
  await primary(page, 'Prove it').click();
  await page.getByLabel('Type the name of the election to confirm').fill(electionName);
  await primary(page, 'Arm the election').click();
  await expect(page.getByRole('heading', { name: 'The election is armed' })).toBeVisible();
  return { file, passphrase };
}

export async function giveKey(page: Page, { file, passphrase }: Key): Promise<void> {
  await page.getByLabel('The key file', { exact: true }).setInputFiles(file);
  await page.getByLabel('The passphrase', { exact: true }).fill(passphrase);
}

export interface PrintedSheet {
  readonly link: string;
  readonly key: string;
  readonly code: string;
}

/** What stands on the printed sheets, in their order. */
export async function readSheets(page: Page, home: string): Promise<PrintedSheet[]> {
  await enter(page, `${home}/sheets`);
  return page.locator('.slip').evaluateAll((slips) =>
    slips.map((slip) => {
      const text = (selector: string) => slip.querySelector(selector)?.textContent?.trim() ?? '';
      return { link: text('.slip-link'), key: text('.slip-key'), code: text('.slip-digits') };
    }),
  );
}

/** The booth's words, as a voter of this language reads them. */
export const boothWords = {
  en: { next: 'Check my vote', record: 'Record my vote', recorded: 'Your vote is recorded', blank: 'Blank vote' },
  fr: {
    next: 'Vérifier mon vote',
    record: 'Enregistrer mon vote',
    recorded: 'Votre vote est enregistré',
    blank: 'Vote blanc',
  },
} as const;

/** Through the three screens; gives the receipt as shown. `choice` null is the blank vote. */
export const vote = (
  page: Page,
  sheet: PrintedSheet,
  choice: string | null,
  language: 'en' | 'fr',
  atEachScreen?: () => Promise<void>,
): Promise<string> => voteFor(page, sheet, [choice ?? boothWords[language].blank], language, atEachScreen);

/** The same with answers to several questions. */
export async function voteFor(
  page: Page,
  sheet: PrintedSheet,
  answers: readonly string[],
  language: 'en' | 'fr',
  atEachScreen = () => Promise.resolve(),
): Promise<string> {
  const words = boothWords[language];
  await expect(page.getByRole('radio').first()).toBeVisible();
  await atEachScreen();
  for (const name of answers)
    await page.getByRole('radio', { name }).or(page.getByRole('checkbox', { name })).first().check();
  await page.getByRole('button', { name: words.next }).click();
  await page.locator('#code').fill(sheet.code);
  await atEachScreen();
  await page.getByRole('button', { name: words.record }).click();
  await expect(page.getByRole('heading', { name: words.recorded })).toBeVisible();
  await atEachScreen();
  return (await page.locator('.receipt').first().textContent())?.trim() ?? '';
}

/** Opens the box with file and passphrase, records and publishes the result. */
export async function deliberate(page: Page, home: string, key: Key): Promise<void> {
  await enter(page, `${home}/deliberate`);
  await giveKey(page, key);
  await primary(page, 'Open the ballot box').click();
  await primary(page, 'Record the result').click();
  await page.getByRole('link', { name: 'See the result' }).click();
  await primary(page, 'Publish the result').click();
  await expect(page.getByText('Public since')).toBeVisible();
}
