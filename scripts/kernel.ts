// The verification kernel of packages/protocol: compiles its AssemblyScript sources and compares them with the bytes in the tree, which
// every program uses as they are. `node scripts/kernel.ts --write` writes them. The same sources give the same bytes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const BYTES = 'packages/protocol/src/verifiable/kernel-bytes.ts';
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='];

function compile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'votix-kernel-'));
  const out = join(folder, 'kernel.wasm');
  try {
    const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
    const args = [compiler, 'packages/protocol/kernel/index.ts', ...OPTIONS, '-o', out];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the kernel does not compile:\n${stderr}`);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf(bytes: Buffer): string {
  return `// Made by \`node scripts/kernel.ts --write\` from packages/protocol/kernel: WebAssembly, ${bytes.length} bytes, as base64.
// Not to be read: \`npm run check\` compiles the sources again and compares.

export const KERNEL =
  '${bytes.toString('base64')}';
`;
}

function main(): number {
  const path = join(root, BYTES);
  const source = sourceOf(compile());
  if (process.argv.includes('--write')) {
    writeFileSync(path, source);
    return 0;
  }
  if (readFileSync(path, 'utf8') === source) return 0;
  console.error(`${BYTES} is not what packages/protocol/kernel compiles to. Run: node scripts/kernel.ts --write`);
  return 1;
}

process.exitCode = main();
