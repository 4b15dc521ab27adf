// Bundles the command into one file that any Node from 20 on runs, without node_modules: what travels to the machine without
// network. The same sources give the same bytes, so the SHA-256 that is printed can be compared.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const SOURCES = import.meta.dirname;
const ROOT = resolve(SOURCES, '../../..');
const BUNDLE = resolve(SOURCES, '../dist/votix-offline.mjs');

const ENTRY = `
import { isMainThread } from 'node:worker_threads';
import { main } from './main.ts';
if (!isMainThread) {
  // One of threads.ts: what it does is in this file too.
} else if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write('votix-offline needs Node 20 or newer and this is ' + process.versions.node + '.\\n');
  process.exitCode = 2;
} else {
  process.exitCode = await main(process.argv.slice(2));
}`;

export interface OfflineBundle {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

export async function buildOffline(path = BUNDLE): Promise<OfflineBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: ENTRY, resolveDir: SOURCES, sourcefile: 'votix-offline.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none', // the licences stand together at the end
    logLevel: 'warning',
  });
  const [bundle] = outputFiles;
  assert(bundle, 'the bundle is one file');
  const contents = `${bundle.text}\n${await licences(Object.keys(metafile.inputs))}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
  await chmod(path, 0o755);
  return { path, bytes: Buffer.byteLength(contents), digest: createHash('sha256').update(contents).digest('hex') };
}

/** As comments, the licence of every package whose code went in. */
async function licences(inputs: readonly string[]): Promise<string> {
  const names = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const packages = [...new Set(names)].filter((name) => name !== undefined).sort();
  const texts = await Promise.all(packages.map(async (name) => `${name}\n\n${await licenceOf(name)}\n`));
  return texts.join('\n').replaceAll(/^/gm, '// ').replaceAll(/ +$/gm, '') + '\n';
}

async function licenceOf(name: string): Promise<string> {
  const folder = join(ROOT, 'node_modules', name);
  const file = (await readdir(folder)).find((candidate) => /^licen[cs]e/i.test(candidate));
  assert(file, `${name} comes without a licence file`);
  return (await readFile(join(folder, file), 'utf8')).trim();
}

if (import.meta.main) {
  const { path, bytes, digest } = await buildOffline();
  process.stdout.write(`${relative(process.cwd(), path)}: ${bytes} bytes, SHA-256 ${digest}\n`);
}
