// Shows every page without a server: `node scripts/gallery.ts OUTDIR [NAME…]` renders the views with sample models in both
// languages, photographs them at three sizes in light and dark, and makes every check of gallery/checks.ts on each.
// Exit code 1 when anything is wrong.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page as Tab } from '@playwright/test';
import { locales } from '../packages/server/src/messages/translate.ts';
import { launchChromium } from '../tests/support/chromium.ts';
import {
  accessProblems,
  columnProblems,
  focusProblems,
  heightProblems,
  motionProblems,
  otherReadersProblems,
  reflowProblems,
} from './gallery/checks.ts';
import { gallerySite } from './gallery/site.ts';

const sizes = [
  { width: 360, height: 640 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];
/** What hangs in a hall. */
const televisions = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
];
const schemes = ['light', 'dark'] as const;
let found = 0;

const [outdir, ...wanted] = process.argv.slice(2);
if (outdir === undefined) {
  console.error('Say where the gallery goes: node scripts/gallery.ts OUTDIR [NAME…]');
  process.exit(64);
}
mkdirSync(join(outdir, 'assets'), { recursive: true });
const site = await gallerySite(join(outdir, 'assets'), wanted);
for (const [path, file] of site.files) if (path.endsWith('.html')) writeFileSync(join(outdir, path), file);
console.log(`${site.samples.length * locales.length} pages in ${outdir}`);

const browser = await launchChromium();
for (const scheme of schemes) await visitAll(browser, scheme, outdir);
await visitWithoutScripts(browser, outdir);
await visitAsOthers(browser);
await browser.close();
process.exitCode = found === 0 ? 0 : 1;

/** At once: a whole gallery takes most of an hour. */
function note(name: string, problems: readonly string[]): void {
  for (const problem of problems) console.log(`${name}: ${problem}`);
  found += problems.length;
}

async function visitAll(browser: Browser, scheme: (typeof schemes)[number], outdir: string): Promise<void> {
  const context = await browser.newContext({ colorScheme: scheme });
  const tab = await openTab(context);
  for (const sample of site.samples) {
    for (const locale of locales) {
      const name = `${sample.name}.${locale}`;
      await tab.setViewportSize({ width: 320, height: 640 });
      await tab.goto(site.address(sample, locale));
      await sample.act?.(tab);
      note(name, await reflowProblems(tab));
      for (const size of sizes) {
        await tab.setViewportSize(size);
        await tab.screenshot({ path: join(outdir, `${name}.${size.width}.${scheme}.png`), fullPage: true });
        if (size.width >= 768) note(`${name} ${size.width} ${scheme}`, await columnProblems(tab));
        if (size.width !== 768) note(`${name} ${size.width} ${scheme}`, await accessProblems(tab));
      }
      for (const size of sample.televisions === true ? televisions : []) {
        await tab.setViewportSize(size);
        await tab.screenshot({ path: join(outdir, `${name}.${size.width}.${scheme}.png`) });
        note(`${name} ${size.width}`, await heightProblems(tab));
      }
      if (sample.printed === true && scheme === 'light')
        await tab.pdf({ path: join(outdir, `${name}.pdf`), preferCSSPageSize: true });
    }
  }
  await context.close();
}

async function visitWithoutScripts(browser: Browser, outdir: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
  await context.route('**/*', site.serve);
  const tab = await context.newPage();
  for (const sample of site.samples.filter(({ withoutScripts }) => withoutScripts === true)) {
    for (const locale of locales) {
      await tab.goto(site.address(sample, locale));
      await tab.screenshot({ path: join(outdir, `${sample.name}.${locale}.no-script.png`), fullPage: true });
    }
  }
  await context.close();
}

/** By keyboard, in colours that the system forces, and as other readers have it. */
async function visitAsOthers(browser: Browser): Promise<void> {
  const context = await browser.newContext({ forcedColors: 'active', reducedMotion: 'reduce' });
  const tab = await openTab(context);
  for (const sample of site.samples) {
    const name = `${sample.name}.fr`;
    await tab.setViewportSize({ width: 640, height: 800 });
    await tab.goto(site.address(sample, 'fr'));
    await sample.act?.(tab);
    note(`${name} in forced colours`, await accessProblems(tab, ['color-contrast'])); // axe reads them before they are forced
    for (const width of [1440, 640]) {
      await tab.setViewportSize({ width, height: 800 });
      note(`${name} by keyboard, ${width}`, await focusProblems(tab));
    }
    note(name, await motionProblems(tab));
    note(name, await otherReadersProblems(tab));
  }
  await context.close();
}

/** What the policy blocks or a program throws is a finding as well. */
async function openTab(context: BrowserContext): Promise<Tab> {
  await context.route('**/*', site.serve);
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error') note(tab.url(), [message.text()]);
  });
  tab.on('pageerror', (error) => note(tab.url(), [error.message]));
  return tab;
}
