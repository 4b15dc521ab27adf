// The bundle is the same on every machine and says when it is out of date.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildBundle, isBundleStale } from '../build.ts';

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

test('a bundle is stale when it is missing or older than its sources', () => {
  expect(isBundleStale(join(folder, 'nowhere'))).toBe(true);
  expect(isBundleStale(join(folder, 'one'))).toBe(false);
});
