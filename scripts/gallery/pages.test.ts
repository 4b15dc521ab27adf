// One page of each kind as people with other eyes, hands and languages have it. `npm run gallery` makes the same checks on all
// of them, at three sizes, in light and dark.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../tests/support/chromium.ts';
import {
  columnProblems,
  focusProblems,
  motionProblems,
  nameProblems,
  otherReadersProblems,
  reflowProblems,
} from './checks.ts';
import { type GallerySite, gallerySite } from './site.ts';

const kinds = {
  voters: ['home', 'election-several', 'booth-several', 'door-code-locked', 'vote-wrong', 'receipts', 'verify-receipt'],
  'key holders': ['arm', 'deliberate', 'trustee-make'],
  organisers: [
    'setup-1-wrong',
    'second-step-passkey',
    'checklist-ready',
    'candidates-pictured',
    'voters-open',
    'import-ready',
    'mailing-finished',
    'sheets',
    'participation',
    'minutes',
    'configure-smtp-fails',
    'audit',
  ],
} as const;

/** Accessible authentication (3.3.8): nobody has to remember or to copy by hand, and a password manager knows the field. */
const doors = [
  ['login', 'password', 'current-password'],
  ['reauthenticate', 'password', 'current-password'],
  ['setup-2', 'password', 'new-password'],
  ['choose-password', 'password', 'new-password'],
  ['second-step', 'code', 'one-time-code'],
] as const;

/** Those whose tables are widest. */
const tables = ['console', 'voters-open', 'users', 'audit', 'minutes'] as const;

const folder = mkdtempSync(join(tmpdir(), 'votix-gallery-'));
let site: GallerySite;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  site = await gallerySite(folder, [
    ...Object.values(kinds).flat(),
    ...doors.map(([name]) => name),
    ...tables,
    'vote',
    'booth',
  ]);
  browser = await launchChromium();
  context = await browser.newContext({ forcedColors: 'active', reducedMotion: 'reduce' });
  await context.route('**/*', site.serve);
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(Object.entries(kinds))(
  'pages of %s are named, reached and read in forced colours, without motion, at 320 px, in text of twice the size, from right to left, in longer words',
  async (_kind, names) => {
    const tab = await context.newPage();
    for (const name of names) {
      const sample = site.samples.find((one) => one.name === name);
      expect(sample, name).toBeDefined();
      await tab.setViewportSize({ width: 640, height: 800 });
      await tab.goto(site.address(sample!, 'fr'));
      await sample!.act?.(tab);
      const problems = [
        ...(await nameProblems(tab)),
        ...(await focusProblems(tab)),
        ...(await motionProblems(tab)),
        ...(await otherReadersProblems(tab)),
      ];
      expect([name, problems]).toEqual([name, []]);
    }
    await tab.close();
  },
  240_000,
);

test('on a tablet and on a small laptop every column of a table is seen', async () => {
  const tab = await context.newPage();
  for (const name of tables) {
    await tab.goto(
      site.address(
        site.samples.find((one) => one.name === name)!,
        'fr',
      ),
    );
    for (const width of [768, 1024]) {
      await tab.setViewportSize({ width, height: 1024 });
      expect([name, width, await columnProblems(tab)]).toEqual([name, width, []]);
    }
  }
  await tab.close();
});

test('where nothing is there yet, the page says what comes, or what to do', async () => {
  const { files } = await gallerySite(join(folder, 'all'));
  const empties = [...files].flatMap(([path, file]) =>
    [...file.toString().matchAll(/<div class="empty">(.*?)<\/div>/gs)].map(([, inside = '']) => ({ path, inside })),
  );
  expect(empties.length).toBeGreaterThan(20);
  const teaches = /<p>\s*[^<\s][^<]{19,}/;
  expect(empties.filter(({ inside }) => !teaches.test(inside)).map(({ path }) => path)).toEqual([]);
});

test('passwords and codes are pasted, and filled in by whoever keeps them', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: 'http://localhost' });
  const tab = await context.newPage();
  const pasteInto = async (selector: string, text: string) => {
    await tab.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await tab.locator(selector).first().focus();
    await tab.keyboard.press('Control+V');
    expect([selector, await tab.locator(selector).first().inputValue()]).toEqual([selector, text]);
  };
  for (const [name, field, kind] of doors) {
    await tab.goto(`http://localhost/${name}.en.html`);
    expect([name, await tab.locator(`[name=${field}]`).first().getAttribute('autocomplete')]).toEqual([name, kind]);
    await pasteInto(`[name=${field}]`, 'as it was copied');
  }
  await tab.goto('http://localhost/vote.en.html');
  await pasteInto('[name=key]', '7K3M ZQ0X 9V2B 4N6P');
  await tab.goto('http://localhost/booth.en.html');
  await tab.getByRole('radio').first().check();
  await tab.locator('#booth form button').last().click();
  await pasteInto('#code', '40 71');
  await tab.close();
});

test('a table stays a table on paper of A4', async () => {
  const tab = await context.newPage();
  const address = site.address(
    site.samples.find(({ name }) => name === 'minutes')!,
    'fr',
  );
  await tab.setViewportSize({ width: 703, height: 1030 }); // between the margins
  await tab.goto(address);
  const rows = () =>
    tab
      .locator('.table tbody tr')
      .first()
      .evaluate((row) => getComputedStyle(row).display);
  expect(await rows()).toBe('block');
  await tab.emulateMedia({ media: 'print' });
  expect(await rows()).toBe('table-row');
  await tab.close();
});

test('the checks see what is wrong', async () => {
  const tab = await context.newPage();
  const body = `<main><h1>Wrong</h1><p><button></button> <a href="/1">a</a><a href="/2">b</a></p>
    <div style="position: relative"><input aria-label="covered"><div style="position: absolute; inset: -4px; background: red"></div></div>
    <button style="outline: none; transition: opacity 1s">no ring</button><div style="inline-size: 900px">wide</div></main>`;
  await tab.route('http://localhost/wrong', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><title>Wrong</title>${body}` }),
  );
  await tab.setViewportSize({ width: 640, height: 800 });
  await tab.goto('http://localhost/wrong');
  const ids = (await nameProblems(tab)).map((problem) => problem.split(':')[0]);
  expect(ids).toEqual(expect.arrayContaining(['button-name', 'target-size']));
  const focus = (await focusProblems(tab)).join('\n');
  for (const words of ['covered: <input', 'not drawn: <button style']) expect(focus).toContain(words);
  expect(await motionProblems(tab)).toHaveLength(1);
  expect(await reflowProblems(tab)).toHaveLength(1);
  expect(await otherReadersProblems(tab)).toHaveLength(4);
});
