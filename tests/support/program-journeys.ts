// What every file of journeys through the bundled programs needs: the bundle, one Chromium, a site for each test, and a watch on
// the page: what must not have happened fails the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildBundle, type BundleManifest } from '../../packages/browser/src/build.ts';
import { openWatchedPage, startBrowser, type WatchedPage } from './program-browser.ts';
import type { Locale } from './program-pages.ts';
import { type ProgramSite, startProgramSite } from './program-site.ts';

export interface Journeys {
  /** For files that are chosen; gone afterwards. */
  readonly folder: string;
  readonly assets: BundleManifest;
  readonly browser: Browser;
  /** Of this test. */
  readonly site: ProgramSite;
  /** The page of this test at an address of the site. */
  open(path: string, html: string, locale: Locale, origin?: string): Promise<WatchedPage>;
  /** What the page's console said so far was meant to happen. */
  forgive(): Promise<void>;
}

export function journeys(): Journeys {
  const folder = mkdtempSync(join(tmpdir(), 'votix-journeys-'));
  let assets: BundleManifest;
  let browser: Browser;
  let site: ProgramSite;
  let watched: WatchedPage | undefined;

  beforeAll(async () => {
    assets = await buildBundle({ outdir: join(folder, 'dist') });
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    site = await startProgramSite(join(folder, 'dist'));
  });

  afterEach(async () => {
    const troubles = watched?.troubles ?? [];
    await forgive();
    await site.close();
    expect(troubles).toEqual([]);
  });

  async function forgive(): Promise<void> {
    await watched?.context.close();
    watched = undefined;
  }

  return {
    folder,
    get assets() {
      return assets;
    },
    get browser() {
      return browser;
    },
    get site() {
      return site;
    },
    open: async (path, html, locale, origin = site.origin) => {
      site.answer(`GET ${path}`, () => ({ status: 200, type: 'text/html; charset=utf-8', body: html }));
      watched = await openWatchedPage(browser, site, { locale });
      await watched.page.goto(`${origin}${path}`);
      return watched;
    },
    forgive,
  };
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

export function noSidewaysScroll(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}
