// Bundles the programs, the style sheet and the icons into hashed files with a manifest of sizes and integrity hashes.
// Node only. The same sources give the same bytes, so anyone can rebuild what a server serves and compare.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, parse, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { diskPage } from './disk-page.ts';
import { iconSheets } from './icon-sheets.ts';

export interface BundleEntry {
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly integrity: string;
}
export type BundleManifest = Readonly<Record<string, BundleEntry>>;

const SOURCES = import.meta.dirname;
const ROOT = resolve(SOURCES, '../../..');
const BUNDLE_DIR = resolve(SOURCES, '../dist');

const ENTRIES: Readonly<Record<string, string>> = {
  booth: 'booth/main.ts',
  'booth-worker': 'booth/worker.ts',
  console: 'console/main.ts',
  deliberation: 'deliberation/main.ts',
  'deliberation-worker': 'deliberation/worker.ts',
  keys: 'keys/main.ts',
  registrar: 'registrar/main.ts',
  'registrar-worker': 'registrar/worker.ts',
  proof: 'keys/again-main.ts',
  styles: 'styles/index.css',
  trustee: 'trustee/main.ts',
  'trustee-worker': 'trustee/worker.ts',
  verify: 'verify/main.ts',
  'verify-worker': 'verify/worker.ts',
};
/** The checker of elections as one file that works from disk. */
const DISK = 'verify-disk';
const MESSAGES = join(ROOT, 'packages/server/src/messages');
const LICENCES = 'licences.txt';
/** Which icon stands in which sheet. */
const ICONS = 'icons.json';

export async function buildBundle({ outdir = BUNDLE_DIR } = {}): Promise<BundleManifest> {
  const bundle = await bundleEntries(outdir);
  await mkdir(outdir, { recursive: true });
  const manifest: Record<string, BundleEntry> = {};
  for (const { path, contents } of bundle.files) {
    const { name, ext } = parse(path);
    const described = describeFile(name, ext, contents);
    manifest[name] = described;
    await writeWhole(join(outdir, described.file), contents);
  }
  const disk = await bundleDiskPage(bundle, outdir);
  manifest[DISK] = describeFile(DISK, '.html', disk);
  await writeWhole(join(outdir, manifest[DISK].file), disk);
  const sheets = await iconSheets();
  for (const { name, contents } of sheets) {
    const described = describeFile(name, '.svg', contents);
    manifest[name] = described;
    await writeWhole(join(outdir, described.file), contents);
  }
  const index = Object.fromEntries(sheets.map(({ name, icons }) => [name, icons]));
  await writeWhole(join(outdir, ICONS), `${JSON.stringify(index)}\n`);
  await writeWhole(join(outdir, LICENCES), await collectLicences(bundle.inputs));
  await writeWhole(join(outdir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await removeOldFiles(outdir, manifest);
  return manifest;
}

/** Compares times of change, folders included, so that a deleted source counts as well. */
export function isBundleStale(outdir = BUNDLE_DIR): boolean {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) return true;
  const built = statSync(manifest).mtimeMs;
  const sources = [SOURCES, MESSAGES, join(ROOT, 'packages/protocol/src'), join(ROOT, 'package-lock.json')];
  return sources.some((source) => newestChange(source) > built);
}

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  write: false as const,
  metafile: true as const,
  minify: true,
  platform: 'browser' as const,
  target: ['chrome100', 'edge100', 'firefox100', 'safari15.4'], // phones of 2022 vote too
  inject: [join(SOURCES, 'page/older-browsers.ts')], // a target lowers syntax only
  legalComments: 'none' as const, // the notices travel together in licences.txt
  charset: 'utf8' as const,
  logLevel: 'warning' as const,
} satisfies BuildOptions;

interface Bundle {
  readonly files: readonly { readonly path: string; readonly contents: Uint8Array }[];
  /** What went into which file. */
  readonly outputs: Metafile['outputs'];
  readonly inputs: readonly string[];
}

async function bundleEntries(outdir: string): Promise<Bundle> {
  const result = await build({
    ...OPTIONS,
    entryPoints: Object.entries(ENTRIES).map(([out, source]) => ({ in: join(SOURCES, source), out })),
    outdir,
    format: 'esm',
  });
  const files = result.outputFiles.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  assert.equal(files.length, Object.keys(ENTRIES).length, 'every entry gives exactly one file');
  const { outputs, inputs } = result.metafile;
  return { files, outputs, inputs: Object.keys(inputs) };
}

/** With the same styles and the same workers' program as the page of the server. */
async function bundleDiskPage({ files, outputs }: Bundle, outdir: string): Promise<Uint8Array> {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    entryPoints: [join(SOURCES, 'verify/disk.ts')],
    outdir,
    format: 'iife',
  });
  const partOf = (name: string) => files.find(({ path }) => parse(path).base === name)!;
  const [styles, worker] = [partOf('styles.css'), partOf('verify-worker.js')];
  const ofWorker = Object.entries(outputs).filter(([path]) => parse(path).base === 'verify-worker.js');
  const used = [...ofWorker, ...Object.entries(metafile.outputs)].flatMap(([, { inputs }]) =>
    Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
  );
  const text = (contents: Uint8Array) => new TextDecoder().decode(contents);
  const page = diskPage({
    styles: text(styles.contents),
    program: outputFiles[0]!.text,
    worker: text(worker.contents),
    messages: { en: await readSentences('en'), fr: await readSentences('fr') },
    version: (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string }).version,
    licences: await collectLicences(used, []),
  });
  return new TextEncoder().encode(page);
}

/** The program's sentences stand with all others in the server's catalogues; their keys lose `verify.`. */
async function readSentences(language: 'en' | 'fr'): Promise<Record<string, string>> {
  const all = JSON.parse(await readFile(join(MESSAGES, `${language}.json`), 'utf8')) as Record<string, string>;
  const prefix = 'verify.';
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, sentence]) => [key.slice(prefix.length), sentence]));
}

function describeFile(name: string, extension: string, contents: Uint8Array): BundleEntry {
  const digest = createHash('sha384').update(contents).digest();
  return {
    file: `${name}.${digest.toString('hex').slice(0, 12)}${extension}`,
    bytes: contents.byteLength,
    gzipBytes: gzipSync(contents, { level: 9 }).byteLength,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}

/** The licence of every package whose code went into the bundle, as their authors ask. */
async function collectLicences(inputs: readonly string[], others = ['bootstrap-icons']): Promise<string> {
  const names = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const packages = [...new Set([...names, ...others])].filter((name) => name !== undefined).sort();
  const texts = await Promise.all(packages.map(async (name) => `== ${name}\n\n${await licenceOf(name)}`));
  return texts.join('\n\n');
}

async function licenceOf(name: string): Promise<string> {
  const folder = join(ROOT, 'node_modules', name);
  const file = (await readdir(folder)).find((candidate) => /^licen[cs]e/i.test(candidate));
  assert(file, `${name} comes without a licence file`);
  return (await readFile(join(folder, file), 'utf8')).trim();
}

/** Written beside and renamed: a server that starts meanwhile never reads half a file. */
async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}

async function removeOldFiles(outdir: string, manifest: BundleManifest): Promise<void> {
  const kept = new Set([LICENCES, ICONS, 'manifest.json', ...Object.values(manifest).map((entry) => entry.file)]);
  const old = (await readdir(outdir)).filter((name) => !kept.has(name) && /\.(html|js|css|svg|txt)$/.test(name));
  await Promise.all(old.map((name) => rm(join(outdir, name), { force: true })));
}

function newestChange(path: string): number {
  const itself = statSync(path);
  if (!itself.isDirectory()) return itself.mtimeMs;
  const inside = readdirSync(path, { withFileTypes: true, recursive: true });
  return Math.max(itself.mtimeMs, ...inside.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

if (import.meta.main) {
  const manifest = await buildBundle();
  const programs = Object.entries(manifest).filter(([entry]) => !entry.startsWith('icons-'));
  const sizes = programs.map(([entry, { gzipBytes }]) => `${entry} ${gzipBytes}`);
  process.stdout.write(`${relative(process.cwd(), BUNDLE_DIR) || '.'}: ${sizes.join(', ')} bytes gzip\n`);
}
