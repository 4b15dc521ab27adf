// One Chromium for all journeys through the programs. Every page is watched: a broken policy, a console message or a
// request to another host fails the test that caused it.
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from './chromium.ts';
import type { ProgramSite } from './program-site.ts';

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What must not have happened. Empty in a good journey. */
  readonly troubles: readonly string[];
  /** Presses on the page, as a voter's thumb counts them. */
  readonly taps: () => Promise<number>;
}

/** A name that leads here but is not localhost: over http it has no cryptography. */
const PLAIN_HOST = 'votix.test';

/** Chromium itself says these when a test answers with a refusal or cuts the network. */
const EXPECTED = /^Failed to load resource: /;

export function startBrowser(): Promise<Browser> {
  const options = chromiumLaunchOptions();
  return chromium.launch({
    ...options,
    args: [...(options.args ?? []), `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`],
  });
}

export function plainOrigin({ port }: ProgramSite): string {
  return `http://${PLAIN_HOST}:${port}`;
}

export async function openWatchedPage(
  browser: Browser,
  site: ProgramSite,
  options: { readonly locale?: string; readonly width?: number; readonly height?: number } = {},
): Promise<WatchedPage> {
  const { locale = 'en', width = 360, height = 640 } = options;
  const context = await browser.newContext({
    locale,
    viewport: { width, height },
    hasTouch: true,
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript(() => {
    const counts = window as { taps?: number };
    const count = () => (counts.taps = (counts.taps ?? 0) + 1);
    addEventListener('pointerdown', count, true);
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (!EXPECTED.test(message.text())) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== site.origin && origin !== plainOrigin(site)) troubles.push(`foreign request: ${request.url()}`);
  });
  return { page, context, troubles, taps: () => page.evaluate(() => (window as { taps?: number }).taps ?? 0) };
}
