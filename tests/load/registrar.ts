// A registrar's page with a large roll: `node tests/load/registrar.ts [--voters 10000]`. Seconds of each step in Chromium, the
// longest task of the page's main thread in each (milliseconds of the processor), and the memory at the end. The server is a
// small site that takes everything. Not part of npm test: the figures are for an idle machine.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { buildBundle } from '../../packages/browser/src/build.ts';
import { launchChromium } from '../support/chromium.ts';
import { programPage, registrarData, wordsOf } from '../support/program-pages.ts';
import { json, type ProgramSite, startProgramSite } from '../support/program-site.ts';
import { longestTask } from './main-thread.ts';

const { values } = parseArgs({ options: { voters: { type: 'string', default: '10000' } } });
const voters = Number(values.voters);
const slice = 500;
const say = wordsOf('en', 'registrar');
const tell = (line: string) => process.stdout.write(`${line}\n`);

const roll = Array.from({ length: voters }, (_, n) => ({
  id: String(n).padStart(8, '0'),
  lastName: `Martin-Dupré ${n}`,
  firstName: `Zoé ${n % 97}`,
  email: `voter${n}@example.org`,
  promotion: `E${n % 12}`,
  building: 'Bâtiment A',
}));

async function openSite(folder: string): Promise<ProgramSite> {
  const assets = await buildBundle({ outdir: folder });
  const site = await startProgramSite(folder);
  let seat = { groupName: 'Ed25519', uuid: 'Bq1K4YDQEDaYfB', stage: 'making', voters, reserve: 100, attempt: '' };
  site.answer('GET /seat', () => json({ ...seat, uncovered: 0, given: [] }));
  site.answer('GET /roll', ({ url }) => {
    const after = url.split('after=')[1]!;
    const start = after === '' ? 0 : Number(after) + 1;
    return json({ voters: roll.slice(start, start + slice) });
  });
  site.answer('POST /part', () => json({ status: 'taken' }));
  site.answer('POST /finish', ({ body }) => {
    const { attempt } = JSON.parse(body) as { attempt: string };
    seat = { ...seat, stage: 'made', attempt };
    return json({ status: 'taken' });
  });
  const body = programPage(
    'en',
    'registrar',
    registrarData('en', `/assets/${assets['registrar-worker']!.file}`),
    assets,
  );
  site.answer('GET /registrar', () => ({ status: 200, type: 'text/html; charset=utf-8', body }));
  return site;
}

async function walk(page: Page, step: (name: string, act: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const press = (key: string) => page.getByRole('button', { name: say(key), exact: true }).click();
  const heading = (key: string) => page.locator('h2', { hasText: say(key) }).waitFor({ timeout: 600_000 });
  await heading('title-making');
  await step('codes made', async () => {
    await press('make');
    await heading('save-title');
  });
  let file = '';
  await step('file saved', async () => {
    const download = page.waitForEvent('download');
    await press('save');
    file = readFileSync(await (await download).path(), 'utf8');
  });
  await press('to-paper');
  const passphrase = (await page.locator('.passphrase span').allTextContents()).join('-');
  await press('to-proof');
  const given = { name: 'votix-voter-codes.jwe', mimeType: 'text/plain', buffer: Buffer.from(file) };
  await page.locator('#key-file').setInputFiles(given);
  await page.locator('#passphrase').fill(passphrase);
  await step('proven, handed in', async () => {
    await press('prove');
    await heading('letters-title');
  });
  await step('a name typed', () => page.locator('#letters-name').pressSequentially('dupre 9'));
  await step('a promotion', () => page.locator('#letters-promotion').selectOption({ label: 'E3' }));
  await step('list saved', async () => {
    const download = page.waitForEvent('download');
    await press('list-save');
    await download;
  });
  await page.locator('#letters-name').fill('');
  await step('to print', () => page.pdf());
}

const folder = mkdtempSync(join(tmpdir(), 'votix-registrar-'));
const site = await openSite(folder);
const browser = await launchChromium();
try {
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  await page.goto(`${site.origin}/registrar`);
  tell(`${voters} voters`);
  await walk(page, async (name, act) => {
    const start = performance.now();
    const longest = await longestTask(browser, page, act);
    const seconds = (performance.now() - start) / 1000;
    tell(`  ${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s, longest task ${longest.toFixed(0).padStart(6)} ms`);
  });
  const bytes = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  tell(`  memory of scripts ${(bytes / 1e6).toFixed(0).padStart(6)} MB`);
} finally {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
