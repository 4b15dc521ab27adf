// The checker in a real browser: as the server's page under the product's strict headers, and as the file that works from disk
// with the network off. Longer than 300 lines because one Chromium serves them all.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { describeRecordReport, parseRecord, receiptOf, verifyRecord } from '@votix/protocol';
import { describeArchiveReport, findGroup, verifyArchive } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { aBoard, archiveOf, YES_OR_NO } from '../../../protocol/src/verifiable/sample-board.ts';
import { expectAccessible, journeys, noSidewaysScroll } from '../../../../tests/support/program-journeys.ts';
import { type Locale, programPage, verifyData, wordsOf } from '../../../../tests/support/program-pages.ts';
import records from '../../../../vectors/sealed/records.json' with { type: 'json' };

const LOCALES: readonly Locale[] = ['en', 'fr'];
const at = journeys();
const vectors = join(import.meta.dirname, '../../../../vectors/belenios');
const archivePath = (name: string) => join(vectors, `${name}.bel`);
const single = new Uint8Array(readFileSync(archivePath('ed25519-single')));
const trueRecord = records.find(({ name }) => name === 'true')!.record;

test.each(LOCALES)(
  'a record is checked without leaving the machine, and its receipts are found (%s)',
  async (locale) => {
    const page = await openVerify(locale);
    const say = wordsOf(locale, 'verify');
    await expectAccessible(page);
    const before = at.site.requests.length;
    await give(page, aFile('votix-record-1.json', trueRecord));
    await expectHeading(page, say('holds-title'));
    await expectAccessible(page);
    expect(await noSidewaysScroll(page)).toBe(true);
    expect(await page.locator('.pill--good').count()).toBe(12);
    const { record } = recordOf(trueRecord);
    expect(await page.locator('tbody').first().locator('tr').count()).toBeGreaterThan(2);
    await look(page, say, receiptOf(record.ballots[2]!).toLowerCase());
    await page.getByText(say('receipt-found-title').replace('{number}', '3')).waitFor();
    await expectAccessible(page);
    await look(page, say, record.invalidBallots[0]!.receipt);
    await page.getByText(say('receipt-invalid')).waitFor();
    await look(page, say, '0'.repeat(32));
    await page.getByText(say('receipt-missing-title')).waitFor();
    await look(page, say, '0123');
    await page.getByText(say('receipt-malformed-record')).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('receipt');
    const travelled = at.site.requests.slice(before);
    expect(travelled.map(({ method, url, body }) => [method, url, body])).toEqual(
      travelled.map(() => ['GET', expect.stringMatching(/^\/assets\/verify-worker\./), '']),
    );
  },
);

test('the saved report is what votix-offline prints, for a record and for an archive that fails', async () => {
  const page = await openVerify('en');
  const say = wordsOf('en', 'verify');
  await give(page, aFile('r.json', trueRecord));
  await expectHeading(page, say('holds-title'));
  // A style of another page that is named alike would keep the white space of the templates.
  expect(await page.locator('.report').evaluate((report) => getComputedStyle(report).whiteSpace)).toBe('normal');
  const { record } = recordOf(trueRecord);
  const expected = { command: 'verify', ...describeRecordReport(record, verifyRecord(record), 0) };
  expect(withoutTime(await savedReport(page, say))).toBe(withoutTime(JSON.stringify(expected)));
  const changed = replaced(single, '"response":"', '"response":"1');
  await page.getByRole('button', { name: say('again') }).click();
  await give(page, aFile('a.bel', changed));
  await expectHeading(page, say('fails-title-archive'));
  const found = { command: 'verify', ...describeArchiveReport(verifyArchive(changed), 0) };
  expect(withoutTime(await savedReport(page, say))).toBe(withoutTime(JSON.stringify(found)));
});

test.each(['ed25519-single', 'ed25519-weights', 'ed25519-threshold-2-of-3', 'belenios-2048-threshold-2-of-3'])(
  'an archive that others made is checked by several workers: %s',
  async (name) => {
    const page = await openVerify('en');
    const say = wordsOf('en', 'verify');
    await give(page, archivePath(name));
    await expectHeading(page, say('holds-title'));
    const report = verifyArchive(new Uint8Array(readFileSync(archivePath(name))));
    const expected = { command: 'verify', ...describeArchiveReport(report, 0) };
    expect(withoutTime(await savedReport(page, say))).toBe(withoutTime(JSON.stringify(expected)));
    const [first = []] = report.facts!.result!;
    const votes = await page.locator('.report table').first().locator('tbody .number').allTextContents();
    const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
    expect(sorted(votes.map(Number))).toEqual(sorted(first));
    await expectAccessible(page);
    expect(await noSidewaysScroll(page)).toBe(true);
  },
);

test('strict proofs beside an archive of ours; a replaced ballot does not count; many ballots over several hands', async () => {
  const board = await aBoard({
    group: findGroup('Ed25519')!,
    questions: [YES_OR_NO],
    singles: 1,
    weights: Array.from({ length: 20 }, () => 1),
    votes: Array.from({ length: 21 }, (_, index) => ({ voter: index % 20, choices: ['blank'] as const })),
  });
  const page = await openVerify('fr');
  const say = wordsOf('fr', 'verify');
  const files = [aFile('strict.json', board.strict), aFile('board.bel', archiveOf(board))];
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.locator('#file').setInputFiles(files);
  await expectHeading(page, say('holds-title'));
  expect(workers.length).toBeGreaterThanOrEqual(2); // one leads
  expect(JSON.parse(await savedReport(page, say))).toMatchObject({ ok: true, strict: true, ballots: 21 });
  expect(await page.getByText(say('not-archive-strict')).count()).toBe(0);
  const tracker = verifiedTracker(board.ballots[0]!);
  await look(page, say, tracker);
  await page.getByText(say('receipt-replaced')).waitFor();
  await look(page, say, verifiedTracker(board.ballots[20]!));
  await page.getByText(say('receipt-found')).waitFor();
});

test('every hostile file gets its words, and the page goes on', async () => {
  const page = await openVerify('en');
  const say = wordsOf('en', 'verify');
  const cases: readonly (readonly [string, readonly (string | Uint8Array)[]])[] = [
    ['empty', ['']],
    ['other-kind', ['<html>']],
    ['other-kind', [Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 251)]],
    ['packed', ['PK\u0003\u0004…']],
    ['key-file', ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII']],
    ['record-not-json', [trueRecord.slice(0, -100)]],
    ['record-not-json', [`{"votix":1,"kind":"record",${'['.repeat(200_000)}`]],
    ['record-not-json', [`{"votix":1,"kind":"record","x":${'['.repeat(6_000_000)}`]],
    ['record-not-json', [`{${' '.repeat(1_000_001)}}`]],
    ['record-version', ['{"votix":2,"kind":"record"}']],
    ['record-member', ['{"votix":1,"kind":"record"}']],
    ['record-not-canonical', [`${trueRecord}\n`]],
    ['not-text', [Uint8Array.of(0x7b, 0xff, 0x7d)]],
    ['several', [trueRecord, trueRecord]],
    ['strict-alone', ['{"votix":1,"kind":"strict","election":""}']],
    ['strict-with-record', [trueRecord, '{"votix":1,"kind":"strict","election":""}']],
  ];
  for (const [problem, contents] of cases) {
    await page.locator('#file').setInputFiles(contents.map((content, index) => aFile(`h${index}.json`, content)));
    await page.locator('#problem', { hasText: say(`problem-${problem}-title`) }).waitFor();
    expect(await page.locator('#problem').innerText(), problem).toContain(say(`problem-${problem}`));
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('problem');
  }
  await expectAccessible(page);
  await give(page, aFile('cut.bel', single.subarray(0, 5000)));
  await expectHeading(page, say('fails-title-archive'));
  await page.getByText(say('why-cut')).waitFor();
  await expectAccessible(page);
});

test('a file dropped anywhere on the page is checked, and the browser does not leave for it', async () => {
  const page = await openVerify('en');
  const say = wordsOf('en', 'verify');
  const drop = async (contents: readonly string[]) => {
    const dataTransfer = await page.evaluateHandle((texts) => {
      const transfer = new DataTransfer();
      for (const text of texts) transfer.items.add(new File([text], 'votix-record.json'));
      return transfer;
    }, contents);
    await page.dispatchEvent('h1', 'dragover', { dataTransfer });
    await page.dispatchEvent('h1', 'drop', { dataTransfer });
  };
  await drop([trueRecord]);
  await expectHeading(page, say('holds-title'));
  await drop([trueRecord.slice(0, -1)]);
  await page.locator('#problem', { hasText: say('problem-record-not-json-title') }).waitFor();
  expect(page.url()).toBe(`${at.site.origin}/verify`);
});

test('a check is stopped at once, in the middle of whatever it does', async () => {
  const page = await openVerify('en');
  const say = wordsOf('en', 'verify');
  await give(page, archivePath('belenios-2048-threshold-2-of-3'));
  const stop = page.getByRole('button', { name: say('cancel') });
  await stop.click();
  await page.getByText(say('file-title')).waitFor();
  await expect.poll(() => page.workers().length).toBe(0);
});

test('an election of this site: its file is fetched and checked; one that is not given is said', async () => {
  at.site.answer('GET /elections/1/record', () => ({ status: 200, type: 'application/json', body: trueRecord }));
  at.site.answer('GET /elections/2/archive.bel', () => ({ status: 503, type: 'text/html', body: 'later' }));
  const listed = (id: string, fileUrl: string) => ({
    id,
    name: `Board ${id}`,
    when: 'closed',
    fileName: 'f',
    fileUrl,
    strictUrl: null,
  });
  const page = await openVerify('en', [listed('1', '/elections/1/record'), listed('2', '/elections/2/archive.bel')]);
  const say = wordsOf('en', 'verify');
  await page.locator('#election').selectOption('2');
  await page.getByRole('button', { name: say('here-check') }).click();
  await page.locator('#problem', { hasText: say('problem-unreachable-title') }).waitFor();
  expect(await page.locator('#election').inputValue()).toBe('2');
  await page.locator('#election').selectOption('1');
  await page.getByRole('button', { name: say('here-check') }).click();
  await expectHeading(page, say('holds-title'));
});

test('what reads the file may compute and can make no request', async () => {
  const page = await openVerify('en');
  const [worker] = await Promise.all([page.waitForEvent('worker'), give(page, archivePath('ed25519-single'))]);
  const found = await worker.evaluate(async (url) => {
    const asked = await fetch(url).then(
      () => 'answered',
      () => 'refused',
    );
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    return { asked, compiled: new WebAssembly.Module(empty) instanceof WebAssembly.Module };
  }, `${at.site.origin}/anywhere`);
  expect(found).toEqual({ asked: 'refused', compiled: true });
  expect(at.site.requests.map(({ url }) => url)).not.toContain('/anywhere');
  await at.forgive(); // the browser reports the refused request on the console, as it should
});

test('nobody is needed but the keyboard', async () => {
  at.site.answer('GET /elections/1/record', () => ({ status: 200, type: 'application/json', body: trueRecord }));
  const election = { id: '1', name: 'Board', when: '', fileName: 'f', fileUrl: '/elections/1/record', strictUrl: null };
  const page = await openVerify('en', [election]);
  const say = wordsOf('en', 'verify');
  await page.locator('#election').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expectHeading(page, say('holds-title'));
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(say('again'));
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('receipt');
  const { ballots, invalidBallots } = recordOf(trueRecord).record;
  await page.keyboard.type(ballots.map(receiptOf).find((one) => one !== invalidBallots[0]!.receipt)!);
  await page.keyboard.press('Enter');
  await page.getByText(say('receipt-found')).waitFor();
});

test.each(LOCALES)('the file works from disk, with the network off (%s)', async (locale) => {
  const path = join(at.folder, 'dist', at.assets['verify-disk']!.file);
  const context = await at.browser.newContext({ locale, viewport: { width: 360, height: 640 }, offline: true });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) troubles.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  const say = wordsOf(locale, 'verify');
  await page.getByRole('heading', { name: say('page-title') }).waitFor();
  await page.getByRole('button', { name: locale === 'en' ? 'Français' : 'English' }).click();
  const other = wordsOf(locale === 'en' ? 'fr' : 'en', 'verify');
  await page.getByRole('heading', { name: other('page-title') }).waitFor();
  await page.getByRole('button', { name: locale === 'en' ? 'English' : 'Français' }).click();
  for (const [file, title] of [
    [archivePath('ed25519-threshold-2-of-3'), say('holds-title')],
    [aFile('record.json', trueRecord), say('holds-title')],
    [aFile('cut.bel', single.subarray(0, 5000)), say('fails-title-archive')],
  ] as const) {
    await give(page, file);
    await expectHeading(page, title);
    await expectAccessible(page);
    await page.getByRole('button', { name: say('again') }).click();
  }
  expect(await noSidewaysScroll(page)).toBe(true);
  expect(troubles).toEqual([]);
  await context.close();
});

let files = 0;

function aFile(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(at.folder, `${(files += 1)}-`)), name);
  writeFileSync(path, content);
  return path;
}

async function openVerify(
  locale: Locale,
  elections: readonly Readonly<Record<string, string | null>>[] = [],
): Promise<Page> {
  const data = verifyData(locale, `/assets/${at.assets['verify-worker']!.file}`, elections);
  return (await at.open('/verify', programPage(locale, 'verify', data, at.assets), locale)).page;
}

const give = (page: Page, path: string) => page.locator('#file').setInputFiles(path);

async function look(page: Page, say: (key: string) => string, receipt: string): Promise<void> {
  await page.locator('#receipt').fill(receipt);
  await page.getByRole('button', { name: say('receipt-find'), exact: true }).click();
}

async function savedReport(page: Page, say: (key: string) => string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: say('save') }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

const withoutTime = (json: string) => json.replace(/"milliseconds":\d+/, '"milliseconds":0').trim();

function recordOf(text: string) {
  const parsed = parseRecord(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed;
}

function verifiedTracker(ballot: string): string {
  return createHash('sha256').update(ballot).digest('base64').replace('=', '');
}

/** Of the same length, so that only what is written there changes. */
function replaced(bytes: Uint8Array<ArrayBuffer>, from: string, to: string): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(bytes).toString('latin1');
  const start = text.indexOf(from);
  const end = start + to.length;
  return new Uint8Array(Buffer.from(text.slice(0, start) + to + text.slice(end), 'latin1'));
}

async function expectHeading(page: Page, title: string): Promise<void> {
  await page.locator('h2:focus', { hasText: title }).waitFor({ timeout: 30_000 });
}
