// Journeys through the bundled programs in a real browser, under the product's strict headers, in both languages.
// Longer than 300 lines because one Chromium serves them all: a file of its own for each program would start three.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  ballotContext,
  createBoxHash,
  makePassphrase,
  openBallot,
  receiptOf,
  sealBallot,
  sealKeyFile,
  shareHash,
  splitPassphrase,
  type SealingContext,
} from '@votix/protocol';
import { beforeAll, expect, test } from 'vitest';
import { plainOrigin, type WatchedPage } from '../../../../tests/support/program-browser.ts';
import { expectAccessible as judge, journeys, noSidewaysScroll } from '../../../../tests/support/program-journeys.ts';
import {
  anElection,
  boothData,
  deliberationData,
  keysData,
  proofData,
  wordsOf,
  programPage,
  type Election,
  type KeyShares,
  type Locale,
} from '../../../../tests/support/program-pages.ts';
import { json } from '../../../../tests/support/program-site.ts';

const CODE = '4071';
const STORAGE_KEY = 'votix-ballot-1';
const LOCALES: readonly Locale[] = ['en', 'fr'];

const at = journeys();
let elections: Readonly<Record<Locale, Election>>;
let context: SealingContext;
let rightKey: HeldKey;
let strangeKey: HeldKey;

beforeAll(async () => {
  elections = { en: await anElection('en'), fr: await anElection('fr') };
  context = await contextOf('en');
  rightKey = await holdKey(elections.en);
  strangeKey = await holdKey(elections.fr);
});

// --- the booth

test.each(LOCALES)('a voter chooses, gives the code and has the vote recorded (%s)', async (locale) => {
  const { page, taps } = await openBooth(locale);
  at.site.answer('POST /vote/cast', recorded);
  const say = wordsOf(locale, 'booth');
  expect(await page.locator('input:checked').count()).toBe(0);
  expect(await noSidewaysScroll(page)).toBe(true);
  await expectAccessible(page, locale);
  await page.getByText('Chloé Nguyễn').click();
  await page.getByRole('button', { name: say('next') }).click();
  await expectHeading(page, say('review-title'));
  expect(await page.title()).toBe(`${say('review-title')} – ${elections[locale].definition.name}`);
  expect(await page.locator('.choices dd').allTextContents()).toEqual(['Chloé Nguyễn']);
  await expectAccessible(page, locale);
  await page.locator('#code').click();
  await page.keyboard.insertText('40 7-1');
  await page.getByRole('button', { name: say('record') }).click();
  await expectHeading(page, say('recorded-title'));
  expect(await taps()).toBeLessThanOrEqual(4);
  await expectAccessible(page, locale);

  const [{ ballot }] = casts();
  expect((await page.locator('.receipt').innerText()).replaceAll(/\s/g, '')).toBe(receiptOf(ballot));
  expect(await choiceIn(ballot, locale)).toEqual([[2]]);
  await page.getByRole('button', { name: say('copy') }).click();
  await page.getByText(say('copied')).waitFor();
  expect((await page.evaluate(() => navigator.clipboard.readText())).replaceAll(' ', '')).toBe(receiptOf(ballot));
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: say('save') }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain(elections[locale].definition.name);
  await page.getByText(say('show-qr')).click();
  await page.getByRole('img', { name: say('qr-title') }).waitFor();

  await page.goBack();
  await expectHeading(page, say('recorded-title'));
  await page.getByRole('button', { name: say('finish') }).click();
  await expectHeading(page, say('finished-title'));
  expect(await leftOnDevice(page)).toEqual({
    stored: 0,
    url: `${at.site.origin}/vote/link`,
    state: { screen: 'choose' },
  });
  expect(casts()).toHaveLength(1);
  expect(travelled()).not.toContain('Nguy');
});

test('nothing chosen: the summary takes the focus and leads to the choices', async () => {
  const { page } = await openBooth('en');
  await page.getByRole('button', { name: 'Check my vote' }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('problems');
  await page.locator('#problems a').click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('contest-0');
  expect(page.url()).toBe(`${at.site.origin}/vote/link`);
  await expectAccessible(page);
});

test('a blank vote is sealed as any other, with the keyboard alone', async () => {
  const { page } = await openBooth('fr');
  at.site.answer('POST /vote/cast', recorded);
  await page.locator('#contest-0').focus();
  await page.keyboard.press('ArrowUp'); // from the first to the last: the blank vote
  await page.keyboard.press('Enter');
  await page.locator('#code').fill(CODE);
  await page.keyboard.press('Enter');
  await page.locator('.recorded').waitFor();
  expect(await choiceIn(casts()[0].ballot, 'fr')).toEqual([[]]);
});

test('a wrong code keeps the screen, and going back seals a new choice anew', async () => {
  const { page } = await openBooth('en');
  at.site.answer('POST /vote/cast', () => problem('wrong-code', 'This is not the right code. 4 tries left.'));
  await chooseAndSend(page, 'Benoît Martin', '0000');
  await page.getByText('4 tries left').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('code');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.goBack();
  await page.getByText('Driss El Amrani').click();
  at.site.answer('POST /vote/cast', recorded);
  await page.getByRole('button', { name: 'Check my vote' }).click();
  await page.locator('#code').fill(CODE);
  await page.getByRole('button', { name: 'Record my vote' }).click();
  await page.locator('.recorded').waitFor();
  const [first, second] = casts();
  expect(await choiceIn(first.ballot, 'en')).toEqual([[1]]);
  expect(await choiceIn(second!.ballot, 'en')).toEqual([[3]]);
});

test('network lost and back: the same ballot is sent again by itself', async () => {
  const { page } = await openBooth('en');
  let attempts = 0;
  at.site.answer('POST /vote/cast', (request) => {
    attempts += 1;
    return attempts < 3 ? { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' } : recorded(request);
  });
  await page.clock.install();
  await chooseAndSend(page, 'Benoît Martin', CODE);
  await page.getByText('Not recorded yet. Retrying…').waitFor();
  expect(await page.locator('#code').getAttribute('readonly')).not.toBeNull();
  await page.clock.runFor(1_000);
  await expect.poll(() => attempts).toBe(2);
  await page.getByText('The connection is slow or lost').waitFor();
  await page.clock.runFor(2_000);
  await page.locator('.recorded').waitFor();
  expect(new Set(casts().map(({ ballot }) => ballot)).size).toBe(1);
});

test.each(LOCALES)('a full disk of the server: nothing is called recorded until it is (%s)', async (locale) => {
  const { page } = await openBooth(locale);
  const say = wordsOf(locale, 'booth');
  let isFull = true;
  const refused = { ...json({ status: 503, reason: 'no-room', title: 'The server’s disk is full' }), status: 503 };
  at.site.answer('POST /vote/cast', (request) => (isFull ? refused : recorded(request)));
  await page.clock.install();
  await chooseAndSend(page, 'Benoît Martin', CODE, locale);
  await page.getByText(say('retrying')).waitFor();
  expect(await page.locator('.recorded').count()).toBe(0);
  isFull = false;
  await page.clock.runFor(1_000);
  await page.locator('.recorded').waitFor();
  expect(new Set(casts().map(({ ballot }) => ballot)).size).toBe(1);
});

test('after five tries the voter is asked, and the choice stands', async () => {
  const { page } = await openBooth('en');
  await page.clock.install();
  await page.context().setOffline(true);
  await chooseAndSend(page, 'Benoît Martin', CODE);
  for (const milliseconds of [1_000, 2_000, 4_000, 8_000, 15_000]) {
    await page.getByText('The connection is slow or lost').waitFor();
    await page.clock.runFor(milliseconds);
  }
  await page.getByText('The server does not answer.').waitFor();
  expect(await page.getByRole('button', { name: 'Change my choice' }).count()).toBe(0);
  await page.goBack();
  await expectHeading(page, 'Check your vote');
  await page.context().setOffline(false);
  at.site.answer('POST /vote/cast', recorded);
  await page.getByRole('button', { name: 'Send my vote again' }).click();
  await page.locator('.recorded').waitFor();
});

test('a double click sends one request', async () => {
  const { page } = await openBooth('en');
  at.site.answer('POST /vote/cast', recorded);
  await page.getByText('Benoît Martin').click();
  await page.getByRole('button', { name: 'Check my vote' }).click();
  await page.locator('#code').fill(CODE);
  await page.getByRole('button', { name: 'Record my vote' }).dblclick({ delay: 1 });
  await page.locator('.recorded').waitFor();
  expect(casts()).toHaveLength(1);
});

test('reloaded before the answer: the code makes sure, with the same ballot', async () => {
  const { page } = await openBooth('fr');
  const say = wordsOf('fr', 'booth');
  at.site.answer('POST /vote/cast', () => new Promise(() => {}));
  await chooseAndSend(page, 'Benoît Martin', CODE, 'fr');
  await expect.poll(() => casts().length).toBe(1);
  const kept = await page.evaluate((key) => sessionStorage.getItem(key), STORAGE_KEY);
  expect(kept).toBe(casts()[0].ballot);
  at.site.answer('POST /vote/cast', recorded);
  await page.reload();
  await expectHeading(page, say('resumed-title'));
  expect(await page.locator('body').innerText()).not.toContain('Benoît');
  await expectAccessible(page);
  await page.locator('#code').fill(CODE);
  await page.getByRole('button', { name: say('record') }).click();
  await expectHeading(page, say('recorded-title'));
  expect(casts()[1]!.ballot).toBe(kept);
});

test('a refusal is said in the server’s words, without a retry', async () => {
  const { page } = await openBooth('en');
  for (const reason of ['already-voted', 'too-late', 'code-locked']) {
    at.site.answer('POST /vote/cast', () => problem(reason, `The sentence about ${reason}.`));
    await chooseAndSend(page, 'Benoît Martin', CODE);
    await expectHeading(page, `Title of ${reason}`);
    await page.getByText(`The sentence about ${reason}.`).waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.reload();
  }
});

test('another receipt than the ballot’s own is never called recorded', async () => {
  const { page } = await openBooth('en');
  at.site.answer('POST /vote/cast', () => json({ status: 'recorded', receipt: '0'.repeat(32), recordedAt: 'today' }));
  await chooseAndSend(page, 'Benoît Martin', CODE);
  await expectHeading(page, 'We cannot confirm your vote');
});

test('a browser of 2022 lacks some methods, and records a vote all the same', async () => {
  const { page } = await openBooth('en');
  await page.addInitScript(() => {
    for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with', 'isWellFormed', 'toWellFormed'])
      for (const prototype of [
        Array.prototype,
        Object.getPrototypeOf(Uint8Array.prototype) as object,
        String.prototype,
      ])
        Reflect.deleteProperty(prototype, name);
    for (const name of ['any', 'timeout']) Reflect.deleteProperty(AbortSignal, name);
  });
  await page.reload();
  at.site.answer('POST /vote/cast', recorded);
  await chooseAndSend(page, 'Benoît Martin', CODE);
  await page.locator('.recorded').waitFor();
});

test.each(LOCALES)('without cryptography the page says why and what to do (%s)', async (locale) => {
  const { page } = await openBooth(locale, plainOrigin(at.site));
  await expectHeading(page, wordsOf(locale, 'booth')('insecure-title'));
  expect(await page.locator('input').count()).toBe(0);
});

test('a page that cannot seal says so, and that one can still vote', async () => {
  const data = { ...boothData('en', elections.en, at.site.origin), publicKey: 'not a key' };
  const { page } = await openAt('/vote/link', programPage('en', 'booth', data, at.assets), 'en', at.site.origin);
  await expectHeading(page, 'Your vote could not be prepared');
});

test('behind a door only a ballot of this election is sent again; anything else is forgotten, and the door stands', async () => {
  const data = { ...boothData('en', elections.en, at.site.origin), isDoor: true };
  const html = programPage('en', 'booth', data, at.assets);
  const { page } = await at.open('/vote/link', html, 'en');
  const other = await sealBallot(await contextOf('fr'), [[0]]);
  if (!other.ok) throw new Error(other.reason);
  await page.evaluate(([key, kept]) => sessionStorage.setItem(key, kept), [STORAGE_KEY, other.ballot] as const);
  const before = await page.locator('#booth').innerHTML();
  await page.reload();
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0);
  expect(await page.locator('#booth').innerHTML()).toBe(before);
  const own = await sealBallot(context, [[0]]);
  if (!own.ok) throw new Error(own.reason);
  await page.evaluate(([key, kept]) => sessionStorage.setItem(key, kept), [STORAGE_KEY, own.ballot] as const);
  await page.reload();
  await expectHeading(page, wordsOf('en', 'booth')('resumed-title'));
});

test('at 320 pixels, and with text twice as large, nothing scrolls sideways', async () => {
  const { page } = await openBooth('fr');
  at.site.answer('POST /vote/cast', recorded);
  const expectNoScroll = async () => {
    for (const [width, size] of [
      [320, '100%'],
      [640, '200%'],
    ] as const) {
      await page.setViewportSize({ width, height: 640 });
      await page.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size);
      expect(await noSidewaysScroll(page), `${width} pixels, ${size}`).toBe(true);
    }
  };
  await expectNoScroll();
  await chooseAndSend(page, 'Benoît Martin', 'x', 'fr');
  await expectNoScroll();
  await page.locator('#code').fill(CODE);
  await page.keyboard.press('Enter');
  await page.locator('.recorded').waitFor();
  await expectNoScroll();
});

// --- pages that work without scripts

test.each([
  ['a receipt', '0A1B'.repeat(8), '0A1B '.repeat(8).trim()],
  ['a tracker of the public board', 'a/+B'.repeat(10) + 'xyz', 'a/+B'.repeat(10) + 'xyz'],
  ['anything else', 'receipt-check', ''],
])('the field of the election’s page takes a scanned receipt: %s', async (_, scanned, shown) => {
  const html = consolePage('<input aria-label="Receipt" data-from-address>');
  at.site.answer('GET /elections/1', () => ({ status: 200, type: 'text/html', body: html }));
  const { page } = await at.open('/', '<!doctype html><title>From a phone</title>', 'en');
  await page.goto(`${at.site.origin}/elections/1#${scanned}`);
  await expect.poll(() => page.locator('input').inputValue()).toBe(shown);
});

test('a long work is followed past a proxy’s error page, and the page is asked for anew once the session has ended', async () => {
  const watched = '<section data-watch="/api/work" data-why=""><p data-watched="progress">0 of 9</p></section>';
  let asked = 0;
  at.site.answer('GET /api/work', () => {
    asked += 1;
    if (asked === 1) return { status: 502, type: 'text/html', body: '<h1>Bad Gateway</h1>' };
    if (asked > 2) return json({ reason: 'login-required', title: 'Sign in', detail: '' }, 401);
    return json({ state: 'running', why: '', done: 3, total: 9, texts: { progress: '3 of 9' } });
  });
  const { page } = await openConsole(watched);
  await page.evaluate(() => (document.title = 'Looked at'));
  await page.getByText('3 of 9').waitFor();
  expect(await page.title()).toBe('Looked at');
  await page.getByText('0 of 9').waitFor();
});

test('a page that follows an election is not asked for anew over what somebody types', async () => {
  const news = { now: 2, shapes: { a: 'other' }, texts: {} };
  at.site.answer('GET /api/live/en', () => ({
    status: 200,
    type: 'text/event-stream',
    body: `data: ${JSON.stringify(news)}\n\n`,
  }));
  const live = `<div data-live="/api/live/en" data-live-now="1" data-live-shapes='{"a":"first"}'></div>`;
  const form = '<textarea aria-label="Reason"></textarea>';
  const { page } = await openConsole('');
  at.site.answer('GET /console', () => ({ status: 200, type: 'text/html', body: consolePage(`${live}${form}`) }));
  await page.clock.install();
  await Promise.all([page.waitForResponse('**/api/live/en'), page.reload()]);
  await page.getByLabel('Reason').fill('The hall was closed');
  await page.clock.runFor(60_000);
  expect(await page.getByLabel('Reason').inputValue()).toBe('The hall was closed');
});

test('people who are found late are not laid over the field one has gone on to', async () => {
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  at.site.answer('GET /api/directory/people', async () => {
    await held;
    const people = [{ lastName: 'Martin', firstName: 'Alice', email: 'alice@example.org', about: '' }];
    return json({ people, summary: 'One person found' });
  });
  const { page } =
    await openConsole(`<form><div data-directory="/api/directory/people" data-searching="Looking"><p>A link</p>
    <div class="field" hidden><input role="combobox" aria-label="Person" aria-expanded="false" aria-controls="list">
    <p role="status"></p><ul role="listbox" id="list" aria-label="People" hidden></ul></div></div>
    <input name="lastName" aria-label="Last name"></form>`);
  await page.getByLabel('Person').fill('mar');
  await page.getByText('Looking').waitFor();
  await page.getByLabel('Last name').focus();
  answer();
  await page.getByText('One person found').waitFor();
  expect(await page.getByRole('option').count()).toBe(0);
  await page.getByLabel('Person').press('ArrowDown');
  expect(await page.getByRole('option').count()).toBe(1);
});

// --- arming

test.each(LOCALES)('a key holder makes a key, proves it, and arms the election (%s)', async (locale) => {
  const { page } = await openProgram(locale, 'keys', keysData(locale, elections[locale]));
  const say = wordsOf(locale, 'keys');
  const press = presser(page, say);
  await expectAccessible(page, locale);
  await press('make');
  await expectHeading(page, say('save-title'));
  expect(await page.getByRole('button', { name: say('to-passphrase') }).count()).toBe(0);
  const download = page.waitForEvent('download');
  await press('save');
  const keyFile = join(at.folder, `${locale}.pem`);
  expect((await download).suggestedFilename()).toBe('votix-key-student-council-2026.pem');
  await (await download).saveAs(keyFile);
  await press('to-passphrase');
  await expectHeading(page, say('passphrase-title'));
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await press('copy');
  await page.getByText(say('copied')).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(passphrase);
  await expectAccessible(page, locale);
  await press('to-proof');
  const asTyped = passphrase.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
  await giveKey(page, readFileSync(keyFile, 'utf8'), asTyped);
  await press('prove');

  await expectHeading(page, say('confirm-title'));
  await expectAccessible(page, locale);
  await press('arm');
  await page.getByText(say('other-name').replace('{election}', elections[locale].definition.name)).waitFor();
  await page.locator('#election-name').fill(elections[locale].definition.name);
  const again = { reason: 'reauthentication-required', title: '', detail: '', reauthenticateUrl: '/reauthenticate' };
  at.site.answer('POST /arm', () => json(again, 401));
  await press('arm');
  await page.getByRole('link', { name: say('reauthenticate-link') }).waitFor();
  at.site.answer('POST /arm', () => json({ status: 'armed' }));
  await press('arm');
  await expectHeading(page, say('done-title'));

  const armed = lastPosted();
  expect(Object.keys(armed).sort()).toEqual(['definitionHash', 'fingerprint', 'possessionProven', 'publicKey']);
  for (const secret of [passphrase, asTyped, 'PRIVATE KEY']) expect(travelled()).not.toContain(secret);
  expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
});

test('every way the proof can fail is named, and none of them leads on', async () => {
  const { page } = await openProgram('en', 'keys', keysData('en', elections.en));
  const say = wordsOf('en', 'keys');
  const press = presser(page, say);
  for (const name of ['make', 'save', 'to-passphrase', 'to-proof']) await press(name);
  await press('prove');
  await page.getByText(say('no-file')).waitFor();
  await giveKey(page, 'no key at all', makePassphrase());
  await press('prove');
  await page.getByText(say('malformed-key-file')).waitFor();
  await giveKey(page, strangeKey.file, 'too short');
  await press('prove');
  await page.getByText(say('malformed-passphrase')).waitFor();
  await giveKey(page, strangeKey.file, makePassphrase());
  await press('prove');
  await page.getByText(say('wrong-passphrase')).waitFor();
  await giveKey(page, strangeKey.file, strangeKey.passphrase);
  await press('prove');
  await page.getByText(say('other-key')).waitFor();
  await expectAccessible(page);
  await expectHeading(page, say('prove-title'));
  expect(at.site.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('leaving with a key that is not armed yet is asked about first', async () => {
  const { page } = await openProgram('en', 'keys', keysData('en', elections.en));
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expectHeading(page, 'Save the key file');
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    });
  });
  await page.evaluate(() => setTimeout(() => location.reload(), 0));
  expect(await asked).toBe('beforeunload');
  await expectHeading(page, 'Save the key file');
});

test.each(LOCALES)('the passphrase is split among three holders, and all of them type it back (%s)', async (locale) => {
  const { page } = await openProgram(locale, 'keys', keysData(locale, elections[locale]));
  const say = wordsOf(locale, 'keys');
  const press = presser(page, say);
  await page.getByLabel(say('way-split'), { exact: true }).check();
  await page.locator('#needed').fill('4');
  await press('make');
  await page.locator('#split-problem').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('holders');
  await expectAccessible(page, locale);
  await page.locator('#needed').fill('2');
  await press('make');
  const download = page.waitForEvent('download');
  await press('save');
  const keyFile = join(at.folder, `${locale}-split.pem`);
  await (await download).saveAs(keyFile);
  await press('to-shares');
  const shares: string[] = [];
  for (const number of [1, 2, 3]) {
    const title = say('share-sheet-title').replace('{number}', String(number)).replace('{holders}', '3');
    await page.getByText(title, { exact: true }).waitFor();
    expect(await noSidewaysScroll(page)).toBe(true);
    shares.push((await page.locator('.passphrase span').allTextContents()).join('-'));
    if (number === 1) await expectAccessible(page, locale);
    const next = number === 3 ? say('to-proof') : say('next-share').replace('{number}', String(number + 1));
    await page.getByRole('button', { name: next, exact: true }).click();
  }
  await expectHeading(page, say('prove-title'));
  await page.locator('#key-file').setInputFiles(keyFile);
  const type = (share: number, text: string) => page.locator(`#share-${share}`).fill(text);
  await type(0, shares[1]!.toLowerCase().replaceAll('-', ' '));
  await type(1, swapped(shares[0]!));
  await press('prove');
  await page.getByText(say('mistyped-share')).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('share-1');
  await type(1, shares[1]!);
  await press('prove');
  await page.getByText(say('share-given-twice')).waitFor();
  await type(1, shares[0]!);
  await press('prove');
  const few = say('too-few-shares').replace('{given}', '2').replace('{needed}', '3').replace('{missing}', '1');
  await page.getByText(few).waitFor();
  await expectAccessible(page, locale);
  await type(2, shares[2]!);
  await press('prove');
  await expectHeading(page, say('confirm-title'));
  await page.locator('#election-name').fill(elections[locale].definition.name);
  at.site.answer('POST /arm', () => json({ status: 'armed' }));
  await press('arm');
  await expectHeading(page, say('done-title'));
  expect(lastPosted()['keyShares']).toEqual({ holders: 3, needed: 2, hashes: shares.map(shareHash) });
  for (const share of shares) expect(travelled()).not.toContain(share);
});

test('a key made elsewhere is proven and armed', async () => {
  const { page } = await openProgram('en', 'keys', keysData('en', elections.en));
  const say = wordsOf('en', 'keys');
  const press = presser(page, say);
  await page.getByLabel(say('way-own'), { exact: true }).check();
  await press('own');
  await expectHeading(page, say('own-title'));
  await giveKey(page, strangeKey.file, rightKey.passphrase);
  await press('prove');
  await page.getByText(say('wrong-passphrase')).waitFor();
  await expectAccessible(page);
  await giveKey(page, strangeKey.file, strangeKey.passphrase);
  await press('prove');
  await expectHeading(page, say('confirm-title'));
  await page.locator('#election-name').fill(elections.en.definition.name);
  at.site.answer('POST /arm', () => json({ status: 'armed' }));
  await press('arm');
  await expectHeading(page, say('done-title'));
  const { publicKeyPem, fingerprint } = elections.fr.keys;
  expect(lastPosted()).toMatchObject({ publicKey: publicKeyPem, fingerprint });
  expect(lastPosted()).not.toHaveProperty('keyShares');
});

test('an instance without https refuses to make a key', async () => {
  const { page } = await openProgram('en', 'keys', keysData('en', elections.en, false));
  await expectHeading(page, 'The election cannot be armed at this address');
  expect(await page.getByRole('button').count()).toBe(0);
});

// --- the key proven again

test.each(LOCALES)('the key of an armed election is proven again, and nothing secret is sent (%s)', async (locale) => {
  const held = locale === 'en' ? rightKey : strangeKey;
  const { page } = await openProgram(locale, 'proof', proofData(locale, elections[locale]));
  const say = wordsOf(locale, 'keys');
  const press = presser(page, say);
  await expectAccessible(page, locale);
  expect(await noSidewaysScroll(page)).toBe(true);
  await press('prove');
  await page.getByText(say('no-file')).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('key-file');
  await giveKey(page, held.file, makePassphrase());
  await press('prove');
  await page.getByText(say('wrong-passphrase')).waitFor();
  const other = locale === 'en' ? strangeKey : rightKey;
  await giveKey(page, other.file, other.passphrase);
  await press('prove');
  await page.getByText(say('again-other-key')).waitFor();
  await expectAccessible(page, locale);
  expect(at.site.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  await giveKey(page, held.file, held.passphrase.toLowerCase());
  await press('prove');
  await page.getByText(say('no-answer')).waitFor();
  expect(await page.locator('#key-file, #passphrase').count()).toBe(0);
  await expectAccessible(page, locale);
  const again = { reason: 'reauthentication-required', title: '', detail: '', reauthenticateUrl: '/reauthenticate' };
  at.site.answer('POST /possession', () => json(again, 401));
  await press('again-record');
  await page.getByRole('link', { name: say('reauthenticate-link') }).waitFor();
  at.site.answer('POST /possession', () => json({ status: 'proven' }));
  await press('again-record');
  await page.getByText(say('again-done-text')).waitFor();
  await expectAccessible(page, locale);
  expect(lastPosted()).toEqual({ fingerprint: elections[locale].keys.fingerprint, possessionProven: true });
  for (const secret of [held.passphrase, held.passphrase.toLowerCase(), 'PRIVATE KEY'])
    expect(travelled()).not.toContain(secret);
  expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
});

test('of a split passphrase as many holders as open the box prove it again, and each share is tried', async () => {
  const [passphrase, { keys }] = [makePassphrase(), elections.en];
  const { fingerprint } = keys;
  const shares = await splitPassphrase({ passphrase, fingerprint, holders: 3, needed: 2 });
  const keyFile = await sealKeyFile(keys.privateKey, passphrase);
  const path = join(at.folder, 'split-again.pem');
  writeFileSync(path, keyFile);
  const keyShares = { holders: 3, needed: 2, hashes: shares.map(shareHash) };
  const { page } = await openProgram('en', 'proof', proofData('en', elections.en, keyShares));
  const say = wordsOf('en', 'keys');
  const press = presser(page, say);
  const type = (share: number, text: string) => page.locator(`#share-${share}`).fill(text);
  await expectAccessible(page);
  await page.locator('#key-file').setInputFiles(path);
  await type(1, shares[2]!);
  await press('prove');
  await page.getByText('Shares given: 1. Needed: 2. Missing: 1.').waitFor();
  await type(0, shares[0]!);
  await type(2, swapped(shares[1]!));
  await press('prove');
  await page.getByText(say('mistyped-share')).waitFor();
  await type(2, '');
  at.site.answer('POST /possession', () => json({ status: 'proven' }));
  await press('prove');
  await page.getByText(say('again-done-text')).waitFor();
  expect(lastPosted()).toEqual({ fingerprint, possessionProven: true });
  for (const secret of [...shares, passphrase]) expect(travelled()).not.toContain(secret);
});

// --- opening the box

test('the box is opened, checked, counted and recorded in the browser', async () => {
  const ballots = await sealedBox(Array.from({ length: 130 }, (_, index) => (index % 10 === 0 ? [] : [index % 4])));
  const say = wordsOf('en', 'deliberation');
  serveBox(ballots.slice(1));
  const { page } = await openDeliberation('en', ballots);
  const press = presser(page, say);
  await expectAccessible(page);
  await giveKey(page, strangeKey.file, strangeKey.passphrase);
  await press('open');
  await page.getByText(say('other-key')).waitFor();
  await page.getByText(say('found-fingerprint')).waitFor();
  await giveKey(page, rightKey.file, rightKey.passphrase);
  await press('open');
  await page.getByText('Ballots received: 130. Ballots when the box was sealed: 131.').waitFor();
  serveBox([...ballots.slice(0, 5), ballots[6]!, ballots[5]!, ...ballots.slice(7)]);
  await press('retry');
  await page.getByText(say('other-order')).waitFor();
  serveBox(ballots);
  await press('retry');
  await expectHeading(page, say('result-title'));
  await expectAccessible(page);
  const rows = await page
    .locator('tbody tr')
    .evaluateAll((found) => found.map((row) => row.textContent?.match(/\d+/)?.[0]));
  expect(rows).toEqual(['26', '33', '26', '32', '13']);
  await page.getByText(say('reason-undecryptable')).waitFor();
  await press('record');
  await page.getByText(say('no-answer')).waitFor();
  at.site.answer('POST /result', () => json({ status: 'deliberated' }));
  await press('record');
  await expectHeading(page, say('done-title'));
  const sent = lastPosted();
  expect(Object.keys(sent).sort()).toEqual(['boxHash', 'invalidBallots', 'tally']);
  expect(sent['tally']).toMatchObject({
    ballots: 131,
    valid: 130,
    invalid: 1,
    contests: [{ votes: [26, 33, 26, 32], blank: 13 }],
  });
  for (const secret of [rightKey.passphrase, strangeKey.passphrase, 'PRIVATE KEY'])
    expect(travelled()).not.toContain(secret);
});

test('an opening can be cancelled, and its workers end', async () => {
  const ballots = await sealedBox([[0], [1]]);
  serveBox(ballots);
  at.site.answer('GET /assets/silent.js', () => ({ status: 200, type: 'text/javascript', body: '' }));
  const { page } = await openDeliberation('fr', ballots, { election: elections.en, worker: 'silent.js' });
  const say = wordsOf('fr', 'deliberation');
  await giveKey(page, rightKey.file, rightKey.passphrase);
  await presser(page, say)('open');
  await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBeGreaterThan(0);
  await presser(page, say)('cancel');
  await expectHeading(page, say('key-title'));
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await page.locator('#passphrase').inputValue()).toBe('');
});

test.each(LOCALES)('two of three holders open the box; a wrong share is named (%s)', async (locale) => {
  const { keys } = elections.en;
  const [ballots, passphrase] = [await sealedBox([[0], [1], [0]]), rightKey.passphrase];
  const split = { passphrase, fingerprint: keys.fingerprint, holders: 3, needed: 2 };
  const [shares, others] = [await splitPassphrase(split), await splitPassphrase(split)];
  serveBox(ballots);
  const keyShares = { holders: 3, needed: 2, hashes: shares.map(shareHash) };
  const { page } = await openDeliberation(locale, ballots, { election: elections.en, keyShares });
  const say = wordsOf(locale, 'deliberation');
  const press = presser(page, say);
  await page.getByText(say('shares-warning')).waitFor();
  await expectAccessible(page, locale);
  const give = async (file: string, first: string, second: string) => {
    writeFileSync(join(at.folder, 'chosen.pem'), file);
    await page.locator('#key-file').setInputFiles([]);
    await page.locator('#key-file').setInputFiles(join(at.folder, 'chosen.pem'));
    await page.locator('#share-0').fill(first);
    await page.locator('#share-1').fill(second);
    await press('open');
  };
  await give(rightKey.file, shares[2]!, '');
  const few = say('too-few-shares').replace('{given}', '1').replace('{needed}', '2').replace('{missing}', '1');
  await page.getByText(few).waitFor();
  await give(rightKey.file, shares[2]!, others[0]!);
  await page.getByText(say('share-of-other-split')).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('share-1');
  await expectAccessible(page, locale);
  await give(strangeKey.file, shares[2]!, shares[0]!);
  await page.getByText(say('other-file')).waitFor();
  await give(rightKey.file, shares[2]!, shares[0]!.toLowerCase());
  await expectHeading(page, say('result-title'));
  for (const secret of [passphrase, ...shares]) expect(travelled()).not.toContain(secret);
});

// --- what the journeys share

async function openBooth(locale: Locale, origin = at.site.origin): Promise<WatchedPage> {
  const html = programPage(locale, 'booth', boothData(locale, elections[locale], origin), at.assets);
  return openAt('/vote/link', html, locale, origin);
}

function openConsole(content: string): Promise<WatchedPage> {
  return at.open('/console', consolePage(content), 'en');
}

function consolePage(content: string): string {
  const script = `<script type="module" src="/assets/${at.assets['console']!.file}"></script>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Votix</title>${script}${content}</html>`;
}

async function openProgram(
  locale: Locale,
  entry: 'keys' | 'proof' | 'deliberation',
  data: unknown,
): Promise<WatchedPage> {
  return openAt(`/${entry}`, programPage(locale, entry, data, at.assets), locale, at.site.origin);
}

async function openAt(path: string, html: string, locale: Locale, origin: string): Promise<WatchedPage> {
  const watched = await at.open(path, html, locale, origin);
  await watched.page.locator('[tabindex="-1"]:is(h1, h2)').waitFor();
  return watched;
}

async function openDeliberation(
  locale: Locale,
  ballots: readonly string[],
  {
    election = elections[locale],
    worker = at.assets['deliberation-worker']!.file,
    keyShares = null as KeyShares | null,
  } = {},
) {
  const hash = createBoxHash();
  for (const ballot of ballots) hash.add(ballot);
  const box = { ballots: ballots.length, boxHash: hash.digest(), workerUrl: `/assets/${worker}` };
  return openProgram(locale, 'deliberation', deliberationData(locale, election, box, keyShares));
}

function serveBox(ballots: readonly string[]): void {
  at.site.answer('GET /box', () => ({
    status: 200,
    type: 'text/plain',
    body: ballots.map((line) => `${line}\n`).join(''),
  }));
}

/** Sealed for the English election, one of them damaged after sealing, in the order of the box. */
async function sealedBox(selections: readonly (readonly number[])[]): Promise<string[]> {
  const ballots: string[] = [];
  for (const selection of [...selections, [0]]) {
    const sealed = await sealBallot(context, [selection]);
    if (sealed.ok) ballots.push(sealed.ballot);
  }
  const damaged = ballots.pop()!;
  ballots.push(damaged.slice(0, -4) + (damaged.endsWith('AAAA') ? 'BBBA' : 'AAAA'));
  return ballots.sort((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
}

async function chooseAndSend(page: Page, name: string, code: string, locale: Locale = 'en'): Promise<void> {
  const say = wordsOf(locale, 'booth');
  await page.getByText(name).click();
  await page.getByRole('button', { name: say('next') }).click();
  await page.locator('#code').fill(code);
  await page.getByRole('button', { name: say('record') }).click();
}

async function giveKey(page: Page, text: string, passphrase: string): Promise<void> {
  const path = join(at.folder, 'chosen.pem');
  writeFileSync(path, text);
  await page.locator('#key-file').setInputFiles([]);
  await page.locator('#key-file').setInputFiles(path);
  await page.locator('#passphrase').fill(passphrase);
}

interface HeldKey {
  readonly file: string;
  readonly passphrase: string;
}

async function holdKey({ keys }: Election): Promise<HeldKey> {
  const passphrase = makePassphrase();
  return { file: await sealKeyFile(keys.privateKey, passphrase), passphrase };
}

/** Two neighbouring characters that differ, exchanged: the commonest slip. */
function swapped(text: string): string {
  const place = Array.from(text).findIndex(
    (character, n) => character !== text[n + 1] && !text.slice(n, n + 2).includes('-'),
  );
  return text.slice(0, place) + text[place + 1]! + text[place]! + text.slice(place + 2);
}

function presser(page: Page, say: (key: string) => string) {
  return (name: string) => page.getByRole('button', { name: say(name), exact: true }).click();
}

function lastPosted(): Readonly<Record<string, unknown>> {
  return JSON.parse(at.site.requests.findLast(({ method }) => method === 'POST')!.body);
}

interface Cast {
  readonly ballot: string;
  readonly code: string;
}

function casts(): [Cast, ...Cast[]] {
  const sent = at.site.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as Cast);
  return sent as [Cast, ...Cast[]];
}

function recorded({ body }: { readonly body: string }) {
  const { ballot } = JSON.parse(body) as Cast;
  return json({ status: 'recorded', receipt: receiptOf(ballot), recordedAt: '23 November 2025 at 12:04 (Paris time)' });
}

function problem(reason: string, detail: string) {
  const status = reason === 'code-locked' ? 429 : 403;
  return json({ type: 'about:blank', status, reason, title: `Title of ${reason}`, detail }, status);
}

async function contextOf(locale: Locale): Promise<SealingContext> {
  const { definitionText, keys } = elections[locale];
  const made = await ballotContext(definitionText, keys.publicKeyPem);
  if (!made.ok) throw new Error(made.reason);
  return made.context;
}

async function choiceIn(ballot: string, locale: Locale): Promise<unknown> {
  const opened = await openBallot(await contextOf(locale), elections[locale].keys.privateKey, ballot);
  return opened.ok && opened.selections;
}

/** Everything any page sent: addresses, headers and bodies. */
function travelled(): string {
  return at.site.requests.map(({ url, headers, body }) => `${url} ${headers} ${body}`).join('\n');
}

async function expectHeading(page: Page, text: string): Promise<void> {
  await page.locator('[tabindex="-1"]:is(h1, h2)', { hasText: text }).waitFor();
}

/** The languages differ in words only, so a journey made in both is judged in one. */
async function expectAccessible(page: Page, locale: Locale = 'en'): Promise<void> {
  if (locale === 'en') await judge(page);
}

function leftOnDevice(page: Page) {
  return page.evaluate(() => ({
    stored: sessionStorage.length + localStorage.length,
    url: location.href,
    state: history.state as unknown,
  }));
}
