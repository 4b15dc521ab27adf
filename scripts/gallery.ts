// Shows every page without a server: `node scripts/gallery.ts OUTDIR [NAME…]` renders the views with sample models in both
// languages, photographs them at three sizes in light and dark, runs axe on each and looks for sideways scrolling at 320 px.
// Exit code 1 when anything is wrong. Pages are served by interception under http://localhost with the product's own policy.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page as Tab, type Route } from '@playwright/test';
import { buildBundle, type BundleManifest } from '../packages/browser/src/build.ts';
import { formatsFor } from '../packages/server/src/messages/formats.ts';
import { locales, type Locale, translatorFor } from '../packages/server/src/messages/translate.ts';
import { accentPath, accentSheet } from '../packages/server/src/views/accent.ts';
import { checkerPolicy } from '../packages/server/src/http/security.ts';
import { iconSvg } from '../packages/server/src/views/mark.ts';
import type { Page } from '../packages/server/src/views/page.ts';
import { picture, pictureHash } from './gallery/picture.ts';
import type { Sample } from './gallery/sample.ts';
import { gallerySamples } from './gallery/samples.ts';

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
const origin = 'http://localhost';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html votix-worker";
const findings: string[] = [];

const [outdir, ...wanted] = process.argv.slice(2);
if (outdir === undefined) {
  console.error('Say where the gallery goes: node scripts/gallery.ts OUTDIR [NAME…]');
  process.exit(64);
}
mkdirSync(join(outdir, 'assets'), { recursive: true });
const manifest = await buildBundle({ outdir: join(outdir, 'assets') });
const icons = JSON.parse(readFileSync(join(outdir, 'assets', 'icons.json'), 'utf8')) as Record<string, string[]>;
const files = new Map<string, string | Buffer>();
for (const { file } of Object.values(manifest)) {
  files.set(`/assets/${file}`, readFileSync(join(outdir, 'assets', file), 'utf8'));
}
files.set('/icon.svg', iconSvg);
files.set(`/logos/${pictureHash}.webp`, picture);

const all = await gallerySamples(Object.values(icons).flat());
const samples = wanted.length === 0 ? all : all.filter(({ name }) => wanted.some((start) => name.startsWith(start)));
for (const sample of samples) for (const locale of locales) await writePage(outdir, sample, locale, manifest);
console.log(`${samples.length * locales.length} pages in ${outdir}`);

const executablePath = [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (executablePath === undefined) console.log('No Chromium found: no pictures, no accessibility check.');
else {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet];
  const browser = await chromium.launch({ executablePath, args });
  for (const scheme of schemes) await visitAll(browser, scheme, outdir);
  await visitWithoutScripts(browser, outdir);
  await visitAsOthers(browser);
  await browser.close();
}
for (const finding of findings) console.log(finding);
process.exitCode = findings.length === 0 ? 0 : 1;

async function writePage(outdir: string, sample: Sample, locale: Locale, manifest: BundleManifest): Promise<void> {
  const page: Page = {
    ...formatsFor(locale),
    locale,
    t: translatorFor(locale),
    ...(sample.display === undefined ? {} : { display: sample.display }),
    path: `/${sample.name}`,
    organisation: 'Association des étudiants de Belleville',
    href: (path) => path,
    asset: (entry) => {
      const { file = '', integrity = '' } = manifest[entry] ?? {};
      return {
        url: `assets/${file}`,
        integrity,
      };
    },
    icon: (name) => {
      const sheet = Object.entries(icons).find(([, names]) => names.includes(name))?.[0];
      return sheet && `assets/${manifest[sheet]?.file ?? ''}#${name}`;
    },
    contact: {
      name: 'Commission électorale',
      email: 'vote@example.org',
    },
    account:
      sample.signedIn === true
        ? {
            name: 'Anaïs Martin',
            role: 'admin',
          }
        : undefined,
    accent: sample.accent,
    isRehearsal: sample.isRehearsal === true,
    insecure: sample.insecure === true,
  };
  const html = (await sample.render(page)).toString();
  files.set(`/${sample.name}.${locale}.html`, html);
  for (const [path, answer] of Object.entries(sample.answers ?? {})) files.set(path, JSON.stringify(answer));
  if (sample.accent !== undefined) files.set(accentPath(sample.accent), accentSheet(sample.accent));
  writeFileSync(join(outdir, `${sample.name}.${locale}.html`), html);
}

async function serve(route: Route): Promise<void> {
  const path = decodeURIComponent(new URL(route.request().url()).pathname);
  const body = files.get(path);
  const types: Readonly<Record<string, string>> = {
    css: 'text/css',
    js: 'text/javascript',
    html: 'text/html',
    json: 'application/json',
    svg: 'image/svg+xml',
    webp: 'image/webp',
  };
  if (body === undefined) return route.fulfill({ status: 404, body: 'not in the gallery' });
  const contentType = `${types[path.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`;
  const ownPolicy = path.startsWith('/assets/verify-worker.') ? checkerPolicy : policy;
  return route.fulfill({ body, contentType, headers: { 'Content-Security-Policy': ownPolicy } });
}

async function visitAll(browser: Browser, scheme: (typeof schemes)[number], outdir: string): Promise<void> {
  const context = await browser.newContext({ colorScheme: scheme });
  await context.route('**/*', serve);
  const tab = await openTab(context);
  for (const sample of samples) {
    for (const locale of locales) {
      const name = `${sample.name}.${locale}`;
      await tab.setViewportSize({ width: 320, height: 640 });
      await tab.goto(`${origin}/${name}.html`);
      await sample.act?.(tab);
      await checkReflow(tab, name);
      for (const size of sizes) {
        await tab.setViewportSize(size);
        await tab.screenshot({ path: join(outdir, `${name}.${size.width}.${scheme}.png`), fullPage: true });
        if (size.width !== 768) await checkAccess(tab, `${name} ${size.width} ${scheme}`);
      }
      for (const size of sample.televisions === true ? televisions : []) {
        await tab.setViewportSize(size);
        await tab.screenshot({ path: join(outdir, `${name}.${size.width}.${scheme}.png`) });
        await checkFits(tab, `${name} ${size.width}`);
      }
      if (sample.printed === true && scheme === 'light')
        await tab.pdf({ path: join(outdir, `${name}.pdf`), preferCSSPageSize: true });
    }
  }
  await context.close();
}

async function visitWithoutScripts(browser: Browser, outdir: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
  await context.route('**/*', serve);
  const tab = await context.newPage();
  for (const { name } of samples.filter((sample) => sample.withoutScripts === true)) {
    for (const locale of locales) {
      await tab.goto(`${origin}/${name}.${locale}.html`);
      await tab.screenshot({ path: join(outdir, `${name}.${locale}.no-script.png`), fullPage: true });
    }
  }
  await context.close();
}

/** Longer words, another direction, text of twice the size, colours that the system forces: nothing is lost or leaves the page. */
async function visitAsOthers(browser: Browser): Promise<void> {
  const context = await browser.newContext({ forcedColors: 'active', reducedMotion: 'reduce' });
  await context.route('**/*', serve);
  const tab = await openTab(context);
  for (const sample of samples) {
    const name = `${sample.name}.fr`;
    await tab.setViewportSize({ width: 640, height: 800 });
    await tab.goto(`${origin}/${name}.html`);
    await sample.act?.(tab);
    await checkAccess(tab, `${name} in forced colours`, ['color-contrast']); // axe reads the colours before they are forced
    await tab.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await checkReflow(tab, `${name} with text of 200 %`);
    await tab.evaluate(() => (document.documentElement.style.fontSize = ''));
    await tab.setViewportSize({ width: 320, height: 640 });
    await tab.evaluate(() => {
      document.documentElement.dir = 'rtl';
      document.documentElement.lang = 'ar';
    });
    await checkReflow(tab, `${name} from right to left`);
    await tab.evaluate(stretchTexts);
    await checkReflow(tab, `${name} in a language of longer words`);
  }
  await context.close();
}

/** A pseudo-language: each text a third longer, with accents and marks on both ends that show where one is cut. */
function stretchTexts(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const said = text.data.trim();
    if (!/\p{L}{2}/u.test(said) || text.parentElement?.closest('script, code, pre, .secret, .digest, style') !== null)
      continue;
    text.data = `⟦${said} ${'ŵéñ '.repeat(Math.ceil(said.length / 12)).trim()}⟧`;
  }
}

/** What the policy blocks or a program throws is a finding as well. */
async function openTab(context: BrowserContext): Promise<Tab> {
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error') findings.push(`${tab.url()}: ${message.text()}`);
  });
  tab.on('pageerror', (error) => findings.push(`${tab.url()}: ${error.message}`));
  return tab;
}

async function checkReflow(tab: Tab, name: string): Promise<void> {
  const [overflow, width] = await tab.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth - clientWidth, window.innerWidth] as const;
  });
  if (overflow > 0) findings.push(`${name}: ${overflow} px too wide at ${width} px`);
}

/** Nobody scrolls a television. */
async function checkFits(tab: Tab, name: string): Promise<void> {
  const hidden = await tab.evaluate(
    () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
  );
  if (hidden > 0) findings.push(`${name}: ${hidden} px do not fit on the screen`);
}

async function checkAccess(tab: Tab, name: string, without: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page: tab })
    .disableRules(without)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  for (const { id, help, nodes } of violations) {
    findings.push(
      `${name}: ${id}: ${help}: ${nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
    );
  }
}
