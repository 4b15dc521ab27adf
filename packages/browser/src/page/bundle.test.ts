// The bundle is the same on every machine and says when it is out of date.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildBundle, isBundleStale } from '../build.ts';
import { diskPage } from '../disk-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('two builds give the same bytes, named and described by their content', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  const manifest = await buildBundle({ outdir: one });
  writeFileSync(join(one, 'booth.000000000000.js'), 'an older build');
  expect(await buildBundle({ outdir: two })).toEqual(manifest);
  await buildBundle({ outdir: one });
  expect(readdirSync(one)).toEqual(readdirSync(two));
  for (const { file, bytes, integrity } of Object.values(manifest)) {
    const contents = readFileSync(join(one, file));
    expect(contents.byteLength).toBe(bytes);
    expect(`sha384-${createHash('sha384').update(contents).digest('base64')}`).toBe(integrity);
  }
  expect(readFileSync(join(one, 'licences.txt'), 'utf8')).toContain('== lit-html');
});

/** Newer than the target, as the names of methods that types let pass: their lack shows in an old browser only. */
const NEWER =
  /\.(?:toSorted|toReversed|toSpliced|findLast|findLastIndex|isWellFormed|toWellFormed|withResolvers|groupBy|fromAsync|canParse)\b|AbortSignal\.(?:any|timeout)|TextDecoderStream|\(\?<[=!]|type:"module"/g;

test('no program needs a newer browser than those it is built for', () => {
  const programs = readdirSync(join(folder, 'one')).filter((name) => /\.(js|html)$/.test(name));
  const used = programs.flatMap((name) => readFileSync(join(folder, 'one', name), 'utf8').match(NEWER) ?? []);
  const lent = ['.isWellFormed', '.toReversed', '.toSorted']; // page/older-browsers.ts
  expect([...new Set(used)].sort()).toEqual(lent);
});

test('a bundle is stale when it is missing or older than its sources', () => {
  expect(isBundleStale(join(folder, 'nowhere'))).toBe(true);
  expect(isBundleStale(join(folder, 'one'))).toBe(false);
});

test('whatever dashes stand in a licence, the page for disks ends with its comment', () => {
  const messages = { en: { 'no-script-title': '', 'no-script': '' }, fr: { 'no-script-title': '', 'no-script': '' } };
  const parts = { styles: '', program: '', worker: '', messages, version: '1' };
  const html = diskPage({ ...parts, licences: 'MIT ---> --!> <!-- BSD' });
  const comment = html.slice(html.indexOf('</html>'));
  expect(comment).toContain('BSD');
  expect(comment.match(/--!?>/g)).toEqual(['-->']);
  expect(comment.endsWith('-->\n')).toBe(true);
});
