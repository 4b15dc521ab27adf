import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ballotContext, type Minutes, sealBallot } from '@votix/protocol';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { getDocumentProxy } from 'unpdf';
import { startVotix } from '../support/votix-process.ts';
import {
  arm,
  createElection,
  deliberate,
  enter,
  hour,
  type PrintedSheet,
  readSheets,
  setUp,
  submit,
  voteFor,
  wallClock,
} from './steps.ts';

const name = 'Board 2026';
const spreadsheet = join(import.meta.dirname, '../fixtures/csv/excel-french.csv');
const phone = { width: 360, height: 640 };
const chairs = ['Ada Lovelace', 'Blaise Pascal', 'Émilie du Châtelet'];
const council = ['Dora', 'Emil', 'Fanny', 'Gaston'];
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Choice {
  /** Null is the blank vote. */
  readonly chair: string | null;
  readonly council: readonly string[];
}

/** Ada and Blaise get as many votes as each other. */
const patterns: readonly Choice[] = [
  { chair: chairs[0]!, council: ['Dora', 'Fanny'] },
  { chair: chairs[1]!, council: ['Fanny'] },
  { chair: null, council: ['Emil', 'Fanny'] },
  { chair: chairs[2]!, council: ['Dora'] },
  { chair: chairs[0]!, council: [] },
  { chair: chairs[1]!, council: ['Gaston', 'Dora'] },
];
const inBrowser = 4;
const choices = Array.from({ length: 120 }, (_, index) => patterns[index % patterns.length]!);

const countOf = (is: (choice: Choice) => boolean): number => choices.filter(is).length;

/** WCAG 2.2 AA as far as axe can judge it. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

async function addBuildings(page: Page, url: string): Promise<void> {
  for (const [building, icon] of [
    ['Perrault', 'tree'],
    ['Bâtiment 2', 'bank'],
  ] as const) {
    await page.goto(`${url}/console/buildings/new?name=${building}&icon=${icon}&colour=%231f7a8c&search=${icon}`);
    await expectAccessible(page);
    await page.getByRole('button', { name: /^(Save|Add)/ }).click();
    await expect(page.getByRole('row', { name: building }).or(page.getByText(building)).first()).toBeVisible();
  }
}

async function addQuestions(page: Page, home: string): Promise<void> {
  await page.goto(`${home}/contests/new`);
  await page.locator('[name=title]').fill('Who sits on the council?');
  await page.locator('[name=maxChoices]').fill('2');
  await page.locator('[name=seats]').fill('2');
  await page.locator('[name=order]').first().check();
  await submit(page);
  await page.goto(`${home}/contests`);
  await page.locator('[name=tieRule][value=lot]').check();
  await page.locator('[name=quorum]').fill('30');
  await page.locator('[name=minimumBallots]').fill('10');
  await page.locator('form[action$="/rules"] button').click();
  await expect(page.locator('[name=quorum]')).toHaveValue('30');
}

async function addCandidates(page: Page, home: string): Promise<void> {
  for (const [question, names] of [chairs, council].entries())
    for (const candidate of names) {
      await page.goto(`${home}/candidates`);
      await page.locator('[name=contest]').selectOption({ index: question });
      await page.locator('form [name=name]').fill(candidate);
      await page.locator('form [name=text]').fill(`What ${candidate} would do first.`);
      await page.locator('form [name=logo]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: pixel });
      await submit(page);
    }
  await expect(page.locator('img[src*="/logos/"]')).toHaveCount(chairs.length + council.length);
}

async function importVoters(page: Page, home: string): Promise<void> {
  await page.goto(`${home}/voters/import`);
  await page.locator('[name=file]').setInputFiles(spreadsheet);
  await submit(page);
  await expect(page.getByText('300').first()).toBeVisible();
  await submit(page); // what the dry run says is confirmed
  await expect(page.getByText('300 voters were added')).toBeVisible();
}

/** As a voter's browser does, but for the screens. */
async function castOverHttp(url: string, sheet: PrintedSheet, choice: Choice): Promise<void> {
  const page = await (await fetch(sheet.link)).text();
  const data = /<script type="application\/json" id="booth-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}';
  const { definition, publicKey } = JSON.parse(data) as { definition: string; publicKey: string };
  const made = await ballotContext(definition, publicKey);
  if (!made.ok) throw new Error(made.reason);
  const [first, second] = made.context.definition.contests.map(({ candidates }) => candidates.map((one) => one.name));
  const selections = [
    choice.chair === null ? [] : [first!.indexOf(choice.chair)],
    choice.council.map((each) => second!.indexOf(each)).toSorted((a, b) => a - b),
  ];
  const sealed = await sealBallot(made.context, selections);
  if (!sealed.ok) throw new Error(sealed.reason);
  const answer = await fetch(`${url}/api/vote/${sheet.link.split('/').at(-1)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ ballot: sealed.ballot, code: sheet.code }),
  });
  expect([answer.status, answer.status === 200 ? '' : await answer.text()]).toEqual([200, '']);
}

const bare = (text: string): string => text.normalize('NFC').replace(/\s/gu, '');

async function pdfText(bytes: Buffer): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  return bare(pages.join(''));
}

/** The page, the PDF and the JSON say the same. */
async function expectSameMinutes(page: Page, home: string): Promise<Minutes> {
  await enter(page, `${home}/minutes`);
  await expectAccessible(page);
  const said = await page.locator('article.minutes').locator('h1, h2, p, li, dt, dd, th, td').allTextContents();
  const pdf = await pdfText(await (await page.request.get(`${home}/minutes.pdf`)).body());
  for (const text of said) expect(pdf).toContain(bare(text));
  const minutes = (await (await page.request.get(`${home}/minutes.json`)).json()) as Minutes;
  const rows = await page.locator('article.minutes tbody tr').allTextContents();
  for (const { candidates } of minutes.contests)
    for (const one of candidates) {
      const line = bare(`${one.rank}${one.name}${one.votes}`);
      expect(rows.some((row) => bare(row).startsWith(line))).toBe(true);
      expect(pdf).toContain(line);
    }
  return minutes;
}

test('the whole checklist: buildings, pictures, 300 voters from Excel, two questions, disarmed and armed again, extended, a tie', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-e2e-'));
  const votix = await startVotix({ DATA_DIR: join(folder, 'data'), LOG_DIR: join(folder, 'logs') });
  const desk = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const admin = await desk.newPage();
  admin.on('pageerror', (error) => {
    throw error;
  });

  await setUp(admin, votix.setupUrl!);
  const opensAt = Date.now() + hour;
  const closesAt = opensAt + 2 * hour;
  const home = await createElection(admin, { name, opensAt, closesAt });
  await addBuildings(admin, votix.url);
  await addQuestions(admin, home);
  await addCandidates(admin, home);
  await importVoters(admin, home);
  for (const path of ['', '/contests', '/candidates', '/voters', '/changes', '/mails', '/participation']) {
    await admin.goto(home + path);
    await expectAccessible(admin);
  }

  await arm(admin, home, name);
  const sheets = await readSheets(admin, home);
  expect(new Set(sheets.map(({ link }) => link)).size).toBe(300);
  expect(await (await fetch(sheets[0]!.link)).text()).not.toContain('booth-data'); // too early

  await enter(admin, `${home}/changes/disarm`);
  await expectAccessible(admin);
  await admin.locator('main [name=name]').fill(name);
  await admin.locator('[name=reason]').fill('A candidate had changed their mind.');
  await submit(admin);
  await expect(admin.getByText('A candidate had changed their mind.')).toBeVisible();
  await admin.goto(`${home}/candidates`);
  await admin
    .getByRole('link', { name: /Gaston/ })
    .or(admin.getByRole('link', { name: 'Edit' }).last())
    .first()
    .click();
  await admin.locator('[name=text]').fill('For everybody.');
  await admin.getByRole('button', { name: 'Save' }).click();
  const key = await arm(admin, home, name);
  expect(await readSheets(admin, home)).toEqual(sheets); // the slips that were handed out still work

  await votix.moveClock(hour + 60_000);
  const phones = await browser.newContext({ locale: 'fr-FR', viewport: phone, hasTouch: true });
  const late = inBrowser - 1;
  const voteInBrowser = async (index: number) => {
    const page = await phones.newPage();
    await page.goto(sheets[index]!.link);
    const { chair, council: council_ } = choices[index]!;
    const answers = [chair ?? 'Vote blanc', ...council_];
    await voteFor(page, sheets[index]!, answers, 'fr', index === 0 ? () => expectAccessible(page) : undefined);
    await page.close();
  };
  for (let index = 0; index < late; index++) await voteInBrowser(index);
  for (let start = inBrowser; start < choices.length; start += 20)
    await Promise.all(
      choices.slice(start, start + 20).map((choice, index) => castOverHttp(votix.url, sheets[start + index]!, choice)),
    );

  await enter(admin, `${home}/changes/extend`);
  await expectAccessible(admin);
  await admin.locator('[name=closesAt]').fill(wallClock(closesAt + hour));
  await admin.locator('[name=reason]').fill('The network was down.');
  await submit(admin);
  await expect(admin.getByText('The network was down.')).toBeVisible();
  await votix.moveClock(3 * hour + 60_000); // the first end has passed
  await voteInBrowser(late);

  await votix.moveClock(4 * hour + 120_000);
  await expect(async () => {
    await enter(admin, `${home}/deliberate`);
    await expect(admin.locator('#deliberation')).toBeVisible({ timeout: 500 });
  }).toPass();
  await deliberate(admin, home, key);

  const minutes = await expectSameMinutes(admin, home);
  expect(minutes.counts).toMatchObject({ registered: 300, signatures: 120, ballots: 120, valid: 120, agree: true });
  expect(minutes.quorum).toMatchObject({ percent: 30, reached: true });
  expect(minutes.window.extensions).toMatchObject([{ reason: 'The network was down.' }]);
  expect(minutes.incidents.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['disarmed', 'armed-again']));
  const [chair, seats] = minutes.contests;
  const votes = (names: Minutes['contests'][number] | undefined) =>
    Object.fromEntries(names!.candidates.map((one) => [one.name, one.votes]));
  const chairVotes = (who: string) => countOf((choice) => choice.chair === who);
  expect(votes(chair)).toEqual(Object.fromEntries(chairs.map((who) => [who, chairVotes(who)])));
  expect(votes(seats)).toEqual(
    Object.fromEntries(council.map((who) => [who, countOf((choice) => choice.council.includes(who))])),
  );
  expect(chair!.tie).toMatchObject({ votes: chairVotes(chairs[0]!), seats: 1 });
  expect(chair!.tie!.lot).toHaveLength(2); // the rule that was chosen: by lot, for anyone to draw again
  expect(chair!.candidates.filter(({ standing }) => standing === 'elected')).toHaveLength(1);

  const visitor = await (await browser.newContext({ locale: 'fr-FR', viewport: phone })).newPage();
  await visitor.goto(home.replace('/console', ''));
  await expectAccessible(visitor);
  await expect(visitor.getByText('120').first()).toBeVisible();
  await visitor.goto(votix.url);
  for (const building of ['Perrault', 'Bâtiment 2', 'Non assigné'])
    await expect(visitor.getByText(building)).toBeVisible();
  const log = votix.output() + readFileSync(join(folder, 'logs', 'app.log'), 'utf8');
  for (const { link, key: typed } of sheets)
    for (const secret of [link.slice(-36), typed]) expect(log).not.toContain(secret);
  expect(await votix.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
