// A box of ten thousand ballots in a key holder's page: the real page with its workers, beside WebCrypto alone.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { buildBundle, type BundleManifest } from '../../../packages/browser/src/build.ts';
import { launchChromium } from '../../support/chromium.ts';
import { deliberationData, programPage } from '../../support/program-pages.ts';
import { type ProgramSite, startProgramSite } from '../../support/program-site.ts';
import { type Way, openBare, ways } from '../bare-opening.ts';
import { atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { aBox, type Box, boxHashOf } from '../boxes.ts';
import { interleave, median, ratioOf } from '../statistics.ts';

function serve(site: ProgramSite, box: Box, assets: BundleManifest): void {
  const { ballots, election } = box;
  const workerUrl = `/assets/${assets['deliberation-worker']!.file}`;
  const sealed = { ballots: ballots.length, boxHash: boxHashOf(ballots), workerUrl };
  const page = programPage('en', 'deliberation', deliberationData('en', election, sealed), assets);
  const lines = ballots.map((ballot) => `${ballot}\n`).join('');
  site.answer('GET /open', () => ({ status: 200, type: 'text/html; charset=utf-8', body: page }));
  site.answer('GET /box', () => ({ status: 200, type: 'text/plain', body: lines }));
}

/** Milliseconds from the last byte of the box to the result on the page: checked, opened, counted. */
async function openAsHolder(context: BrowserContext, url: string, keyPath: string, passphrase: string) {
  const page = await context.newPage();
  try {
    await page.addInitScript(() => {
      const look = () => {
        if (document.querySelector('[data-stage="result"], [data-stage="failed"]') === null) return;
        observer.disconnect();
        performance.mark('ended');
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.goto(url);
    await page.locator('#key-file').setInputFiles(keyPath);
    await page.locator('#passphrase').fill(passphrase);
    await page.locator('#deliberation button.button--primary').click();
    await page.locator('[data-stage="result"]').waitFor({ timeout: 120_000 });
    return await page.evaluate(() => {
      const [box] = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/box'));
      const [ended] = performance.getEntriesByName('ended');
      return ended!.startTime - (box as PerformanceResourceTiming).responseEnd;
    });
  } finally {
    await page.close();
  }
}

async function run({ quick, rounds, folder }: Wish) {
  const box = await aBox(quick ? 500 : 10_000);
  const keyPath = join(folder, 'key.pem');
  writeFileSync(keyPath, box.keyFile);
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', box.election.keys.privateKey));
  const bundle = join(folder, 'dist');
  const assets = await buildBundle({ outdir: bundle });
  const site = await startProgramSite(bundle);
  const browser = await launchChromium();
  try {
    serve(site, box, assets);
    // The page's strict policy knows no worker but the product's; the reference has one of its own.
    const [context, lax] = [await browser.newContext(), await browser.newContext({ bypassCSP: true })];
    const bare = (way: Way) => openBare({ context: lax, site, pkcs8 }, way);
    const tried: { way: Way; ms: number }[] = [];
    for (const way of ways) tried.push({ way, ms: await bare(way) });
    const best = tried.reduce((least, one) => (one.ms < least.ms ? one : least)).way;
    const found = await interleave(rounds, {
      bare: () => bare(best),
      ours: () => openAsHolder(context, `${site.origin}/open`, keyPath, box.passphrase),
    });
    const [ratio, ours] = [ratioOf(found.ours, found.bare), median(found.ours)];
    return [
      atMost(
        ratio,
        1.15,
        `${digits(ratio)} times (${digits(ours / 1000)} s, ${digits((box.ballots.length / ours) * 1000)} ballots a second)`,
      ),
      { text: `bare with ${best.workers} workers, ${best.together === 1 ? 'one by one' : `${best.together} at once`}` },
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}

export const openBrowserRow: Benchmark = {
  name: 'open-browser',
  wanted: '≤ 1.15 times',
  reference: 'bare WebCrypto in the same Chromium, best number of workers; 10,000 sealed ballots',
  run,
};
