// A registrar in a real browser, under the product's strict headers: the codes are made, kept, proven, handed in and printed, and
// no secret part of any of them ever travels.
import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { findGroup, publicCredential } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { expectAccessible, journeys, noSidewaysScroll } from '../../../../tests/support/program-journeys.ts';
import { type Locale, programPage, registrarData, wordsOf } from '../../../../tests/support/program-pages.ts';

const LOCALES: readonly Locale[] = ['en', 'fr'];
const uuid = 'Bq1K4YDQEDaYfB';
const at = journeys();

const json = (body: unknown, status = 200) => ({
  status,
  type: status === 200 ? 'application/json' : 'application/problem+json',
  body: JSON.stringify(body),
});

const voter = (id: string, lastName: string, promotion: string) => ({
  id,
  lastName,
  firstName: 'Zoé',
  email: `${lastName.toLowerCase()}@example.org`,
  promotion,
  building: '',
});
const roll = [voter('a', 'Dupont', 'E1'), voter('b', 'Martin', 'E2'), voter('c', 'Ålund', 'E2')];

interface Office {
  seat: Record<string, unknown>;
  readonly parts: { readonly attempt: string; readonly credentials: readonly (readonly [string, string])[] }[];
  readonly finished: { readonly attempt: string; readonly reserve: readonly string[] }[];
}

/** What the server would answer. The first part's answer is lost. */
function anOffice(): Office {
  const office: Office = {
    seat: {
      groupName: 'Ed25519',
      uuid,
      stage: 'making',
      voters: 3,
      reserve: 2,
      attempt: null,
      uncovered: 0,
      given: [],
    },
    parts: [],
    finished: [],
  };
  at.site.answer('GET /seat', () => json(office.seat));
  at.site.answer('GET /roll', ({ url }) => json({ voters: url.endsWith('after=') ? roll : [] }));
  at.site.answer('POST /part', ({ body }) => {
    office.parts.push(JSON.parse(body) as Office['parts'][number]);
    return office.parts.length === 1 ? { status: 502, type: 'text/html', body: 'a proxy' } : json({ status: 'taken' });
  });
  at.site.answer('POST /finish', ({ body }) => {
    const finish = JSON.parse(body) as Office['finished'][number];
    office.finished.push(finish);
    office.seat = { ...office.seat, stage: 'made', attempt: finish.attempt };
    return json({ status: 'taken' });
  });
  return office;
}

async function open(locale: Locale): Promise<Page> {
  const data = registrarData(locale, `/assets/${at.assets['registrar-worker']!.file}`);
  return (await at.open('/registrar', programPage(locale, 'registrar', data, at.assets), locale)).page;
}

const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8');

async function saved(page: Page, label: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: label }).click();
  return textOf(await download);
}

/** As the browser says before it lays out the paper. */
const printing = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('beforeprint')));

async function giveFile(page: Page, text: string, passphrase: string): Promise<void> {
  await page
    .locator('#key-file')
    .setInputFiles({ name: 'votix-voter-codes.jwe', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.locator('#passphrase').fill(passphrase);
}

test.each(LOCALES)('codes are made, kept, handed in and printed; no secret travels (%s)', async (locale) => {
  const office = anOffice();
  const page = await open(locale);
  const say = wordsOf(locale, 'registrar');
  const press = (key: string) => page.getByRole('button', { name: say(key), exact: true }).click();
  await page.locator('h2', { hasText: say('title-making') }).waitFor();
  await expectAccessible(page);
  await press('make');
  await page.locator('h2:focus', { hasText: say('save-title') }).waitFor();
  const file = await saved(page, say('save'));
  await press('to-paper');
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await expectAccessible(page);
  await page.emulateMedia({ media: 'print' });
  const onPaper = page.locator('.passphrase-sheet, .ceremony button, .ceremony h2');
  expect(
    await onPaper.filter({ visible: true }).evaluateAll((shown) => shown.map(({ className }) => className)),
  ).toEqual(['passphrase-sheet']);
  await page.emulateMedia({ media: 'screen' });
  await press('to-proof');
  await press('prove');
  await page.locator('#key-file-problem').waitFor(); // nothing chosen
  await giveFile(
    page,
    file,
    passphrase.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
  );
  await press('prove');
  await page.locator('#passphrase-problem').waitFor();
  expect(office.parts).toEqual([]);
  await page.locator('#passphrase').fill(passphrase.toLowerCase());
  await press('prove');
  await page.getByText(say('no-answer')).waitFor(); // the first answer was lost
  await press('hand-in-again');
  await page.locator('h2:focus', { hasText: say('letters-title') }).waitFor();
  await expectAccessible(page);
  expect(await noSidewaysScroll(page)).toBe(true);

  const list = await saved(page, say('list-save'));
  const secrets = [...list.matchAll(/[1-9A-Za-z]{5}-[1-9A-Za-z]{6}-[1-9A-Za-z]{5}-[1-9A-Za-z]{6}/g)].map(
    ([code]) => code,
  );
  expect(new Set(secrets).size).toBe(3);
  const group = findGroup('Ed25519')!;
  expect(
    office.parts
      .at(-1)!
      .credentials.map(([, text]) => text)
      .toSorted(),
  ).toEqual(secrets.map((secret) => publicCredential(group, uuid, secret)).toSorted());
  expect(office.parts.map(({ attempt }) => attempt)).toEqual([
    office.finished[0]!.attempt,
    office.finished[0]!.attempt,
  ]);
  expect(office.finished[0]!.reserve).toHaveLength(2);
  const travelled = at.site.requests.map(({ url, body, headers }) => url + body + headers).join('\n');
  for (const secret of [...secrets, passphrase, ...secrets.map((one) => one.replaceAll('-', ''))])
    expect(travelled).not.toContain(secret);

  await page.locator('#letters-promotion').selectOption({ label: 'E2' });
  expect(await page.locator('.letters').count()).toBe(0);
  await printing(page);
  expect(await page.locator('.letters .slip').count()).toBe(2);
  await page.locator('#letters-name').fill('alund');
  expect(await page.locator('.letters .slip-name').allTextContents()).toEqual(['Zoé Ålund']);
  expect(await page.locator('.letters').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect([await page.locator('.letters').isVisible(), await page.locator('.ceremony').isVisible()]).toEqual([
    true,
    false,
  ]);
  expect(await page.locator('.letters .slip-key').textContent()).toBe(
    list
      .split('\n')
      .find((line) => line.includes('Ålund'))!
      .match(/"([^"]+)"\s*$/)![1],
  );
});

test('weeks later the same link, file and passphrase print a letter of the reserve, and no letter that is void', async () => {
  const office = anOffice();
  const first = await open('en');
  const say = wordsOf('en', 'registrar');
  await first.getByRole('button', { name: say('make'), exact: true }).click();
  const file = await saved(first, say('save'));
  await first.getByRole('button', { name: say('to-paper') }).click();
  const passphrase = (await first.locator('.passphrase span').allTextContents()).join('-');
  await first.getByRole('button', { name: say('to-proof') }).click();
  await giveFile(first, file, passphrase);
  await first.getByRole('button', { name: say('prove') }).click();
  await first.getByRole('button', { name: say('hand-in-again') }).click();
  await first.locator('h2', { hasText: say('letters-title') }).waitFor();
  const before = await saved(first, say('list-save'));
  await at.forgive();

  const { id: voterId, ...names } = roll[0]!;
  office.seat = { ...office.seat, stage: 'open', given: [{ ...names, number: 2, given: 'replaced', voterId }] };
  const page = await open('en');
  await page.locator('h2', { hasText: say('title-open') }).waitFor();
  await expectAccessible(page);
  await giveFile(page, file, passphrase);
  await page.getByRole('button', { name: say('open'), exact: true }).click();
  await page.locator('h2:focus', { hasText: say('letters-title') }).waitFor();
  await page.getByRole('button', { name: say('given-choose') }).click();
  await printing(page);
  const letter = await page.locator('.letters .slip-key').allTextContents();
  const after = await saved(page, say('list-save'));
  const codeOf = (list: string) => /"dupont@example.org","E1","","([^"]+)"/.exec(list)![1]!;
  expect(letter).toEqual([codeOf(after)]);
  expect(codeOf(before)).not.toBe(codeOf(after));
  expect(publicCredential(findGroup('Ed25519')!, uuid, codeOf(after))).toBe(office.finished[0]!.reserve[1]);
});
