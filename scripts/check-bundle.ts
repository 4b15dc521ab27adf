// Fails when the bundle outgrows its budget or carries what has no place in it: other hosts, code made from strings,
// source maps, paths of the machine that built it. Prints one line of sizes. Run `npm run build` first.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BundleManifest } from '../packages/browser/src/build.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'packages/browser/dist');

const BOOTH_SCRIPT_LIMIT = 30_000;
const BOOTH_LIMIT = 70_000;
/** The same with the worker that seals where everyone can check. */
const PROVING_BOOTH_LIMIT = 110_000;
/** The program of /verify and its workers'. */
const VERIFY_LIMIT = 60_000;
/** The same with styles, sentences of both languages and licences, in one file that works from disk. */
const DISK_LIMIT = 85_000;
/** Frame, ballot of a dozen candidates with texts, and address lines, gzipped with the sentences below. */
const PAGE_ALLOWANCE = 6_000;

interface Foreign {
  readonly pattern: RegExp;
  readonly what: string;
}

const FOREIGN: readonly Foreign[] = [
  { pattern: /\bhttps?:\/\/(?!www\.w3\.org\/)[^\s"'`)]*/, what: 'names another host' },
  { pattern: /\beval\s*\(|\bnew Function\b/, what: 'makes code from strings' },
  { pattern: /sourceMappingURL/, what: 'points to a source map' },
  {
    pattern: /file:\/\/|\/(?:home|Users|root|tmp|workspaces?)\/|\b[A-Z]:\\\\?Users/,
    what: 'holds a path of a machine',
  },
];

export function findForeign(file: string, text: string, root: string): string[] {
  const found = FOREIGN.flatMap(({ pattern, what }) => {
    const match = pattern.exec(text);
    return match === null ? [] : [`${file} ${what}: "${around(text, match.index)}". Remove it where it comes from.`];
  });
  return text.includes(root)
    ? [...found, `${file} holds the path of this checkout. Build with relative names.`]
    : found;
}

export function findOverweight(manifest: BundleManifest, page: number): string[] {
  const script = gzipBytes(manifest, 'booth');
  const total = script + gzipBytes(manifest, 'styles') + page;
  const proving = total + gzipBytes(manifest, 'booth-worker');
  const verify = gzipBytes(manifest, 'verify') + gzipBytes(manifest, 'verify-worker');
  const disk = gzipBytes(manifest, 'verify-disk');
  return [
    ...(script <= BOOTH_SCRIPT_LIMIT ? [] : [overweight('The booth script', script, BOOTH_SCRIPT_LIMIT)]),
    ...(total <= BOOTH_LIMIT ? [] : [overweight('The booth with its styles and page', total, BOOTH_LIMIT)]),
    ...(proving <= PROVING_BOOTH_LIMIT
      ? []
      : [overweight('The booth with its worker, styles and page', proving, PROVING_BOOTH_LIMIT)]),
    ...(verify <= VERIFY_LIMIT ? [] : [overweight('The checker with its worker', verify, VERIFY_LIMIT)]),
    ...(disk <= DISK_LIMIT ? [] : [overweight('The checker as a file', disk, DISK_LIMIT)]),
  ];
}

function overweight(what: string, bytes: number, limit: number): string {
  return `${what} is ${bytes} bytes gzipped, the limit is ${limit}. Load less, or load it after the first screen.`;
}

function gzipBytes(manifest: BundleManifest, entry: string): number {
  return manifest[entry]?.gzipBytes ?? Infinity;
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 20), index + 60).replaceAll('\n', ' ');
}

/** The longer of the two languages decides. */
function typicalPageBytes(): number {
  const sizes = ['en', 'fr'].map((language) => {
    const path = join(ROOT, `packages/server/src/messages/${language}.json`);
    const all = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>);
    return gzipSync(JSON.stringify(all.filter(([key]) => key.startsWith('booth.')))).byteLength;
  });
  return Math.max(...sizes) + PAGE_ALLOWANCE;
}

/** Other people's licences, at the end of the file that works from disk, may name their authors' sites. */
export function withoutLicences(text: string): string {
  return text.startsWith('<!doctype html>') ? text.slice(0, text.lastIndexOf('<!--')) : text;
}

function main(): number {
  const path = join(DIST, 'manifest.json');
  if (!existsSync(path)) {
    console.error('There is no bundle to check. Run: npm run build');
    return 1;
  }
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as BundleManifest;
  const page = typicalPageBytes();
  const files = ['manifest.json', ...Object.values(manifest).map(({ file }) => file)];
  const foreign = files.flatMap((file) =>
    findForeign(file, withoutLicences(readFileSync(join(DIST, file), 'utf8')), ROOT),
  );
  const problems = [...findOverweight(manifest, page), ...foreign];
  for (const problem of problems) console.error(problem);
  const programs = Object.entries(manifest).filter(([entry]) => !entry.startsWith('icons-'));
  const sizes = programs.map(([entry, { gzipBytes: bytes }]) => `${entry} ${bytes}`);
  console.log(`${sizes.join(', ')}, booth page about ${page}; gzipped bytes`);
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main();
