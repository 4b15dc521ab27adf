// The booth of a real server, voted in by a real Chromium: how long until a voter can choose, until the ballot is sealed, and
// until "recorded" stands there, by the page's own clock.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { anArmedElection } from '../support/elections.ts';
import { aVerifiableElection } from '../support/verifiable-elections.ts';
import { startVotix } from '../support/votix-process.ts';
import { anInstance, fiveCandidates } from './elections.ts';

export interface Booths {
  /** Of a voter who has not voted yet, each time another; and the code. */
  readonly next: () => { readonly url: string; readonly code: string };
  readonly stop: () => Promise<unknown>;
}

/** On SQLite in the folder, open for so many voters. */
export async function startBooths(
  folder: string,
  { sealing, voters }: { readonly sealing: 'sealed-box' | 'verifiable'; readonly voters: number },
): Promise<Booths> {
  mkdirSync(folder);
  const wish = { voters, candidates: fiveCandidates };
  const { environment, filled } = await anInstance(folder, async (db) => {
    if (sealing === 'sealed-box')
      return (await anArmedElection(db, wish)).voters.map((voter) => ({ ...voter, end: '' }));
    return (await aVerifiableElection(db, wish)).voters.map((voter) => ({ ...voter, end: `#${voter.credential}` }));
  });
  const server = await startVotix({ ...environment, LOG_DIR: join(folder, 'logs') });
  let at = 0;
  return {
    next: () => {
      const { link, code, end } = filled[at++]!;
      return { url: `${server.url}/vote/${link}${end}`, code };
    },
    stop: () => server.stop(),
  };
}

/** Milliseconds. */
export interface Visit {
  /** From the address to a picture of the ballot that can be chosen from. */
  readonly ready: number;
  /** From "Record my vote" to the request that carries the ballot. */
  readonly sealed: number;
  /** From "Record my vote" to a picture that says "recorded". */
  readonly recorded: number;
  /** What came over the network until then, headers included. */
  readonly bytes: number;
}

/** Marks when something is drawn that was not there. */
function watchScreens(): void {
  const screens = { ready: '#booth input', recorded: '#booth .recorded' };
  const look = () => {
    for (const [name, selector] of Object.entries(screens)) {
      if (performance.getEntriesByName(name).length > 0 || document.querySelector(selector) === null) continue;
      performance.mark(name); // in case no picture follows; the last mark counts
      requestAnimationFrame(() => setTimeout(() => performance.mark(name)));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** Acts in the page itself, so that the browser's driver takes no time of what is measured. What is typed is drawn before the press. */
export async function press(page: Page, selector: string, until: string, typed?: string): Promise<void> {
  await page.evaluate(
    async ([pressed, awaited, code]) => {
      const input = document.querySelector<HTMLInputElement>('#code');
      if (code !== '' && input !== null) {
        input.value = code;
        input.dispatchEvent(new Event('input'));
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)));
        performance.mark('pressed');
      }
      document.querySelector<HTMLElement>(pressed)!.click();
      await new Promise<void>((resolve) => {
        const look = () => document.querySelector(awaited) !== null && resolve();
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
        look();
      });
    },
    [selector, until, typed ?? ''] as const,
  );
}

/** In a window of its own, where nothing is kept from a visit before. */
export async function vote(
  browser: Browser,
  { url, code }: ReturnType<Booths['next']>,
  { screen, slow }: { readonly screen?: BrowserContextOptions; readonly slow?: Slow } = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en', ...screen });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchScreens);
    if (slow === undefined)
      await page.goto(new URL('/livez', url).href); // else the start of a browser's process counts
    else await slowDown(page, slow);
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('#booth input').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500); // a voter reads; what is loaded meanwhile is loaded
    await press(page, '#booth input[type=radio]', '#booth input:checked');
    await press(page, '.booth-act', '#code');
    await press(page, '.booth-act', '#booth .recorded', code);
    await page.waitForTimeout(300);
    return await page.evaluate(() => {
      const at = (name: string) => performance.getEntriesByName(name).at(-1)!.startTime;
      const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      const cast = loaded.find(({ name }) => name.includes('/api/vote/'))!;
      return {
        ready: at('ready'),
        sealed: cast.startTime - at('pressed'),
        recorded: at('recorded') - at('pressed'),
        bytes: [document!, ...loaded].reduce((sum, { transferSize }) => sum + transferSize, 0),
      };
    });
  } finally {
    await context.close();
  }
}

/** The same page where no script runs, until it is drawn. */
export async function openWithoutScripts(browser: Browser, url: string, slow?: Slow): Promise<number> {
  const context = await browser.newContext({ locale: 'en', javaScriptEnabled: false, ...phone });
  try {
    const page = await context.newPage();
    if (slow !== undefined) await slowDown(page, slow);
    const start = performance.now();
    await page.goto(url, { waitUntil: 'load', timeout: 60_000 });
    return performance.now() - start;
  } finally {
    await context.close();
  }
}

export interface Slow {
  readonly cpu: number;
  /** Before each answer. */
  readonly latencyMs: number;
  readonly kilobitsPerSecond: number;
}

export const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } as const;

async function slowDown(page: Page, { cpu, latencyMs, kilobitsPerSecond }: Slow): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await devtools.send('Network.enable');
  const throughput = (kilobitsPerSecond * 1000) / 8;
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}
